package dev.licet.config;

import dev.licet.domain.AddressRange;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * The addresses whose {@code X-Forwarded-For} is believed: single addresses and CIDR blocks, IPv4
 * and IPv6.
 */
public final class TrustedProxies {
  private final List<AddressRange> ranges;

  private TrustedProxies(List<AddressRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Reads a comma-separated list such as {@code 10.0.0.0/8, ::1}; an empty text trusts no one.
   * Never asks a name server.
   *
   * @throws IllegalArgumentException if a part is neither an address nor a block
   */
  public static TrustedProxies parse(String text) {
    List<AddressRange> ranges = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        ranges.add(
            AddressRange.read(part.strip())
                .orElseThrow(() -> new IllegalArgumentException("Not an IP address or a block")));
      }
    }
    return new TrustedProxies(ranges);
  }

  /** Whether the address is one of these, or lies in one of these blocks. */
  public boolean contains(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }

  /** Whether no proxy is trusted, which is the default. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }
}
