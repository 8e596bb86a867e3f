package dev.licet.http;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from which address a request comes. {@code X-Forwarded-For} counts only as far as its
 * entries were written by proxies that the operator trusts.
 */
public final class ClientAddress {
  /** More proxies in a row than anyone has. */
  private static final int MAX_HOPS = 16;

  /** Characters of an IPv6 address in brackets with its port, and white space around it. */
  private static final int MAX_HOP = 64;

  private final Predicate<InetAddress> trusted;

  /**
   * @param trusted whether an address is that of a proxy whose header is believed
   */
  public ClientAddress(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  /** Whether an address is that of a proxy whose header is believed. */
  boolean isTrusted(String address) {
    InetAddress parsed = parse(address);
    return parsed != null && trusted.test(parsed);
  }

  /**
   * The client's address. The header is read from its end, which the nearest proxy wrote, to the
   * first entry that is not a trusted proxy's. An entry that is no address ends the search: whoever
   * wrote what stands before it is not known.
   *
   * @param proxy the address of a trusted proxy, at the other end of the connection
   * @param forwardedFor the header, if there is one; an entry may have a port
   */
  String of(String proxy, @Nullable String forwardedFor) {
    String client = proxy;
    int end = forwardedFor == null ? -1 : forwardedFor.length();
    for (int hops = 0; forwardedFor != null && end >= 0 && hops < MAX_HOPS; hops++) {
      int comma = forwardedFor.lastIndexOf(',', end - 1);
      InetAddress hop = null;
      if (end - comma - 1 <= MAX_HOP) {
        String entry = forwardedFor.substring(comma + 1, end).strip();
        end = comma;
        if (entry.isEmpty()) {
          continue;
        }
        hop = parse(withoutPort(entry));
      }
      if (hop == null) {
        return client;
      }
      client = hop.getHostAddress();
      if (!trusted.test(hop)) {
        return client;
      }
    }
    return client;
  }

  /** Turns {@code 192.0.2.1:55} and {@code [2001:db8::1]:55} into their addresses. */
  private static String withoutPort(String entry) {
    if (entry.startsWith("[")) {
      int close = entry.indexOf(']');
      return close < 0 ? entry : entry.substring(1, close);
    }
    int colon = entry.indexOf(':');
    boolean single = colon >= 0 && entry.indexOf(':', colon + 1) < 0;
    return single ? entry.substring(0, colon) : entry;
  }

  private static @Nullable InetAddress parse(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
