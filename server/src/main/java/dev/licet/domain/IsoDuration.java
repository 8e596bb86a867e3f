package dev.licet.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * ISO 8601 durations that may mix calendar and clock units, such as {@code P1Y} or {@code P1DT12H}.
 */
public record IsoDuration(Period period, Duration duration) {
  private static final Pattern SHAPE =
      Pattern.compile("P(?<date>(?:\\d{1,5}[YMWD]){0,4})(?:T(?<time>(?:\\d{1,10}[HMS]){1,3}))?");
  private static final int MAX_YEARS = 100;

  /**
   * Reads one; empty when {@code text} is no duration, zero, or longer than 100 years.
   *
   * @param text such as {@code P1Y}, {@code P30D}, {@code PT24H}
   */
  public static Optional<IsoDuration> read(String text) {
    Matcher shape = SHAPE.matcher(text);
    if (text.length() > 40 || !shape.matches()) {
      return Optional.empty();
    }
    try {
      String date = shape.group("date");
      String time = shape.group("time");
      IsoDuration read =
          new IsoDuration(
              date.isEmpty() ? Period.ZERO : Period.parse("P" + date),
              time == null ? Duration.ZERO : Duration.parse("PT" + time));
      Instant origin = Instant.EPOCH;
      Instant end = read.after(origin);
      boolean inRange =
          end.isAfter(origin)
              && !end.isAfter(origin.atOffset(ZoneOffset.UTC).plusYears(MAX_YEARS).toInstant());
      return inRange ? Optional.of(read) : Optional.empty();
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  /** The moment that lies this far after {@code start}, counted in UTC. */
  public Instant after(Instant start) {
    return start.atOffset(ZoneOffset.UTC).plus(period).plus(duration).toInstant();
  }

  /** Both, one after the other; empty when that is longer than 100 years. */
  public Optional<IsoDuration> plus(IsoDuration more) {
    return read(new IsoDuration(period.plus(more.period), duration.plus(more.duration)).toString());
  }

  /** The ISO 8601 text, which {@link #read} reads back. */
  @Override
  public String toString() {
    if (duration.isZero()) {
      return period.toString();
    }
    return period.isZero() ? duration.toString() : period + duration.toString().substring(1);
  }
}
