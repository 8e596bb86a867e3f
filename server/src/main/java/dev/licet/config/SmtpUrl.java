package dev.licet.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where mail goes, and who we are there.
 *
 * @param tls whether TLS comes before everything else ({@code smtps})
 * @param from the sender of all mail, such as {@code Shop <keys@shop.example.com>}
 */
public record SmtpUrl(
    boolean tls,
    String host,
    int port,
    Optional<String> user,
    Optional<Secret> password,
    String from) {
  private static final int SUBMISSION = 587;
  private static final int SUBMISSIONS = 465;

  /**
   * Reads {@code smtp://user:password@host:port?from=address}, or the same with {@code smtps}.
   *
   * @throws IllegalArgumentException if it is neither; the message does not quote the text, which
   *     may hold a password
   */
  public static SmtpUrl parse(String text) {
    URI url = uri(text);
    String scheme = url.getScheme();
    boolean tls = "smtps".equalsIgnoreCase(scheme);
    if (!tls && !"smtp".equalsIgnoreCase(scheme)) {
      throw new IllegalArgumentException("It starts with neither smtp:// nor smtps://");
    }
    if (url.getHost() == null || (url.getRawPath() != null && url.getRawPath().length() > 1)) {
      throw new IllegalArgumentException("It names no host, or a path after it");
    }
    String who = url.getRawUserInfo();
    int colon = who == null ? -1 : who.indexOf(':');
    String user = who == null ? null : decoded(colon < 0 ? who : who.substring(0, colon));
    String password = who == null || colon < 0 ? null : decoded(who.substring(colon + 1));
    int port = url.getPort() > 0 ? url.getPort() : tls ? SUBMISSIONS : SUBMISSION;
    if (port > 65_535) {
      throw new IllegalArgumentException("Its port is not 1 to 65535");
    }
    return new SmtpUrl(
        tls,
        url.getHost(),
        port,
        Optional.ofNullable(user),
        Optional.ofNullable(password).map(Secret::new),
        from(url.getRawQuery()));
  }

  private static URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("It is no URL: special characters need percent signs");
    }
  }

  private static String from(@Nullable String query) {
    String from =
        query != null && query.startsWith("from=") && query.indexOf('&') < 0
            ? URLDecoder.decode(query.substring("from=".length()), StandardCharsets.UTF_8)
            : "";
    if (!from.matches("[^\\p{Cc}<>@]*<?[^\\p{Cc}\\s<>@]+@[^\\p{Cc}\\s<>@]+>?")) {
      throw new IllegalArgumentException("It does not end in ?from= and an e-mail address");
    }
    return from;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  /** The URL as people may see it: the password masked. */
  public String masked() {
    String who =
        user.map(name -> name + (password.isPresent() ? ":" + Secret.MASK : "") + "@").orElse("");
    return (tls ? "smtps://" : "smtp://") + who + host + ":" + port;
  }

  @Override
  public String toString() {
    return masked();
  }
}
