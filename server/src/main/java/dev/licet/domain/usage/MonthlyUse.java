package dev.licet.domain.usage;

import java.time.LocalDate;
import java.time.YearMonth;

/**
 * Validations of an account in one calendar month, UTC.
 *
 * @param month as a {@link #number}
 */
public record MonthlyUse(long accountNo, int month, int validations) {
  private static final long DAY_MILLIS = 86_400_000;

  /** A month as the database knows it, {@code 202611}. */
  public static int number(YearMonth month) {
    return month.getYear() * 100 + month.getMonthValue();
  }

  /** The day of a moment, since the epoch, UTC. */
  public static long day(long atMillis) {
    return Math.floorDiv(atMillis, DAY_MILLIS);
  }

  /** The month of a {@link #day}. */
  public static YearMonth month(long day) {
    return YearMonth.from(LocalDate.ofEpochDay(day));
  }
}
