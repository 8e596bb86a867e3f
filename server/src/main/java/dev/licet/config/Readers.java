package dev.licet.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Turns the texts of settings into values; what is wrong is an {@link IllegalArgumentException}.
 */
final class Readers {
  static final int SECRET_BYTES = 32;

  private static final Pattern HOST =
      Pattern.compile("[A-Za-z0-9._-]+|[0-9A-Za-z.%]*:[0-9A-Za-z:.%]*");
  private static final Pattern API_KEY = Pattern.compile("licet_(live|test)_[0-9A-Za-z]{38}");
  private static final Pattern OPERATOR_KEY = Pattern.compile("licet_operator_[0-9A-Za-z]{38}");
  private static final Set<String> WEB_SCHEMES = Set.of("http", "https");
  private static final int BYTES_PER_MEGABYTE = 1 << 20;

  private Readers() {}

  /** An empty text is an absent value. */
  static <T> Function<String, Optional<T>> optional(Function<String, T> reader) {
    return text -> text.isEmpty() ? Optional.empty() : Optional.of(reader.apply(text));
  }

  static Function<String, Integer> wholeNumber(int least, int most) {
    return text -> {
      int number = Integer.parseInt(text);
      require(number >= least && number <= most);
      return number;
    };
  }

  /** Numbers separated by commas, at most so many of them, or none. */
  static Function<String, List<Integer>> wholeNumbers(int count, int least, int most) {
    return text -> {
      List<Integer> numbers =
          Arrays.stream(text.split(",", -1))
              .map(String::strip)
              .filter(part -> !part.isEmpty())
              .map(wholeNumber(least, most))
              .toList();
      require(numbers.size() <= count);
      return numbers;
    };
  }

  static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
    return text -> Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
  }

  static boolean trueOrFalse(String text) {
    require(text.equals("true") || text.equals("false"));
    return text.equals("true");
  }

  static Function<String, Duration> duration(Duration least, Duration most) {
    return text -> {
      try {
        Duration duration = Duration.parse(text);
        require(duration.compareTo(least) >= 0 && duration.compareTo(most) <= 0);
        return duration;
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(e);
      }
    };
  }

  static String host(String text) {
    require(HOST.matcher(text).matches());
    return text;
  }

  static Path path(String text) {
    require(!text.isBlank());
    return Path.of(text).normalize();
  }

  /** Files separated by commas, or none. */
  static List<Path> paths(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Readers::path)
        .toList();
  }

  static URI webUrl(String text) {
    try {
      URI url = new URI(text.replaceAll("/+$", ""));
      require(url.getScheme() != null && WEB_SCHEMES.contains(url.getScheme()));
      require(url.getHost() != null && url.getRawUserInfo() == null);
      require(url.getRawQuery() == null && url.getRawFragment() == null);
      return url;
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException(e);
    }
  }

  static Secret apiKey(String text) {
    require(API_KEY.matcher(text).matches());
    return new Secret(text);
  }

  static Secret operatorKey(String text) {
    require(OPERATOR_KEY.matcher(text).matches());
    return new Secret(text);
  }

  static Secret secret(String text) {
    require(Base64.getDecoder().decode(text).length == SECRET_BYTES);
    return new Secret(text);
  }

  /** In MiB; {@code auto} is a third of the heap. */
  static int cacheWeight(String text) {
    if (text.equals("auto")) {
      return (int) Math.max(1, Runtime.getRuntime().maxMemory() / 3 / BYTES_PER_MEGABYTE);
    }
    return wholeNumber(1, 1_000_000).apply(text);
  }

  private static void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException();
    }
  }
}
