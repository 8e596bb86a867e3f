package dev.licet.config;

import dev.licet.domain.AddressBlocks;
import java.net.InetAddress;
import java.util.Arrays;

/**
 * The addresses whose {@code X-Forwarded-For} is believed: single addresses and CIDR blocks, IPv4
 * and IPv6.
 */
public final class TrustedProxies {
  private final AddressBlocks blocks;

  private TrustedProxies(AddressBlocks blocks) {
    this.blocks = blocks;
  }

  /**
   * Reads a comma-separated list such as {@code 10.0.0.0/8, ::1}; an empty text trusts no one.
   * Never asks a name server.
   *
   * @throws IllegalArgumentException if a part is neither an address nor a block
   */
  public static TrustedProxies parse(String text) {
    return new TrustedProxies(
        AddressBlocks.of(
            Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList()));
  }

  /** Whether the address is one of these, or lies in one of these blocks. */
  public boolean contains(InetAddress address) {
    return blocks.contains(address);
  }

  /** Whether no proxy is trusted, which is the default. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }
}
