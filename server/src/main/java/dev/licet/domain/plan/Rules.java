package dev.licet.domain.plan;

import dev.licet.domain.SemanticVersion;
import dev.licet.domain.counter.CounterRule;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a plan, or a licence for itself, says about when a key may be used. {@code null} where it
 * says nothing: a licence follows its plan there, a plan leaves it open. {@link Policy} is what
 * comes of both.
 *
 * @param trial whether it is for trying out; told to applications
 * @param graceDays days for which a licence is good beyond its end; 0 for none
 * @param deviceLeaseMinutes after how long a device that does not validate loses its seat; 0 for
 *     never
 * @param requireDomain whether a validation must name a domain
 * @param requireFingerprint whether a validation must name a device
 * @param ipAllowlist addresses and CIDR blocks to validate from; empty for anywhere
 * @param minVersion the first version of the software that is covered
 * @param maxVersion the last version of the software that is covered
 * @param limits numbers for the application to keep to, by name
 * @param counters what a licence may use up, by name
 */
public record Rules(
    @Nullable Boolean trial,
    @Nullable Integer graceDays,
    @Nullable SeatRelease seatRelease,
    @Nullable Integer deviceLeaseMinutes,
    @Nullable Boolean requireDomain,
    @Nullable Boolean requireFingerprint,
    @Nullable List<String> ipAllowlist,
    @Nullable SemanticVersion minVersion,
    @Nullable SemanticVersion maxVersion,
    @Nullable Map<String, Long> limits,
    @Nullable Map<String, CounterRule> counters) {
  /** Says nothing. */
  public static final Rules NONE =
      new Rules(null, null, null, null, null, null, null, null, null, null, null);

  public Rules {
    ipAllowlist = ipAllowlist == null ? null : List.copyOf(ipAllowlist);
    limits = limits == null ? null : Collections.unmodifiableMap(new TreeMap<>(limits));
    counters = counters == null ? null : Collections.unmodifiableMap(new TreeMap<>(counters));
  }
}
