package dev.licet.domain.delivery;

import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** How many attempts of this process ended how. Safe for many threads. */
public final class DispatchCounts {
  private final Map<Outcome, LongAdder> counts = new ConcurrentHashMap<>();

  void add(Outcome outcome) {
    counts.computeIfAbsent(outcome, it -> new LongAdder()).increment();
  }

  public long of(Outcome outcome) {
    LongAdder count = counts.get(outcome);
    return count == null ? 0 : count.sum();
  }
}
