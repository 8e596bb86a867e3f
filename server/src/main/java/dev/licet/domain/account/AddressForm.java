package dev.licet.domain.account;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an account keeps of the addresses that validations come from. */
public enum AddressForm {
  FULL,
  /** Its network: the first 24 bits of IPv4, the first 48 of IPv6; the others are zero. */
  TRUNCATED,
  NONE;

  private static final int IPV6_BYTES_KEPT = 6;

  /** As the API and the database write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<AddressForm> of(String text) {
    return Arrays.stream(values()).filter(form -> form.text().equals(text)).findFirst();
  }

  /** What is kept of an address in text form; {@code null} when nothing is. */
  public @Nullable String kept(@Nullable String address) {
    return switch (this) {
      case FULL -> address;
      case TRUNCATED -> address == null ? null : truncated(address);
      case NONE -> null;
    };
  }

  private static @Nullable String truncated(String address) {
    if (address.indexOf(':') < 0) {
      int dot = address.lastIndexOf('.');
      return dot < 0 ? null : address.substring(0, dot + 1) + '0';
    }
    try {
      byte[] bytes = InetAddress.ofLiteral(address).getAddress();
      if (bytes.length == Integer.BYTES) {
        bytes[bytes.length - 1] = 0;
      } else {
        Arrays.fill(bytes, IPV6_BYTES_KEPT, bytes.length, (byte) 0);
      }
      return InetAddress.getByAddress(bytes).getHostAddress();
    } catch (IllegalArgumentException | UnknownHostException e) {
      return null;
    }
  }
}
