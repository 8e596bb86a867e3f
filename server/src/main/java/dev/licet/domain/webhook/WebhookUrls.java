package dev.licet.domain.webhook;

import dev.licet.domain.activation.DomainNames;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the URLs of endpoints, and refuses those that lead inside or that two programs might read
 * in two ways. Asks no name server: where a name leads is checked at every attempt.
 *
 * <p>Safe for many threads.
 */
public final class WebhookUrls {
  /** The longest URL, in characters. */
  public static final int MAX_LENGTH = 2_048;

  private static final Pattern SHAPE =
      Pattern.compile("(https?)://([^/?#]*)([^#]*)(#.*)?", Pattern.CASE_INSENSITIVE);
  private static final Pattern AUTHORITY =
      Pattern.compile("(?:\\[([^\\[\\]]*)]|([^:\\[\\]]*))(?::([0-9]{1,5}))?");

  /** A last label that some programs read as a part of an IPv4 address. No domain has one. */
  private static final Pattern NUMERIC_END = Pattern.compile(".*\\.[0-9][^.]*");

  private static final int FIRST_FREE_PORT = 1_024;
  private static final int MAX_PORT = 65_535;

  private final DomainNames names;
  private final boolean loopbackAllowed;

  /**
   * @param loopbackAllowed whether the server's own machine may be called, also without https
   */
  public WebhookUrls(DomainNames names, boolean loopbackAllowed) {
    this.names = names;
    this.loopbackAllowed = loopbackAllowed;
  }

  /** What a text turned out to be. */
  public sealed interface Reading {
    /** A URL that may be called, if its name leads to public addresses. */
    record Usable(WebhookTarget target) implements Reading {}

    /**
     * None that is called.
     *
     * @param reason why, as a sentence without a full stop
     */
    record Refused(String reason) implements Reading {}
  }

  /** Reads a URL. Never throws. */
  public Reading read(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > MAX_LENGTH || !shape.matches()) {
      return refused("A webhook needs a URL of at most 2048 characters that starts with https://");
    }
    if (shape.group(4) != null) {
      return refused("The URL must have no fragment");
    }
    if (shape.group(2).indexOf('@') >= 0) {
      return refused("The URL must have no user name and no password");
    }
    boolean secure = shape.group(1).length() == "https".length();
    Matcher authority = AUTHORITY.matcher(shape.group(2));
    if (!authority.matches()) {
      return refused("The URL needs a host, and after it at most a port from 1 to 65535");
    }
    String path = path(shape.group(3));
    if (path == null) {
      return refused(
          "The URL's path holds a character that is to be written as % and two hexadecimal digits");
    }
    String host = host(authority.group(1), authority.group(2));
    if (host == null) {
      return refused(
          "The URL needs a domain name, an IPv4 address as four decimal numbers, or an IPv6 address"
              + " in brackets");
    }
    String port = authority.group(3);
    return check(
        new WebhookTarget(
            secure,
            host,
            port == null ? WebhookTarget.usualPort(secure) : Integer.parseInt(port),
            path));
  }

  private Reading check(WebhookTarget target) {
    if (target.port() < 1 || target.port() > MAX_PORT) {
      return refused("The URL's port must be from 1 to 65535");
    }
    if (target.uri().toString().length() > MAX_LENGTH) {
      return refused("The URL is longer than 2048 characters in ASCII");
    }
    if (target.loopback() && loopbackAllowed) {
      return new Reading.Usable(target);
    }
    if (!target.secure()) {
      return refused("The URL must start with https://");
    }
    if (target.loopback()
        || target.address().map(address -> !PublicAddresses.isPublic(address)).orElse(false)) {
      return refused("The URL's host is not a public address");
    }
    if (target.port() != WebhookTarget.usualPort(true) && target.port() < FIRST_FREE_PORT) {
      return refused("The URL's port must be 443 or from 1024 to 65535");
    }
    return new Reading.Usable(target);
  }

  /** Path and query; null when they hold what does not belong there. */
  private static @Nullable String path(String rest) {
    try {
      if (!rest.chars().allMatch(character -> character < 0x7f)) {
        return null;
      }
      URI uri = new URI("https://host" + rest);
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      return (uri.getRawPath().isEmpty() ? "/" : uri.getRawPath()) + query;
    } catch (URISyntaxException e) {
      return null;
    }
  }

  /** The canonical host; null when it is none, or a private spelling of an address. */
  private @Nullable String host(@Nullable String bracketed, @Nullable String plain) {
    String typed = bracketed == null ? plain : bracketed;
    if (typed == null
        || (bracketed != null) != (typed.indexOf(':') >= 0)
        || !(names.readHost(typed) instanceof DomainNames.Reading.Name name)) {
      return null;
    }
    String host = name.canonical();
    WebhookTarget target = new WebhookTarget(true, host, 443, "/");
    InetAddress address = target.address().orElse(null);
    if (address == null) {
      boolean inner = name.seatless() && !target.loopback();
      return inner || NUMERIC_END.matcher(host).matches() ? null : host;
    }
    return bracketed != null && address instanceof Inet4Address ? null : host;
  }

  private static Reading refused(String reason) {
    return new Reading.Refused(reason);
  }
}
