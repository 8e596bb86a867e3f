package dev.licet.domain.counter;

import dev.licet.core.ConsumptionCode;
import org.jspecify.annotations.Nullable;

/** What came of an attempt to use something up. */
public sealed interface Consumption {
  /**
   * It was used up.
   *
   * @param state of the counter afterwards
   */
  record Consumed(String name, long amount, CounterState state) implements Consumption {}

  /**
   * Nothing was used up.
   *
   * @param state of the counter; {@code null} when the licence has none of that name, or may not be
   *     used at all
   */
  record Refused(ConsumptionCode code, String name, @Nullable CounterState state)
      implements Consumption {}
}
