package dev.licet.domain.plan;

import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.counter.CounterRule;
import java.util.List;
import java.util.Map;

/**
 * What a vendor wants to be different about {@link Rules}: what is absent stays, {@code null} takes
 * back what was said.
 */
public record RuleChanges(
    Given<Boolean> trial,
    Given<Integer> graceDays,
    Given<SeatRelease> seatRelease,
    Given<Integer> deviceLeaseMinutes,
    Given<Boolean> requireDomain,
    Given<Boolean> requireFingerprint,
    Given<List<String>> ipAllowlist,
    Given<SemanticVersion> minVersion,
    Given<SemanticVersion> maxVersion,
    Given<Map<String, Long>> limits,
    Given<Map<String, CounterRule>> counters) {
  /** Everything stays. */
  public static final RuleChanges NONE =
      new RuleChanges(
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent());

  /**
   * What the rules are then.
   *
   * @throws FailureException when no version would be covered
   */
  public Rules applyTo(Rules before) {
    SemanticVersion lowest = minVersion.or(before.minVersion());
    SemanticVersion highest = maxVersion.or(before.maxVersion());
    if (lowest != null && highest != null && lowest.compare(highest) > 0) {
      throw FailureException.invalid(
          maxVersion.present() ? "/max_version" : "/min_version",
          "leaves no version: min_version is beyond max_version");
    }
    return new Rules(
        trial.or(before.trial()),
        graceDays.or(before.graceDays()),
        seatRelease.or(before.seatRelease()),
        deviceLeaseMinutes.or(before.deviceLeaseMinutes()),
        requireDomain.or(before.requireDomain()),
        requireFingerprint.or(before.requireFingerprint()),
        ipAllowlist.or(before.ipAllowlist()),
        lowest,
        highest,
        limits.or(before.limits()),
        counters.or(before.counters()));
  }
}
