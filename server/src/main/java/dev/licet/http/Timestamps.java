package dev.licet.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Times as the API reads and writes them: RFC 3339. */
public final class Timestamps {
  public static final String EXPECTED =
      "must be a time such as 2027-01-31T00:00:00Z (RFC 3339), in the years 1970 to 9999";

  private static final Instant MAX = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int MAX_LENGTH = 40;
  private static final long MILLIS_PER_DAY = 86_400_000L;
  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_TO_EPOCH = 719_468;

  private Timestamps() {}

  /** Reads a time with any offset, to the millisecond. */
  public static Optional<Instant> read(String text) {
    if (text.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    try {
      Instant time = Instant.ofEpochMilli(OffsetDateTime.parse(text).toInstant().toEpochMilli());
      return time.isBefore(Instant.EPOCH) || time.isAfter(MAX)
          ? Optional.empty()
          : Optional.of(time);
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  public static @Nullable String text(@Nullable Instant time) {
    return time == null ? null : text(time.toEpochMilli());
  }

  /**
   * Writes a time in UTC with milliseconds where there are any. Runs for every validation, where
   * {@link Instant#toString} would cost as much as the rest of the answer.
   *
   * <p>The date comes from the days since the epoch by the proleptic Gregorian arithmetic on years
   * that begin in March (H. Hinnant, "chrono-Compatible Low-Level Date Algorithms").
   *
   * @param millis since the epoch, in the years 1970 to 9999
   */
  public static String text(long millis) {
    int days = (int) (millis / MILLIS_PER_DAY) + DAYS_TO_EPOCH;
    int milliOfDay = (int) (millis % MILLIS_PER_DAY);
    int era = days / DAYS_PER_ERA;
    int dayOfEra = days - era * DAYS_PER_ERA;
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    int year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int milli = milliOfDay % 1_000;
    byte[] text = new byte[milli == 0 ? 20 : 24];
    put(text, 0, year, 4);
    text[4] = '-';
    put(text, 5, month, 2);
    text[7] = '-';
    put(text, 8, day, 2);
    text[10] = 'T';
    put(text, 11, milliOfDay / 3_600_000, 2);
    text[13] = ':';
    put(text, 14, milliOfDay / 60_000 % 60, 2);
    text[16] = ':';
    put(text, 17, milliOfDay / 1_000 % 60, 2);
    if (milli != 0) {
      text[19] = '.';
      put(text, 20, milli, 3);
    }
    text[text.length - 1] = 'Z';
    return new String(text, ISO_8859_1);
  }

  private static void put(byte[] text, int offset, int number, int digits) {
    int rest = number;
    for (int i = offset + digits - 1; i >= offset; i--) {
      text[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
  }
}
