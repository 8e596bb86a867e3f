package dev.licet.domain.webhook;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The headers that the owner of an endpoint may add to its messages. */
public final class WebhookHeaders {
  /** How many there may be. */
  public static final int MAX_COUNT = 20;

  /** The longest name, in characters. */
  public static final int MAX_NAME_LENGTH = 64;

  /** The longest value, in characters. */
  public static final int MAX_VALUE_LENGTH = 1_024;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
  private static final Pattern VALUE = Pattern.compile("[!-~](?:[ -~]*[!-~])?");

  /** Those by which the two ends of a connection agree on it (RFC 9110, 7.6.1). */
  private static final Set<String> CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private static final Set<String> MESSAGE = Set.of("content-encoding", "content-type", "cookie");

  private WebhookHeaders() {}

  /** Why these may not be added, as a sentence without a full stop; empty when they may. */
  public static Optional<String> refusal(Map<String, String> headers) {
    if (headers.size() > MAX_COUNT) {
      return Optional.of("There may be " + MAX_COUNT + " headers at most");
    }
    Set<String> names = new HashSet<>();
    for (Map.Entry<String, String> header : headers.entrySet()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.length() > MAX_NAME_LENGTH || !NAME.matcher(name).matches()) {
        return Optional.of("A header's name has 1 to 64 letters, digits and hyphens");
      }
      if (isReserved(name)) {
        return Optional.of("The header " + name + " cannot be set");
      }
      if (!names.add(name)) {
        return Optional.of("The header " + name + " is there twice");
      }
      String value = header.getValue();
      if (value.length() > MAX_VALUE_LENGTH || !VALUE.matcher(value).matches()) {
        return Optional.of("The value of " + name + " has 1 to 1024 printable ASCII characters");
      }
    }
    return Optional.empty();
  }

  /** Whether a header, in lower case, is the transport's alone. */
  static boolean isOfConnection(String name) {
    return CONNECTION.contains(name) || name.startsWith("proxy-");
  }

  private static boolean isReserved(String name) {
    return isOfConnection(name) || MESSAGE.contains(name) || name.startsWith("webhook-");
  }
}
