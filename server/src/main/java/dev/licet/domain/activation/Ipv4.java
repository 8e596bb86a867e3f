package dev.licet.domain.activation;

/** IPv4 addresses as dotted quads: four decimal numbers from 0 to 255 without leading zeros. */
final class Ipv4 {
  /** What {@link #parse} answers for anything else. */
  static final long NONE = -1;

  private static final int OCTETS = 4;

  private Ipv4() {}

  /** The address, 0 to 2^32 - 1, or {@link #NONE}. */
  static long parse(CharSequence text) {
    long address = 0;
    int octets = 1;
    int octet = -1;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      if (character >= '0' && character <= '9' && octet != 0) {
        octet = Math.max(octet, 0) * 10 + (character - '0');
        if (octet > 255) {
          return NONE;
        }
      } else if (character == '.' && octet >= 0 && octets < OCTETS) {
        address = (address << Byte.SIZE) | octet;
        octets++;
        octet = -1;
      } else {
        return NONE;
      }
    }
    return octets == OCTETS && octet >= 0 ? (address << Byte.SIZE) | octet : NONE;
  }

  static String format(long address) {
    return ((address >>> 24) & 0xff)
        + "."
        + ((address >>> 16) & 0xff)
        + "."
        + ((address >>> 8) & 0xff)
        + "."
        + (address & 0xff);
  }

  /** Whether an address is in 127.0.0.0/8. */
  static boolean isLoopback(long address) {
    return address >>> 24 == 127;
  }
}
