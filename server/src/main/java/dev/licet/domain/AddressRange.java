package dev.licet.domain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A block of IP addresses (CIDR), or a single one. IPv4 and IPv6. Never asks a name server. */
public final class AddressRange {
  private static final int MAX_TEXT = 64;

  /** A number of an IPv4 address that begins with a zero. */
  private static final Pattern AMBIGUOUS = Pattern.compile("(^|[.:])0[0-9]+\\.|\\.0[0-9]");

  private final byte[] address;
  private final int prefixLength;

  private AddressRange(byte[] address, int prefixLength) {
    this.address = address;
    this.prefixLength = prefixLength;
    clearHostBits();
  }

  /**
   * Reads {@code 10.0.0.0/8}, {@code 192.0.2.7} or {@code 2001:db8::/32}; empty when it is none.
   */
  public static Optional<AddressRange> read(String text) {
    if (text.length() > MAX_TEXT) {
      return Optional.empty();
    }
    try {
      int slash = text.indexOf('/');
      byte[] address = literal(slash < 0 ? text : text.substring(0, slash));
      int bits = address.length * Byte.SIZE;
      int length = slash < 0 ? bits : length(text.substring(slash + 1));
      return length > bits ? Optional.empty() : Optional.of(new AddressRange(address, length));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static int length(String text) {
    if (!text.matches("[0-9]{1,3}")) {
      throw new IllegalArgumentException("A block's length is a number");
    }
    return Integer.parseInt(text);
  }

  /**
   * Short forms such as {@code 10.1}, which stand for 10.0.0.1, are more likely to be mistakes.
   * What {@code 010.0.0.1} stands for depends on who reads it.
   */
  private static byte[] literal(String text) {
    boolean wholeIpv4 = text.chars().filter(character -> character == '.').count() == 3;
    boolean ambiguous = wholeIpv4 && AMBIGUOUS.matcher(text).find();
    if (ambiguous || (!wholeIpv4 && text.indexOf(':') < 0)) {
      throw new IllegalArgumentException("Not an IP address");
    }
    return InetAddress.ofLiteral(text).getAddress();
  }

  /** Whether an address lies in the block. */
  public boolean contains(InetAddress other) {
    return agrees(other.getAddress());
  }

  /** Whether an address in text form lies in the block; what is no address does not. */
  public boolean contains(String other) {
    try {
      return contains(InetAddress.ofLiteral(other));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Whether all addresses of another block lie in this one. */
  public boolean covers(AddressRange other) {
    return prefixLength <= other.prefixLength && agrees(other.address);
  }

  private boolean agrees(byte[] other) {
    int wholeBytes = prefixLength / Byte.SIZE;
    if (other.length != address.length
        || !Arrays.equals(address, 0, wholeBytes, other, 0, wholeBytes)) {
      return false;
    }
    return wholeBytes == address.length
        || ((address[wholeBytes] ^ other[wholeBytes]) & mask(wholeBytes)) == 0;
  }

  private void clearHostBits() {
    for (int i = prefixLength / Byte.SIZE; i < address.length; i++) {
      address[i] &= (byte) mask(i);
    }
  }

  /** The bits of a byte that belong to the prefix. */
  private int mask(int place) {
    int bits = Math.clamp(prefixLength - (long) place * Byte.SIZE, 0, Byte.SIZE);
    return 0xff << (Byte.SIZE - bits) & 0xff;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof AddressRange range
        && prefixLength == range.prefixLength
        && Arrays.equals(address, range.address);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(address) + prefixLength;
  }

  /** In CIDR form, {@code 10.0.0.0/8}. */
  @Override
  public String toString() {
    try {
      return InetAddress.getByAddress(address).getHostAddress() + "/" + prefixLength;
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address has 4 or 16 bytes", e);
    }
  }
}
