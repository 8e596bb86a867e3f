package dev.licet.domain.delivery;

import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many attempts of this process ended how. Safe for many threads. */
public final class DispatchCounts {
  private final Map<Outcome, LongAdder> counts = new EnumMap<>(Outcome.class);

  DispatchCounts() {
    for (Outcome outcome : Outcome.values()) {
      counts.put(outcome, new LongAdder());
    }
  }

  void add(Outcome outcome) {
    counts.get(outcome).increment();
  }

  public long of(Outcome outcome) {
    return counts.get(outcome).sum();
  }
}
