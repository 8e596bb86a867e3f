package dev.licet.domain.plan;

import dev.licet.domain.IsoDuration;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.license.ExpiresFrom;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named set of limits, features and rules.
 *
 * @param no its number inside the database
 * @param name unique in the account; 1 to 64 of {@code a-z0-9_-}
 * @param maxDomains seats for domains; {@code null} is unlimited
 * @param maxDevices seats for devices; {@code null} is unlimited
 * @param duration how long a licence on it lasts; {@code null} is for ever
 * @param localDomainsTakeSeats whether {@code localhost} and the like take a seat as other domains
 *     do
 * @param expiresFrom from when the duration counts, for licences issued from now on
 * @param rules what it says about when a key may be used
 */
public record Plan(
    long no,
    String name,
    List<String> features,
    @Nullable Integer maxDomains,
    @Nullable Integer maxDevices,
    @Nullable IsoDuration duration,
    boolean localDomainsTakeSeats,
    ExpiresFrom expiresFrom,
    Rules rules,
    Instant createdAt,
    Instant updatedAt) {
  public Plan {
    features = List.copyOf(features);
  }

  /** What a licence on it may use up, by name. */
  public Map<String, CounterRule> counters() {
    return rules.counters() == null ? Map.of() : rules.counters();
  }

  /** The rules for a licence that has none of its own. */
  public Policy policy() {
    return Policy.of(rules, Rules.NONE);
  }
}
