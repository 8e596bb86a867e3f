package dev.licet.domain.usage;

import dev.licet.domain.usage.UsageBreakdown.Group;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The groups with most uses, of any number, and the sum of the others. */
final class UsageRanking implements UsageSelection.Groups {
  /** The largest first. */
  static final Comparator<Group> LARGEST_FIRST =
      Comparator.comparingLong(Group::total)
          .reversed()
          .thenComparing(group -> String.valueOf(group.values()));

  private final int dimensions;
  private final int top;
  private final PriorityQueue<Group> largest = new PriorityQueue<>(LARGEST_FIRST.reversed());
  private long otherValid;
  private long otherRefused;

  UsageRanking(int dimensions, int top) {
    this.dimensions = dimensions;
    this.top = top;
  }

  @Override
  public void add(List<@Nullable Object> values, long valid, long refused) {
    if (largest.size() == top && largest.element().total() > valid + refused) {
      addOther(valid, refused); // most groups, once there are many
      return;
    }
    largest.add(new Group(values, false, valid, refused));
    if (largest.size() > top) {
      Group smallest = largest.remove();
      addOther(smallest.valid(), smallest.refused());
    }
  }

  private void addOther(long valid, long refused) {
    otherValid += valid;
    otherRefused += refused;
  }

  /** The values of the largest. */
  Set<List<@Nullable Object>> values() {
    Set<List<@Nullable Object>> values = new HashSet<>();
    largest.forEach(group -> values.add(group.values()));
    return values;
  }

  /** The largest, and at the end the others, when there are any. */
  List<Group> groups() {
    List<Group> groups = new ArrayList<>(largest);
    groups.sort(LARGEST_FIRST);
    if (otherValid + otherRefused > 0) {
      List<@Nullable Object> none = new ArrayList<>();
      for (int i = 0; i < dimensions; i++) {
        none.add(null);
      }
      groups.add(new Group(none, true, otherValid, otherRefused));
    }
    return groups;
  }
}
