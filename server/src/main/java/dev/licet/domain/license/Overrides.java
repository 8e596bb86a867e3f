package dev.licet.domain.license;

import dev.licet.domain.Given;
import dev.licet.domain.counter.CounterRule;
import java.util.List;
import java.util.Map;

/**
 * What a licence says for itself where it would otherwise follow its plan.
 *
 * @param counters each in the place of the plan's counter of that name, or beside the plan's
 */
public record Overrides(
    Given<Integer> maxDomains,
    Given<Integer> maxDevices,
    Given<List<String>> features,
    Given<Map<String, CounterRule>> counters) {
  /** Follows the plan in everything. */
  public static final Overrides NONE =
      new Overrides(Given.absent(), Given.absent(), Given.absent(), Given.absent());
}
