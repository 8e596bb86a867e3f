package dev.licet.domain.usage;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * The events of a round of the fold, by licence. A round may hold two million, so an event is one
 * number here, and what many have in common stands once. Of texts only those names are there that
 * the database may not know yet.
 *
 * <p>A round of which more would have to be kept than there is room for is {@linkplain #narrow
 * narrowed} to the licences below a bound; its others are read once more when those are counted.
 */
public final class FoldRows {
  /** Events that a round may have. */
  public static final int MAX_EVENTS = 2_000_000;

  /** Events that may be added before the rows are {@linkplain #narrow narrowed}. */
  public static final int MAX_PART = 2_500;

  /** Milliseconds of a quarter of an hour, the finest time that is counted by. */
  public static final long QUARTER_MILLIS = 900_000;

  /** Bits of an event's place in the round, and of the number of what it is counted by. */
  private static final int PLACE_BITS = 21;

  /** Bits of a time in a quarter of an hour. */
  private static final int TIME_BITS = 20;

  private static final int KEY_SHIFT = PLACE_BITS + TIME_BITS;

  /** With those of one more part, keys just fill what {@link FoldKeys} doubles its room to. */
  private static final int MAX_KEYS = (1 << 20) - MAX_PART;

  private static final int MAX_NAMES = 1 << 18;

  private final int maxKeys;
  private final int maxNames;

  /**
   * Of each event: the number of its key; its place in the round; its time in the quarter of an
   * hour. When they are in order, the rank of the key by its licence stands for the number.
   */
  private long[] events = {};

  /**
   * Of each rank: the licence's number, below 2^42, and the key's. Of no use while events are
   * added.
   */
  private long[] ranks = {};

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
   * Forgets all rows and makes room for those of a round. The large arrays stay: new ones for each
   * round would fill the heap with what lives just long enough to be expensive.
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
    if (capacity > events.length) {
      events = new long[capacity];
    }
  }

  /**
   * Takes an event of the round, unless it is of a licence from the {@link #bound} on.
   *
   * @return whether it is counted as none before it; then its names may be new, too
   */
  public boolean add(FoldEvent event) {
    if (event.licenseNo() >= bound) {
      return false;
    }
    int known = keys.size();
    long key = keys.number(event);
    long place = event.id() - firstId;
    events[size++] =
        key << KEY_SHIFT | place << TIME_BITS | Math.floorMod(event.atMillis(), QUARTER_MILLIS);
    return keys.size() > known;
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
    putInOrder();
    int end = size / 2;
    while (end < size && license(end) == license(0)) {
      end++;
    }
    if (end == size) {
      return; // of one licence the ranks of keys are their numbers
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

  /** Goes back from ranks to numbers, of those keys alone that the events have. */
  private void keepKeysInUse() {
    BitSet used = new BitSet(keys.size());
    for (int row = 0; row < size; row++) {
      used.set(key(row));
    }
    int[] renumbered = keys.keep(used);
    for (int row = 0; row < size; row++) {
      events[row] = withKey(events[row], renumbered[key(row)]);
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
    long rank = rank(row);
    int next = row + 1;
    while (next < end && rank(next) == rank) {
      next++;
    }
    return next;
  }

  public long id(int row) {
    return firstId + place(row);
  }

  public long license(int row) {
    return ranks[rank(row)] >> PLACE_BITS;
  }

  public long atMillis(int row) {
    return keys.quarterMillis(key(row)) + ((int) events[row] & (1 << TIME_BITS) - 1);
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
    return (int) (events[row] >> TIME_BITS) & (1 << PLACE_BITS) - 1;
  }

  private int rank(int row) {
    return (int) (events[row] >> KEY_SHIFT);
  }

  private int key(int row) {
    return (int) ranks[rank(row)] & (1 << PLACE_BITS) - 1;
  }

  private static long withKey(long event, long key) {
    return key << KEY_SHIFT | (event & ((1L << KEY_SHIFT) - 1));
  }

  /**
   * Puts the rows in order by rising licence number; within a licence those side by side that are
   * counted alike, as they were recorded. No row is read before.
   */
  public void sort() {
    putInOrder();
    names.sort();
    networks.sort();
  }

  private void putInOrder() {
    ranks = new long[keys.size()];
    for (int number = 0; number < ranks.length; number++) {
      ranks[number] = keys.license(number) << PLACE_BITS | number;
    }
    Arrays.sort(ranks);
    int[] rankOf = new int[ranks.length];
    for (int rank = 0; rank < ranks.length; rank++) {
      rankOf[(int) ranks[rank] & (1 << PLACE_BITS) - 1] = rank;
    }
    for (int i = 0; i < size; i++) {
      events[i] = withKey(events[i], rankOf[(int) (events[i] >> KEY_SHIFT)]);
    }
    Arrays.sort(events, 0, size);
  }
}
