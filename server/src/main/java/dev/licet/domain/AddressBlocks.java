package dev.licet.domain;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** IP addresses and CIDR blocks, IPv4 and IPv6, in which an address is looked for. */
public final class AddressBlocks {
  /** No block at all. */
  public static final AddressBlocks NONE = of(List.of());

  private final List<String> texts;
  private final List<AddressRange> blocks;

  private AddressBlocks(List<String> texts) {
    this.texts = List.copyOf(texts);
    this.blocks = texts.stream().map(AddressBlocks::block).toList();
  }

  /**
   * Reads addresses such as {@code ::1} and blocks such as {@code 10.0.0.0/8}.
   *
   * @throws IllegalArgumentException if a text is neither
   */
  public static AddressBlocks of(List<String> texts) {
    return new AddressBlocks(texts);
  }

  private static AddressRange block(String text) {
    return AddressRange.read(text)
        .orElseThrow(() -> new IllegalArgumentException("Not an IP address or a block"));
  }

  /** Whether a text is an address or a block. */
  public static boolean isBlock(String text) {
    return AddressRange.read(text).isPresent();
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
    for (AddressRange block : blocks) {
      if (block.contains(address)) {
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
}
