package dev.licet.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.licet.domain.validation.AddressLimits;
import dev.licet.domain.validation.RateGate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A rate gate for each address that was seen lately; the least used ones are forgotten first. */
public final class AddressGates implements AddressLimits {
  private static final int MAX_ADDRESSES = 100_000;

  private final RateGate.Rate rate;
  private final Cache<String, RateGate> gates =
      Caffeine.newBuilder()
          .maximumSize(MAX_ADDRESSES)
          .expireAfterAccess(Duration.ofMinutes(10))
          .build();

  public AddressGates(RateGate.Rate rate) {
    this.rate = rate;
  }

  @Override
  public long tryPass(@Nullable String address) {
    if (address == null || rate.nanosEach() == 0) {
      return 0;
    }
    return gate(address).tryPass(rate, System.nanoTime());
  }

  /** The gate of an address, or of whatever else is counted. */
  public RateGate gate(String address) {
    return gates.get(address, ignored -> new RateGate(System.nanoTime()));
  }
}
