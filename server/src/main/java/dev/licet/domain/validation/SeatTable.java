package dev.licet.domain.validation;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seat;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The seats of one kind that a snapshot knows: value to seat number. Compact, immutable. */
public final class SeatTable {
  private static final SeatTable EMPTY = new SeatTable(new String[0], new long[0], new int[0]);

  private final String[] values;
  private final long[] seatNos;
  private final int[] wildcards;

  private SeatTable(String[] values, long[] seatNos, int[] wildcards) {
    this.values = values;
    this.seatNos = seatNos;
    this.wildcards = wildcards;
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
    return new SeatTable(values, seatNos, Arrays.copyOf(wildcards, found));
  }

  public int size() {
    return values.length;
  }

  /** The number of the seat that has this very value; 0 when none has. */
  public long find(String value) {
    int place = Arrays.binarySearch(values, value);
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
    int bytes = 96 + 12 * values.length;
    for (String value : values) {
      bytes += 48 + value.length();
    }
    return bytes;
  }
}
