package dev.licet.domain.activation;

import org.jspecify.annotations.Nullable;

/**
 * Reads typed domains into the one form in which they are compared, stored and shown.
 *
 * <p>Scheme, user, port, path, query, fragment and a trailing dot are dropped; letters become lower
 * case and international names Punycode (UTS 46); a leading {@code www.} is dropped, unless what
 * follows is a public suffix or a single label. IP addresses stand for themselves: IPv4 as a dotted
 * quad, IPv6 without brackets in the form of RFC 5952. A name without a dot is invalid, {@code
 * localhost} excepted: it means another machine in every network. The canonical form reads as
 * itself. Safe for use by several threads.
 */
public final class DomainNames {
  /** The longest text, in UTF-16 code units, that is looked at. */
  public static final int MAX_TEXT_LENGTH = 2_048;

  private static final String LOCALHOST = "localhost";
  private static final String WWW = "www.";
  private static final String WILDCARD = "*.";

  /** Stands for any label: no rule of the Public Suffix List names it, only its wildcards do. */
  private static final String ANY_LABEL = "any--label.";

  private static final Reading INVALID = new Reading.Invalid();

  private final Idna idna;
  private final PublicSuffixes publicSuffixes;

  public DomainNames(Idna idna, PublicSuffixes publicSuffixes) {
    this.idna = idna;
    this.publicSuffixes = publicSuffixes;
  }

  /** What a typed text turned out to be. */
  public sealed interface Reading {
    /**
     * A domain, an IP address or, for a seat, a wildcard.
     *
     * @param canonical the form in which domains are compared
     * @param seatless whether it is only ever the visitor's own machine or a name reserved for
     *     tests: localhost, *.localhost, *.test, *.local and loopback addresses
     */
    record Name(String canonical, boolean seatless) implements Reading {}

    /** No domain. */
    record Invalid() implements Reading {}
  }

  /** Reads the domain that a validation names: no wildcard. Never throws. */
  public Reading read(String text) {
    if (!(readName(isPlain(text) ? text : normalize(cut(text))) instanceof Reading.Name name)) {
      return INVALID;
    }
    String bare = withoutWww(name.canonical());
    return bare.equals(name.canonical()) ? name : new Reading.Name(bare, isSeatless(bare));
  }

  /**
   * Reads a host to connect to, which stands alone: an IPv6 address without brackets, and {@code
   * www.} is kept. Never throws.
   */
  public Reading readHost(String text) {
    return readName(isPlain(text) ? text : normalize(text));
  }

  /**
   * Reads the domain that a vendor authorizes: as {@link #read}, and {@code *.} before a name of
   * two labels or more that is not a public suffix, nor has only such right below it ({@code
   * kawasaki.jp}). A wildcard's {@code www.} is kept, for without it the wildcard would cover more.
   */
  public Reading readSeat(String text) {
    String host = cut(text);
    if (host == null || !host.startsWith(WILDCARD)) {
      return read(text);
    }
    String base = normalize(host.substring(WILDCARD.length()));
    if (base == null
        || !isDotted(base)
        || !AsciiName.isValid(base)
        || publicSuffixes.isPublicSuffix(base)
        || publicSuffixes.isPublicSuffix(ANY_LABEL + base)) {
      return INVALID;
    }
    return new Reading.Name(WILDCARD + base, isSeatless(base));
  }

  /**
   * Whether a seat is for a domain, both canonical: it is the same, or a wildcard above it. {@code
   * *.example.com} covers {@code a.b.example.com} but not {@code example.com}, and so not {@code
   * www.example.com} either.
   */
  public static boolean covers(String seat, String canonical) {
    if (!seat.startsWith(WILDCARD)) {
      return seat.equals(canonical);
    }
    int suffixLength = seat.length() - 1;
    int start = canonical.length() - suffixLength;
    return start > 0 && canonical.regionMatches(start, seat, 1, suffixLength);
  }

  /** Whether a text is a host name that needs no work before {@link #readName}. */
  private static boolean isPlain(String text) {
    return text.length() <= AsciiName.MAX_LENGTH
        && AsciiName.isValid(text)
        && !AsciiName.hasPunycode(text);
  }

  /** The host in a typed text, as typed; null when there is none, or the text is too long. */
  private static @Nullable String cut(String text) {
    return text.length() > MAX_TEXT_LENGTH ? null : HostText.cut(text);
  }

  /** A typed host in ASCII, lower case and without a trailing dot; null when that cannot be. */
  private @Nullable String normalize(@Nullable String typed) {
    if (typed == null || typed.length() > AsciiName.MAX_LENGTH + 1) {
      return null;
    }
    if (typed.indexOf(':') >= 0) {
      return typed;
    }
    boolean ascii = AsciiName.isAscii(typed);
    String host = ascii ? AsciiName.toLowerCase(typed) : typed;
    if (!ascii || AsciiName.hasPunycode(host)) {
      host = idna.toAscii(host);
    }
    return host != null && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  private static Reading readIpv6(String host) {
    Ipv6 address = Ipv6.parse(host);
    return address == null ? INVALID : new Reading.Name(address.format(), address.isLoopback());
  }

  /** Reads what is normalized, with its {@code www.}. */
  private static Reading readName(@Nullable String host) {
    if (host == null) {
      return INVALID;
    }
    if (host.indexOf(':') >= 0) {
      return readIpv6(host);
    }
    if (!AsciiName.isValid(host)) {
      long address = Ipv4.parse(host);
      return address == Ipv4.NONE ? INVALID : new Reading.Name(host, Ipv4.isLoopback(address));
    }
    return isDotted(host) || host.equals(LOCALHOST)
        ? new Reading.Name(host, isSeatless(host))
        : INVALID;
  }

  private String withoutWww(String host) {
    String name = host;
    while (name.startsWith(WWW)) {
      String apex = name.substring(WWW.length());
      if (!isDotted(apex) || publicSuffixes.isPublicSuffix(apex)) {
        break;
      }
      name = apex;
    }
    return name;
  }

  private static boolean isSeatless(String name) {
    return name.equals(LOCALHOST)
        || name.endsWith(".localhost")
        || name.endsWith(".test")
        || name.endsWith(".local");
  }

  private static boolean isDotted(String name) {
    return name.indexOf('.') >= 0;
  }
}
