package dev.licet.domain.activation;

import org.jspecify.annotations.Nullable;

/**
 * Cuts the host out of what people type or paste for a domain: an address with or without scheme,
 * port and path.
 */
final class HostText {
  private HostText() {}

  /**
   * The host, as typed, an IPv6 address without its brackets; null when what stands around it makes
   * no sense.
   */
  static @Nullable String cut(String typed) {
    String text = typed.strip();
    String authority = cutAuthority(text.substring(schemeEnd(text)));
    String hostAndPort = authority.substring(authority.lastIndexOf('@') + 1);
    if (hostAndPort.startsWith("[")) {
      return cutBracketed(hostAndPort);
    }
    int colon = hostAndPort.indexOf(':');
    if (colon < 0 || hostAndPort.indexOf(':', colon + 1) >= 0) {
      return hostAndPort; // no port, or an IPv6 address without brackets, which cannot have one
    }
    return isPort(hostAndPort, colon + 1) ? hostAndPort.substring(0, colon) : null;
  }

  /** Where the text goes on after {@code scheme://} or {@code //}; 0 if it starts with neither. */
  private static int schemeEnd(String text) {
    int slashes = text.indexOf("//");
    if (slashes == 0) {
      return 2;
    }
    if (slashes < 2 || text.charAt(slashes - 1) != ':' || !isAsciiLetter(text.charAt(0))) {
      return 0;
    }
    for (int i = 1; i < slashes - 1; i++) {
      char character = text.charAt(i);
      if (!isAsciiLetter(character) && "0123456789+-.".indexOf(character) < 0) {
        return 0;
      }
    }
    return slashes + 2;
  }

  /** What stands before path, query and fragment. Browsers take a backslash for a slash. */
  private static String cutAuthority(String text) {
    for (int i = 0; i < text.length(); i++) {
      if ("/?#\\".indexOf(text.charAt(i)) >= 0) {
        return text.substring(0, i);
      }
    }
    return text;
  }

  private static @Nullable String cutBracketed(String hostAndPort) {
    int end = hostAndPort.indexOf(']');
    boolean portFollows = end >= 0 && end + 1 < hostAndPort.length();
    if (end < 0
        || hostAndPort.indexOf(':') > end
        || (portFollows && (hostAndPort.charAt(end + 1) != ':' || !isPort(hostAndPort, end + 2)))) {
      return null;
    }
    String address = hostAndPort.substring(1, end);
    return address.indexOf(':') >= 0 ? address : null;
  }

  /** Whether a port, or nothing, stands at the end. */
  private static boolean isPort(String text, int start) {
    int port = 0;
    for (int i = start; i < text.length(); i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return false;
      }
      port = port * 10 + (digit - '0');
      if (port > 65_535) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAsciiLetter(char character) {
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z');
  }
}
