package dev.licet.domain.usage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The events of a round of the fold, by licence. A round may hold a million, so an event is two
 * numbers here, and what many have in common stands once. Of texts only those names are there that
 * the database may not know yet.
 *
 * <p>A round of which more would have to be kept than there is room for is {@linkplain #narrow
 * narrowed} to the licences below a bound; its others are read once more when those are counted.
 */
public final class FoldRows {
  /** Events that a round may have. */
  public static final int MAX_EVENTS = 1_000_000;

  /** Milliseconds of a quarter of an hour, the finest time that is counted by. */
  public static final long QUARTER_MILLIS = 900_000;

  /** Places are below 2^20 and licences below 2^43, so that both fit into one number to sort by. */
  private static final int PLACE_BITS = 20;

  private static final int KEY_BITS = 32;
  private static final int MAX_KEYS = 1 << 19;
  private static final int MAX_NAMES = 1 << 18;

  private final int maxKeys;
  private final int maxNames;

  /** Of each row: the licence's number, and the event's place in the round. */
  private long[] order = {};

  /** Of each place: the number of the event's key, and its time in the quarter of an hour. */
  private long[] events = {};

  private long firstId;
  private int size;
  private long bound = Long.MAX_VALUE;

  private final FoldKeys keys = new FoldKeys();
  private final RowsByLicense<UsageName> names = new RowsByLicense<>(UsageName::licenseNo);
  private final RowsByLicense<UsageNetwork> networks = new RowsByLicense<>(UsageNetwork::licenseNo);

  public FoldRows() {
    this(MAX_KEYS, MAX_NAMES);
  }

  /**
   * @param maxKeys different things to count by that there is room for
   * @param maxNames names, and networks, that there is room for
   */
  public FoldRows(int maxKeys, int maxNames) {
    this.maxKeys = maxKeys;
    this.maxNames = maxNames;
  }

  /**
   * Forgets all rows and makes room for those of a round. Arrays that are large enough stay: a new
   * set for each round would fill the heap with what lives just long enough to be expensive.
   *
   * @param round of {@link #MAX_EVENTS} at most
   */
  public void clear(FoldStore.Position round) {
    int capacity = Math.toIntExact(round.roundTo() - round.foldedTo());
    if (capacity > 1 << PLACE_BITS) {
      throw new IllegalArgumentException("a round of " + capacity + " events");
    }
    firstId = round.foldedTo() + 1;
    size = 0;
    bound = Long.MAX_VALUE;
    keys.clear();
    names.clear();
    networks.clear();
    if (capacity > order.length) {
      order = new long[capacity];
      events = new long[capacity];
    }
  }

  /** Takes an event of the round, unless it is of a licence from the {@link #bound} on. */
  public void add(FoldEvent event) {
    if (event.licenseNo() >= bound) {
      return;
    }
    int place = (int) (event.id() - firstId);
    long key = keys.number(event);
    order[size++] = event.licenseNo() << PLACE_BITS | place;
    events[place] = key << KEY_BITS | Math.floorMod(event.atMillis(), QUARTER_MILLIS);
  }

  /** Adds a name that the database may not know. */
  public void add(UsageName name) {
    if (name.licenseNo() < bound) {
      names.add(name);
    }
  }

  /** Adds a network that the database may not know. */
  public void add(UsageNetwork network) {
    if (network.licenseNo() < bound) {
      networks.add(network);
    }
  }

  /** The number of the first licence whose events are left out; of none, the greatest number. */
  public long bound() {
    return bound;
  }

  /** Whether all events of the round are here that were to be counted. */
  public boolean isWhole() {
    return bound == Long.MAX_VALUE;
  }

  /**
   * Leaves out half of the events, those of the licences with the greatest numbers, when there is
   * no room for more; not when all are of one licence.
   */
  public void narrow() {
    if (keys.size() <= maxKeys && names.size() <= maxNames && networks.size() <= maxNames) {
      return;
    }
    Arrays.sort(order, 0, size);
    int end = size / 2;
    while (end < size && license(end) == license(0)) {
      end++;
    }
    if (end == size) {
      return;
    }
    while (license(end) == license(end - 1)) {
      end--;
    }
    bound = license(end);
    size = end;
    names.removeFrom(bound);
    networks.removeFrom(bound);
    keepKeysInUse();
  }

  private void keepKeysInUse() {
    BitSet used = new BitSet(keys.size());
    for (int row = 0; row < size; row++) {
      used.set(key(row));
    }
    int[] renumbered = keys.keep(used);
    for (int row = 0; row < size; row++) {
      long event = events[place(row)];
      long key = renumbered[(int) (event >> KEY_BITS)];
      events[place(row)] = key << KEY_BITS | (int) event;
    }
  }

  /** The names that were added of licences from {@code first} to {@code last}, in their order. */
  public List<UsageName> namesOf(long first, long last) {
    return names.of(first, last);
  }

  /** The networks that were added of licences from {@code first} to {@code last}. */
  public List<UsageNetwork> networksOf(long first, long last) {
    return networks.of(first, last);
  }

  public int size() {
    return size;
  }

  /** The end of the rows that are counted as {@code row} is, and follow it, before {@code end}. */
  public int endOfAlike(int row, int end) {
    long license = license(row);
    int key = key(row);
    int next = row + 1;
    while (next < end && license(next) == license && key(next) == key) {
      next++;
    }
    return next;
  }

  public long id(int row) {
    return firstId + place(row);
  }

  public long license(int row) {
    return order[row] >> PLACE_BITS;
  }

  public long atMillis(int row) {
    return keys.quarterMillis(key(row)) + (int) events[place(row)];
  }

  public long domainSeat(int row) {
    return keys.domainSeat(key(row));
  }

  public long deviceSeat(int row) {
    return keys.deviceSeat(key(row));
  }

  public long domain(int row) {
    return keys.domain(key(row));
  }

  public long device(int row) {
    return keys.device(key(row));
  }

  public int country(int row) {
    return keys.country(key(row));
  }

  public UsageGroup group(int row) {
    return keys.group(key(row));
  }

  public int outcome(int row) {
    return keys.outcome(key(row));
  }

  private int place(int row) {
    return (int) order[row] & (1 << PLACE_BITS) - 1;
  }

  private int key(int row) {
    return (int) (events[place(row)] >> KEY_BITS);
  }

  /**
   * Puts the rows in order by rising licence number, and as they were recorded within a licence;
   * none is read before.
   */
  public void sort() {
    Arrays.sort(order, 0, size);
    names.sort();
    networks.sort();
  }
}
