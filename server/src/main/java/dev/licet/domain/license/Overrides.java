package dev.licet.domain.license;

import dev.licet.domain.Given;
import dev.licet.domain.plan.Rules;
import java.util.List;

/** What a licence says for itself where it would otherwise follow its plan. */
public record Overrides(
    Given<Integer> maxDomains,
    Given<Integer> maxDevices,
    Given<List<String>> features,
    Rules rules) {
  /** Follows the plan in everything. */
  public static final Overrides NONE =
      new Overrides(Given.absent(), Given.absent(), Given.absent(), Rules.NONE);
}
