package dev.licet.domain.webhook;

import dev.licet.domain.AddressBlocks;
import java.net.InetAddress;
import java.util.List;

/**
 * Tells addresses that anyone on the internet may call from those that lead inside: to this
 * machine, to its network, to a cloud's metadata, or to an IPv4 address hidden in an IPv6 one.
 *
 * <p>The tables are IANA's registries of special-purpose addresses, "IPv4" and "IPv6" (RFC 6890 and
 * its updates), and of multicast. Some of what they call globally reachable is refused, too: nobody
 * has a receiver there.
 */
public final class PublicAddresses {
  private static final AddressBlocks SPECIAL_IPV4 =
      AddressBlocks.of(
          List.of(
              "0.0.0.0/8", // this network (RFC 791)
              "10.0.0.0/8", // private (RFC 1918)
              "100.64.0.0/10", // shared, for carriers' NAT (RFC 6598)
              "127.0.0.0/8", // loopback (RFC 1122)
              "168.63.129.16/32", // Azure's metadata and name service, at a public address
              "169.254.0.0/16", // link-local (RFC 3927), and the metadata of most clouds
              "172.16.0.0/12", // private (RFC 1918)
              "192.0.0.0/24", // IETF protocol assignments (RFC 6890)
              "192.0.2.0/24", // documentation (RFC 5737)
              "192.31.196.0/24", // AS112 (RFC 7535)
              "192.52.193.0/24", // AMT (RFC 7450)
              "192.88.99.0/24", // 6to4 relays, given up (RFC 7526)
              "192.168.0.0/16", // private (RFC 1918)
              "192.175.48.0/24", // AS112 (RFC 7534)
              "198.18.0.0/15", // benchmarks (RFC 2544)
              "198.51.100.0/24", // documentation (RFC 5737)
              "203.0.113.0/24", // documentation (RFC 5737)
              "224.0.0.0/4", // multicast (RFC 5771)
              "240.0.0.0/4")); // reserved (RFC 1112), and broadcast (RFC 919)

  /**
   * All unicast addresses that were ever given out. Outside of it lie the unspecified, loopback,
   * IPv4-mapped and IPv4-compatible addresses, NAT64, discard, segment routing, unique-local,
   * link-local, site-local and multicast.
   */
  private static final AddressBlocks GLOBAL_IPV6 = AddressBlocks.of(List.of("2000::/3"));

  private static final AddressBlocks SPECIAL_IPV6 =
      AddressBlocks.of(
          List.of(
              "2001::/23", // IETF protocol assignments: Teredo, benchmarks, ORCHID, ... (RFC 2928)
              "2001:db8::/32", // documentation (RFC 3849)
              "2002::/16", // 6to4 (RFC 3056)
              "2620:4f:8000::/48", // AS112 (RFC 7534)
              "3fff::/20")); // documentation (RFC 9637)

  private PublicAddresses() {}

  /** Whether an address is of the open internet. */
  public static boolean isPublic(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length == 4) {
      return !SPECIAL_IPV4.contains(address);
    }
    return GLOBAL_IPV6.contains(address) && !SPECIAL_IPV6.contains(address) && !isIsatap(bytes);
  }

  /** Whether the last half names a tunnel's end by its IPv4 address (RFC 5214, section 6.1). */
  private static boolean isIsatap(byte[] bytes) {
    return (bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == (byte) 0xfe;
  }
}
