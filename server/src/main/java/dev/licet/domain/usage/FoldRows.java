package dev.licet.domain.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of the journal in columns, without their texts: what the fold counts. Columns rather than
 * objects because a round may hold some hundred thousand. Of texts only those names are there that
 * the database may not know yet.
 */
public final class FoldRows {
  /**
   * Rows are at most a million, and licences 2^43, so that both fit into one number for sorting.
   */
  private static final int ROW_BITS = 20;

  /** Of each place: the licence's number, and the row that stands there. */
  private long[] order = {};

  /** What comes after the first row's; a round's ids are as near to each other as its rows. */
  private int[] ids = {};

  private long[] times = {};
  private long[] domainSeats = {};
  private long[] domains = {};
  private short[] countries = {};
  private int[] groups = {};
  private byte[] outcomes = {};

  /** Empty until a row has a device: who sells for domains has none. */
  private long[] deviceSeats = {};

  private long[] devices = {};

  private long firstId;
  private int size;

  private final List<UsageGroup> knownGroups = new ArrayList<>();
  private final Map<UsageGroup, Integer> groupNumbers = new HashMap<>();
  private final RowsByLicense<UsageName> names = new RowsByLicense<>(UsageName::licenseNo);
  private final RowsByLicense<UsageNetwork> networks = new RowsByLicense<>(UsageNetwork::licenseNo);

  /**
   * Forgets all rows and makes room for others. Arrays that are large enough stay: a new set for
   * each round would fill the heap with what lives just long enough to be expensive.
   *
   * @param capacity how many rows there can be, at most a million
   */
  public void clear(int capacity) {
    size = 0;
    knownGroups.clear();
    groupNumbers.clear();
    names.clear();
    networks.clear();
    Arrays.fill(deviceSeats, 0);
    Arrays.fill(devices, 0);
    if (capacity > ids.length) {
      ids = new int[capacity];
      times = new long[capacity];
      domainSeats = new long[capacity];
      domains = new long[capacity];
      deviceSeats = new long[0];
      devices = new long[0];
      countries = new short[capacity];
      groups = new int[capacity];
      outcomes = new byte[capacity];
      order = new long[capacity];
    }
  }

  /** Appends a row; the other values belong to the one that was appended last. */
  public void add(long id, long licenseNo, long atMillis, int outcome) {
    firstId = size == 0 ? id : firstId;
    ids[size] = Math.toIntExact(id - firstId);
    order[size] = licenseNo << ROW_BITS | size;
    times[size] = atMillis;
    outcomes[size++] = (byte) outcome;
  }

  /** Sets the numbers of the seats; 0 for none. */
  public void seats(long domainSeat, long deviceSeat) {
    domainSeats[size - 1] = domainSeat;
    if (deviceSeat != 0) {
      deviceSeats = withRoom(deviceSeats);
      deviceSeats[size - 1] = deviceSeat;
    }
  }

  /** Sets the numbers that stand for the names of domain and device; 0 for none. */
  public void names(long domain, long device) {
    domains[size - 1] = domain;
    if (device != 0) {
      devices = withRoom(devices);
      devices[size - 1] = device;
    }
  }

  private long[] withRoom(long[] column) {
    return column.length == 0 ? new long[ids.length] : column;
  }

  /** Sets what the licence belonged to, and the number of the country. */
  public void belongs(UsageGroup group, int country) {
    Integer known = groupNumbers.get(group);
    if (known == null) {
      known = knownGroups.size();
      knownGroups.add(group);
      groupNumbers.put(group, known);
    }
    groups[size - 1] = known;
    countries[size - 1] = (short) country;
  }

  /** Adds a name that the database may not know. */
  public void add(UsageName name) {
    names.add(name);
  }

  /** The names that were added of licences from {@code first} to {@code last}, in their order. */
  public List<UsageName> namesOf(long first, long last) {
    return names.of(first, last);
  }

  /** Adds a network that the database may not know. */
  public void add(UsageNetwork network) {
    networks.add(network);
  }

  /** The networks that were added of licences from {@code first} to {@code last}. */
  public List<UsageNetwork> networksOf(long first, long last) {
    return networks.of(first, last);
  }

  public int size() {
    return size;
  }

  public long id(int row) {
    return firstId + ids[at(row)];
  }

  public long license(int row) {
    return order[row] >> ROW_BITS;
  }

  public long atMillis(int row) {
    return times[at(row)];
  }

  public long domainSeat(int row) {
    return domainSeats[at(row)];
  }

  public long deviceSeat(int row) {
    return deviceSeats.length == 0 ? 0 : deviceSeats[at(row)];
  }

  public long domain(int row) {
    return domains[at(row)];
  }

  public long device(int row) {
    return devices.length == 0 ? 0 : devices[at(row)];
  }

  public int country(int row) {
    return countries[at(row)];
  }

  public UsageGroup group(int row) {
    return knownGroups.get(groups[at(row)]);
  }

  public int outcome(int row) {
    return outcomes[at(row)];
  }

  private int at(int place) {
    return (int) order[place] & (1 << ROW_BITS) - 1;
  }

  /**
   * Puts the rows in order by rising licence number, and as they were added within a licence; none
   * is read before.
   */
  public void sort() {
    Arrays.sort(order, 0, size);
    names.sort();
    networks.sort();
  }
}
