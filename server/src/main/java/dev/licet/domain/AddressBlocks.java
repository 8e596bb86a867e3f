package dev.licet.domain;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * IP addresses and CIDR blocks, IPv4 and IPv6, in which an address is looked for. Never asks a name
 * server.
 */
public final class AddressBlocks {
  /** No block at all. */
  public static final AddressBlocks NONE = of(List.of());

  private static final int MAX_TEXT = 64;

  private final List<String> texts;
  private final List<Block> blocks;

  private AddressBlocks(List<String> texts) {
    this.texts = List.copyOf(texts);
    this.blocks = texts.stream().map(Block::parse).toList();
  }

  /**
   * Reads addresses such as {@code ::1} and blocks such as {@code 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException if a text is neither
   */
  public static AddressBlocks of(List<String> texts) {
    return new AddressBlocks(texts);
  }

  /** Whether a text is an address or a block. */
  public static boolean isBlock(String text) {
    try {
      Block.parse(text);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** As they were given. */
  public List<String> texts() {
    return texts;
  }

  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /** Whether the address is one of these, or lies in one of these blocks. */
  public boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    for (Block block : blocks) {
      if (block.contains(bytes)) {
        return true;
      }
    }
    return false;
  }

  /** As {@link #contains(InetAddress)}; a text that is no address lies in no block. */
  public boolean contains(@Nullable String address) {
    try {
      return address != null && contains(InetAddress.ofLiteral(address));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static final class Block {
    private final byte[] address;
    private final int prefixLength;

    private Block(byte[] address, int prefixLength) {
      this.address = address;
      this.prefixLength = prefixLength;
    }

    static Block parse(String text) {
      if (text.length() > MAX_TEXT) {
        throw new IllegalArgumentException("Not an IP address");
      }
      int slash = text.indexOf('/');
      byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
      int bits = address.length * Byte.SIZE;
      int prefixLength = slash < 0 ? bits : length(text.substring(slash + 1));
      if (prefixLength > bits) {
        throw new IllegalArgumentException("A block's length is 0 to " + bits);
      }
      return new Block(address, prefixLength);
    }

    private static int length(String text) {
      if (!text.matches("[0-9]{1,3}")) {
        throw new IllegalArgumentException("A block's length is a number");
      }
      return Integer.parseInt(text);
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
