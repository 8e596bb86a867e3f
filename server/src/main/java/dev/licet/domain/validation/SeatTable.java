package dev.licet.domain.validation;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * The seats of one kind that a snapshot knows: value to seat number. Immutable, and all in one
 * array: a validation finds a seat with one look at memory that nobody has looked at for long,
 * where objects that refer to each other would need six.
 */
public final class SeatTable {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private static final String WILDCARD = "*.";
  private static final SeatTable EMPTY = new SeatTable(new byte[0], 0, false, 0, 0);

  /**
   * Of each seat by its rising value: the number (8 bytes), where the value ends among the texts (4
   * bytes). Then, if there are leases, when each ends and the same in rising order (8 bytes each;
   * milliseconds since the epoch). Then the values, in UTF-8.
   */
  private final byte[] packed;

  private final int size;
  private final boolean leased;

  /** The places of values that begin with {@code *.}, which are side by side. */
  private final int firstWildcard;

  private final int wildcardsEnd;

  private SeatTable(byte[] packed, int size, boolean leased, int firstWildcard, int wildcardsEnd) {
    this.packed = packed;
    this.size = size;
    this.leased = leased;
    this.firstWildcard = firstWildcard;
    this.wildcardsEnd = wildcardsEnd;
  }

  public static SeatTable of(List<Seat> seats) {
    if (seats.isEmpty()) {
      return EMPTY;
    }
    List<Row> rows = seats.stream().map(Row::new).sorted().toList();
    boolean leased = seats.stream().map(Seat::leasedUntil).anyMatch(Objects::nonNull);
    int texts = rows.stream().mapToInt(row -> row.value.length).sum();
    int fixed = rows.size() * (Long.BYTES + Integer.BYTES + (leased ? 2 * Long.BYTES : 0));
    ByteBuffer packed = ByteBuffer.allocate(fixed + texts);
    rows.forEach(row -> packed.putLong(row.seat.no()));
    int end = 0;
    for (Row row : rows) {
      end += row.value.length;
      packed.putInt(end);
    }
    if (leased) {
      rows.forEach(row -> packed.putLong(row.leaseEnd()));
      rows.stream().mapToLong(Row::leaseEnd).sorted().forEach(packed::putLong);
    }
    rows.forEach(row -> packed.put(row.value));
    int first = 0;
    while (first < rows.size() && !rows.get(first).isWildcard()) {
      first++;
    }
    int last = first;
    while (last < rows.size() && rows.get(last).isWildcard()) {
      last++;
    }
    return new SeatTable(packed.array(), rows.size(), leased, first, last);
  }

  /** A seat on its way into a table. */
  private static final class Row implements Comparable<Row> {
    final Seat seat;
    final byte[] value;

    Row(Seat seat) {
      this.seat = seat;
      this.value = seat.value().getBytes(UTF_8);
    }

    boolean isWildcard() {
      return seat.value().startsWith(WILDCARD);
    }

    long leaseEnd() {
      Instant end = seat.leasedUntil();
      return end == null ? LicenseSnapshot.NEVER : end.toEpochMilli();
    }

    @Override
    public int compareTo(Row other) {
      return Arrays.compareUnsigned(value, other.value);
    }
  }

  /** How many seats are in use at a moment. */
  public int heldAt(long nowMillis) {
    int low = 0;
    int high = leased ? size : 0;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (number(leasesAt() + (size + middle) * Long.BYTES) <= nowMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return size - low;
  }

  /** How many seats there are, in use or not any more. */
  public int size() {
    return size;
  }

  /** Where the seat that has this very value stands; negative when none has. */
  int place(String value) {
    if (size == 0) {
      return -1;
    }
    byte[] wanted = value.getBytes(UTF_8);
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      int compared =
          Arrays.compareUnsigned(
              packed, textAt(middle), textAt(middle + 1), wanted, 0, wanted.length);
      if (compared == 0) {
        return middle;
      } else if (compared < 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return -1;
  }

  /** The number of the seat at a place. */
  long seatNo(int place) {
    return number(place * Long.BYTES);
  }

  /** When the lease of the seat at a place ends; {@link LicenseSnapshot#NEVER} without one. */
  long leasedUntil(int place) {
    return leased ? number(leasesAt() + place * Long.BYTES) : LicenseSnapshot.NEVER;
  }

  /** The number of the seat that has this very value; 0 when none has. */
  public long find(String value) {
    int place = place(value);
    return place < 0 ? 0 : seatNo(place);
  }

  /** The number of the seat that a domain has, by itself or under a wildcard; 0 when none. */
  public long findDomain(String canonical) {
    long exact = find(canonical);
    for (int i = firstWildcard; exact == 0 && i < wildcardsEnd; i++) {
      String seat = new String(packed, textAt(i), textAt(i + 1) - textAt(i), UTF_8);
      if (DomainNames.covers(seat, canonical)) {
        exact = seatNo(i);
      }
    }
    return exact;
  }

  /** Bytes that it takes in memory, roughly. */
  int weight() {
    return 48 + packed.length;
  }

  private int leasesAt() {
    return size * (Long.BYTES + Integer.BYTES);
  }

  /** Where the value at a place begins, or the one before it ends. */
  private int textAt(int place) {
    int texts = leasesAt() + (leased ? 2 * size * Long.BYTES : 0);
    return place == 0
        ? texts
        : texts + (int) INT.get(packed, size * Long.BYTES + (place - 1) * Integer.BYTES);
  }

  private long number(int at) {
    return (long) LONG.get(packed, at);
  }
}
