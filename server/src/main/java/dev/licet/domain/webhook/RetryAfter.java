package dev.licet.domain.webhook;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, 10.2.3): a number of seconds, or a date. */
public final class RetryAfter {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** How long to wait from {@code now}; null when the text is neither, or in the past. */
  public static @Nullable Duration read(String text, Instant now) {
    String value = text.strip();
    if (value.isEmpty() || value.length() > MAX_LENGTH) {
      return null;
    }
    if (value.chars().allMatch(character -> character >= '0' && character <= '9')) {
      return value.length() > MAX_DIGITS
          ? RetrySchedule.MAX_RETRY_AFTER
          : Duration.ofSeconds(Integer.parseInt(value));
    }
    try {
      Instant at = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(value));
      return at.isBefore(now) ? null : Duration.between(now, at);
    } catch (DateTimeException e) {
      return null;
    }
  }
}
