package dev.licet.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds out from which address a request comes. {@code X-Forwarded-For} counts only as far as its
 * entries were written by proxies that the operator trusts.
 */
public final class ClientAddress {
  private static final int MAX_HEADER = 1_024;

  private final List<Network> trusted;

  /**
   * A range of addresses.
   *
   * @param bits how many leading bits of the address count
   */
  public record Network(InetAddress address, int bits) {
    boolean contains(InetAddress other) {
      byte[] mine = address.getAddress();
      byte[] its = other.getAddress();
      if (mine.length != its.length) {
        return false;
      }
      int whole = bits / 8;
      if (!Arrays.equals(mine, 0, whole, its, 0, whole)) {
        return false;
      }
      int rest = bits % 8;
      int mask = 0xff << (8 - rest);
      return rest == 0 || (mine[whole] & mask) == (its[whole] & mask);
    }
  }

  public ClientAddress(List<Network> trusted) {
    this.trusted = List.copyOf(trusted);
  }

  /**
   * The client's address.
   *
   * @param peer the address at the other end of the connection
   * @param forwardedFor the header, if there is one
   */
  String of(String peer, @Nullable String forwardedFor) {
    if (trusted.isEmpty() || forwardedFor == null || forwardedFor.length() > MAX_HEADER) {
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
    return parsed != null && trusted.stream().anyMatch(network -> network.contains(parsed));
  }

  private static @Nullable InetAddress parse(String literal) {
    try {
      return InetAddress.ofLiteral(literal);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
