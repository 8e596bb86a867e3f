package dev.licet.domain.usage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * By what the events of a round are counted: each different combination once, with a number, from 0
 * in the order in which they come. Those of a licence are mostly alike: a round of two million
 * events of a hundred thousand licences has hardly more than there are licences. For one thread.
 */
final class FoldKeys {
  /** Numbers that a key is of, side by side: one look at the memory finds them all. */
  private static final int STRIDE = 6;

  private static final int LICENSE = 0;
  private static final int DOMAIN_SEAT = 1;
  private static final int DEVICE_SEAT = 2;
  private static final int DOMAIN_AND_OUTCOME = 3;
  private static final int DEVICE_AND_COUNTRY = 4;
  private static final int TIME_AND_GROUP = 5;

  /** Names are numbers of 48 bits, which leaves room beside them. */
  private static final int OUTCOME_BITS = 8;

  private static final int COUNTRY_BITS = 16;

  private static final int FIRST_CAPACITY = 1_024;

  private long[] columns = new long[FIRST_CAPACITY * STRIDE];

  /** Of each hash: the number of a key and one; 0 for none. Twice as many as keys have room. */
  private int[] slots = new int[FIRST_CAPACITY * 2];

  private int size;

  private final List<UsageGroup> groups = new ArrayList<>();
  private final Map<UsageGroup, Integer> groupNumbers = new HashMap<>();

  /** The group of the event before, which most have in common, and its number. */
  private @Nullable UsageGroup lastGroup;

  private int lastNumber;

  void clear() {
    size = 0;
    groups.clear();
    groupNumbers.clear();
    lastGroup = null;
    Arrays.fill(slots, 0);
  }

  int size() {
    return size;
  }

  /** The number of the key of an event. */
  int number(FoldEvent event) {
    if ((size + 1) * STRIDE > columns.length) {
      grow();
    }
    int at = size * STRIDE;
    columns[at + LICENSE] = event.licenseNo();
    columns[at + DOMAIN_SEAT] = event.domainSeat();
    columns[at + DEVICE_SEAT] = event.deviceSeat();
    columns[at + DOMAIN_AND_OUTCOME] = event.domain() << OUTCOME_BITS | event.outcome();
    columns[at + DEVICE_AND_COUNTRY] = event.device() << COUNTRY_BITS | event.country();
    columns[at + TIME_AND_GROUP] =
        Math.floorDiv(event.atMillis(), FoldRows.QUARTER_MILLIS) << Integer.SIZE
            | group(event.group());
    int slot = slot(at);
    if (slots[slot] == 0) {
      slots[slot] = ++size;
    }
    return slots[slot] - 1;
  }

  private int group(UsageGroup group) {
    if (!group.equals(lastGroup)) {
      Integer known = groupNumbers.putIfAbsent(group, groups.size());
      if (known == null) {
        groups.add(group);
      }
      lastGroup = group;
      lastNumber = known == null ? groups.size() - 1 : known;
    }
    return lastNumber;
  }

  /** Where the hash of a key is that stands at {@code at}, or would be. */
  private int slot(int at) {
    long hash = 0;
    for (int i = at; i < at + STRIDE; i++) {
      hash = (hash ^ columns[i]) * 0x9e3779b97f4a7c15L;
      hash ^= hash >>> 32;
    }
    int slot = (int) hash & slots.length - 1;
    while (slots[slot] != 0 && !isSame((slots[slot] - 1) * STRIDE, at)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private boolean isSame(int one, int other) {
    long different = 0;
    for (int i = 0; i < STRIDE; i++) {
      different |= columns[one + i] ^ columns[other + i];
    }
    return different == 0;
  }

  private void grow() {
    columns = Arrays.copyOf(columns, columns.length * 2);
    slots = new int[slots.length * 2];
    findAgain();
  }

  private void findAgain() {
    for (int number = 0; number < size; number++) {
      slots[slot(number * STRIDE)] = number + 1;
    }
  }

  /**
   * Forgets all keys but some.
   *
   * @return the new number of each that is kept, by its old one
   */
  int[] keep(BitSet kept) {
    int[] renumbered = new int[size];
    int next = 0;
    for (int number = kept.nextSetBit(0); number >= 0; number = kept.nextSetBit(number + 1)) {
      System.arraycopy(columns, number * STRIDE, columns, next * STRIDE, STRIDE);
      renumbered[number] = next++;
    }
    size = next;
    Arrays.fill(slots, 0);
    findAgain();
    return renumbered;
  }

  long license(int number) {
    return columns[number * STRIDE + LICENSE];
  }

  long domainSeat(int number) {
    return columns[number * STRIDE + DOMAIN_SEAT];
  }

  long deviceSeat(int number) {
    return columns[number * STRIDE + DEVICE_SEAT];
  }

  long domain(int number) {
    return columns[number * STRIDE + DOMAIN_AND_OUTCOME] >>> OUTCOME_BITS;
  }

  long device(int number) {
    return columns[number * STRIDE + DEVICE_AND_COUNTRY] >>> COUNTRY_BITS;
  }

  /** When the quarter of an hour began, milliseconds since the epoch. */
  long quarterMillis(int number) {
    return (columns[number * STRIDE + TIME_AND_GROUP] >> Integer.SIZE) * FoldRows.QUARTER_MILLIS;
  }

  UsageGroup group(int number) {
    return groups.get((int) columns[number * STRIDE + TIME_AND_GROUP]);
  }

  int country(int number) {
    return (int) columns[number * STRIDE + DEVICE_AND_COUNTRY] & (1 << COUNTRY_BITS) - 1;
  }

  int outcome(int number) {
    return (int) columns[number * STRIDE + DOMAIN_AND_OUTCOME] & (1 << OUTCOME_BITS) - 1;
  }
}
