package dev.licet.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The addresses whose {@code X-Forwarded-For} is believed: single addresses and CIDR blocks, IPv4
 * and IPv6.
 */
public final class TrustedProxies {
  private final List<Block> blocks;

  private TrustedProxies(List<Block> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /**
   * Reads a comma-separated list such as {@code 10.0.0.0/8, ::1}; an empty text trusts no one.
   * Never asks a name server.
   *
   * @throws IllegalArgumentException if a part is neither an address nor a block
   */
  public static TrustedProxies parse(String text) {
    List<Block> blocks = new ArrayList<>();
    for (String part : text.split(",", -1)) {
      if (!part.isBlank()) {
        blocks.add(Block.parse(part.strip()));
      }
    }
    return new TrustedProxies(blocks);
  }

  /** Whether the address is one of these, or lies in one of these blocks. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    return blocks.stream().anyMatch(block -> block.contains(bytes));
  }

  /** Whether no proxy is trusted, which is the default. */
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  private static final class Block {
    private final byte[] address;
    private final int prefixLength;

    private Block(byte[] address, int prefixLength) {
      this.address = address;
      this.prefixLength = prefixLength;
    }

    static Block parse(String text) {
      int slash = text.indexOf('/');
      byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
      int bits = address.length * Byte.SIZE;
      int prefixLength = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
      if (prefixLength < 0 || prefixLength > bits) {
        throw new IllegalArgumentException("A block's length is 0 to " + bits);
      }
      return new Block(address, prefixLength);
    }

    /**
     * Short forms such as {@code 10.1}, which stand for 10.0.0.1, are more likely to be mistakes.
     */
    private static byte[] literal(String text) {
      boolean wholeIpv4 = text.chars().filter(character -> character == '.').count() == 3;
      if (!wholeIpv4 && text.indexOf(':') < 0) {
        throw new IllegalArgumentException("Not an IP address");
      }
      return InetAddress.ofLiteral(text).getAddress();
    }

    boolean contains(byte[] other) {
      int wholeBytes = prefixLength / Byte.SIZE;
      if (other.length != address.length
          || !Arrays.equals(address, 0, wholeBytes, other, 0, wholeBytes)) {
        return false;
      }
      int restBits = prefixLength % Byte.SIZE;
      int mask = 0xff << (Byte.SIZE - restBits) & 0xff;
      return restBits == 0 || ((address[wholeBytes] ^ other[wholeBytes]) & mask) == 0;
    }
  }
}
