package dev.licet.domain.webhook;

import java.net.InetAddress;
import java.net.URI;
import java.util.Optional;

/**
 * Where an endpoint is: a URL in its canonical form, which {@link WebhookUrls} reads.
 *
 * @param secure whether it is https
 * @param host a name in ASCII and lower case without a trailing dot, or an IP address without
 *     brackets
 * @param port always given, also the usual one
 * @param path with the query, starting with a slash, in ASCII
 */
public record WebhookTarget(boolean secure, String host, int port, String path) {
  private static final String LOCALHOST = "localhost";

  /** The URL. Reading it again gives the same target. */
  public URI uri() {
    return URI.create((secure ? "https://" : "http://") + authority() + path);
  }

  /** What the header {@code Host} says: the host, and the port unless it is the usual one. */
  public String authority() {
    String bracketed = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return port == usualPort(secure) ? bracketed : bracketed + ":" + port;
  }

  static int usualPort(boolean secure) {
    return secure ? 443 : 80;
  }

  /** The host when it is an address and not a name. */
  public Optional<InetAddress> address() {
    // A name never ends in a number.
    boolean literal =
        host.indexOf(':') >= 0 || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
    return literal ? Optional.of(InetAddress.ofLiteral(host)) : Optional.empty();
  }

  /** Whether it is said to be on the server's own machine, without asking any name server. */
  public boolean loopback() {
    return host.equals(LOCALHOST) || address().map(InetAddress::isLoopbackAddress).orElse(false);
  }

  @Override
  public String toString() {
    return uri().toString();
  }
}
