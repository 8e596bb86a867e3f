package dev.licet.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.licet.domain.validation.AddressLimits;
import dev.licet.domain.validation.RateGate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A rate gate for each address that was seen lately; the least used ones are forgotten first. The
 * addresses of an IPv6 network of 64 bits share one: whoever has one of them has them all.
 */
public final class AddressGates implements AddressLimits {
  private static final int MAX_ADDRESSES = 100_000;
  private static final int IPV6_BYTES = 16;
  private static final int NETWORK_BYTES = 8;

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
    return gates.get(holder(address), ignored -> new RateGate(System.nanoTime()));
  }

  @Override
  public long nanosToWait(@Nullable String address) {
    if (address == null || rate.nanosEach() == 0) {
      return 0;
    }
    RateGate gate = gates.getIfPresent(holder(address));
    return gate == null ? 0 : gate.nanosToWait(rate, System.nanoTime());
  }

  /** Who is counted together: an IPv4 address, or the network of an IPv6 address. */
  private static String holder(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      return bytes.length == IPV6_BYTES
          ? HexFormat.of().formatHex(bytes, 0, NETWORK_BYTES)
          : address;
    } catch (IllegalArgumentException e) {
      return address;
    }
  }
}
