package dev.licet.domain.plan;

import dev.licet.domain.IsoDuration;
import dev.licet.domain.counter.CounterRule;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A named set of limits and features.
 *
 * @param no its number inside the database
 * @param name unique in the account; 1 to 64 of {@code a-z0-9_-}
 * @param maxDomains seats for domains; {@code null} is unlimited
 * @param maxDevices seats for devices; {@code null} is unlimited
 * @param counters what a licence may use up, by name
 * @param duration how long a licence on it lasts; {@code null} is for ever
 * @param localDomainsTakeSeats whether {@code localhost} and the like take a seat as other domains
 *     do
 */
public record Plan(
    long no,
    String name,
    List<String> features,
    @Nullable Integer maxDomains,
    @Nullable Integer maxDevices,
    Map<String, CounterRule> counters,
    @Nullable IsoDuration duration,
    boolean localDomainsTakeSeats,
    Instant createdAt,
    Instant updatedAt) {
  public Plan {
    features = List.copyOf(features);
    counters = Map.copyOf(counters);
  }
}
