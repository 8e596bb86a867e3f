package dev.licet.domain.validation;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seat;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** The seats of one kind that a snapshot knows: value to seat number. Compact, immutable. */
public final class SeatTable {
  private static final SeatTable EMPTY =
      new SeatTable(new String[0], new long[0], new int[0], new long[0]);

  /** What stands for the leases when no seat has one. */
  private static final long[] NO_LEASES = {};

  private final String[] values;
  private final long[] seatNos;
  private final int[] wildcards;

  /** When the leases end, milliseconds since the epoch; by place, or empty when there are none. */
  private final long[] leases;

  /** The same in rising order. */
  private final long[] leaseEnds;

  private SeatTable(String[] values, long[] seatNos, int[] wildcards, long[] leases) {
    this.values = values;
    this.seatNos = seatNos;
    this.wildcards = wildcards;
    this.leases = leases;
    this.leaseEnds = leases.length == 0 ? leases : leases.clone();
    Arrays.sort(leaseEnds);
  }

  public static SeatTable of(List<Seat> seats) {
    if (seats.isEmpty()) {
      return EMPTY;
    }
    List<Seat> sorted = seats.stream().sorted(Comparator.comparing(Seat::value)).toList();
    String[] values = sorted.stream().map(Seat::value).toArray(String[]::new);
    long[] seatNos = sorted.stream().mapToLong(Seat::no).toArray();
    int[] wildcards = new int[values.length];
    int found = 0;
    for (int i = 0; i < values.length; i++) {
      if (values[i].startsWith("*.")) {
        wildcards[found++] = i;
      }
    }
    boolean leased = sorted.stream().map(Seat::leasedUntil).anyMatch(Objects::nonNull);
    return new SeatTable(
        values,
        seatNos,
        Arrays.copyOf(wildcards, found),
        leased ? sorted.stream().mapToLong(SeatTable::leaseEnd).toArray() : NO_LEASES);
  }

  /** How many seats are in use at a moment. */
  public int heldAt(long nowMillis) {
    int low = 0;
    int high = leaseEnds.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (leaseEnds[middle] <= nowMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return values.length - low;
  }

  /** How many seats there are, in use or not any more. */
  public int size() {
    return values.length;
  }

  /** Where the seat that has this very value stands; negative when none has. */
  int place(String value) {
    return Arrays.binarySearch(values, value);
  }

  /** The number of the seat at a place. */
  long seatNo(int place) {
    return seatNos[place];
  }

  /** When the lease of the seat at a place ends; {@link LicenseSnapshot#NEVER} without one. */
  long leasedUntil(int place) {
    return leases.length == 0 ? LicenseSnapshot.NEVER : leases[place];
  }

  /** The number of the seat that has this very value; 0 when none has. */
  public long find(String value) {
    int place = place(value);
    return place < 0 ? 0 : seatNos[place];
  }

  /** The number of the seat that a domain has, by itself or under a wildcard; 0 when none. */
  public long findDomain(String canonical) {
    long exact = find(canonical);
    for (int i = 0; exact == 0 && i < wildcards.length; i++) {
      if (DomainNames.covers(values[wildcards[i]], canonical)) {
        exact = seatNos[wildcards[i]];
      }
    }
    return exact;
  }

  /** Bytes that it takes in memory, roughly. */
  int weight() {
    int bytes = 112 + 12 * values.length + 16 * leases.length;
    for (String value : values) {
      bytes += 48 + value.length();
    }
    return bytes;
  }

  private static long leaseEnd(Seat seat) {
    Instant end = seat.leasedUntil();
    return end == null ? LicenseSnapshot.NEVER : end.toEpochMilli();
  }
}
