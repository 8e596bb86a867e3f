package dev.licet.http;

import java.net.InetAddress;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from which address a request comes. {@code X-Forwarded-For} counts only as far as its
 * entries were written by proxies that the operator trusts.
 */
public final class ClientAddress {
  private static final int MAX_HEADER = 1_024;

  private final Predicate<InetAddress> trusted;

  /**
   * @param trusted whether an address is that of a proxy whose header is believed
   */
  public ClientAddress(Predicate<InetAddress> trusted) {
    this.trusted = trusted;
  }

  /**
   * The client's address.
   *
   * @param peer the address at the other end of the connection
   * @param forwardedFor the header, if there is one
   */
  String of(String peer, @Nullable String forwardedFor) {
    if (forwardedFor == null || forwardedFor.length() > MAX_HEADER) {
      return peer;
    }
    String client = peer;
    String[] hops = forwardedFor.split(",", -1);
    for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
      InetAddress hop = parse(hops[i].strip());
      if (hop == null) {
        break;
      }
      client = hop.getHostAddress();
    }
    return client;
  }

  private boolean isTrusted(String address) {
    InetAddress parsed = parse(address);
    return parsed != null && trusted.test(parsed);
  }

  private static @Nullable InetAddress parse(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
