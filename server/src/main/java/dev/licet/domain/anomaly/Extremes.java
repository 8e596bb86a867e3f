package dev.licet.domain.anomaly;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** The most extreme of any number of things about licences, a bounded number of them. */
final class Extremes<T> {
  private final int most;
  private final PriorityQueue<Entry<T>> kept = new PriorityQueue<>(Entry.order());

  /** Something about a licence, and how extreme it is. */
  record Entry<T>(long licenseNo, double extremity, T value) {
    /** The least extreme first; of the same, the younger licence. */
    static <T> Comparator<Entry<T>> order() {
      return Comparator.<Entry<T>>comparingDouble(Entry::extremity)
          .thenComparing(Comparator.<Entry<T>>comparingLong(Entry::licenseNo).reversed());
    }
  }

  Extremes(int most) {
    this.most = most;
  }

  void add(long licenseNo, double extremity, T value) {
    kept.add(new Entry<>(licenseNo, extremity, value));
    if (kept.size() > most) {
      kept.remove();
    }
  }

  /** The most extreme first. */
  List<Entry<T>> all() {
    List<Entry<T>> all = new ArrayList<>(kept);
    all.sort(Entry.<T>order().reversed());
    return all;
  }
}
