package dev.licet.http;

import dev.licet.domain.usage.Geography;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What the headers of a request say about who sends it. */
final class CallerTraits {
  /** What the networks that stand before a server call the client's country. */
  private static final CharSequence[] COUNTRIES = {
    HttpHeaders.createOptimized("CF-IPCountry"),
    HttpHeaders.createOptimized("CloudFront-Viewer-Country"),
    HttpHeaders.createOptimized("X-Vercel-IP-Country")
  };

  /** What Cloudflare sends of addresses of which it knows none. */
  private static final String NOWHERE = "XX";

  private static final int MAX_CLIENT = 64;

  /** What browsers begin with, and say nothing by it. */
  private static final String BROWSER = "Mozilla/";

  private CallerTraits() {}

  /**
   * The country that a proxy has found out; only to be asked of one that is believed. {@code null}
   * when it says none.
   */
  static @Nullable String country(MultiMap headers) {
    for (CharSequence name : COUNTRIES) {
      String value = headers.get(name);
      if (value != null && Geography.isCountry(value) && !value.equals(NOWHERE)) {
        return value;
      }
    }
    return null;
  }

  /**
   * The software that calls and its version, {@code name/version}, as it begins {@code User-Agent};
   * {@code null} when it does not, or a browser does.
   */
  static @Nullable String client(@Nullable String userAgent) {
    if (userAgent == null || userAgent.startsWith(BROWSER)) {
      return null;
    }
    int end = userAgent.indexOf(' ');
    String product = end < 0 ? userAgent : userAgent.substring(0, end);
    int slash = product.indexOf('/');
    boolean named = slash > 0 && slash < product.length() - 1 && product.length() <= MAX_CLIENT;
    return named && isToken(product, slash) ? product : null;
  }

  /** Whether all but one place are of the characters that RFC 9110 lets a token have. */
  private static boolean isToken(String text, int butAt) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (i != butAt && (unit <= ' ' || unit >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(unit) >= 0)) {
        return false;
      }
    }
    return true;
  }
}
