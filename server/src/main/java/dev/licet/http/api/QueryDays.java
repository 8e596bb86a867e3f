package dev.licet.http.api;

import dev.licet.http.Query;
import java.util.Optional;

/** The parameter {@code days}: of how many last days to tell. */
final class QueryDays {
  private QueryDays() {}

  /** Reads it: from 1 to {@code most}, of two digits at most; {@code usual} when it is absent. */
  static int read(Query query, int most, int usual) {
    Integer days =
        query.value("days", text -> days(text, most), "must be an integer from 1 to " + most);
    return days == null ? usual : days;
  }

  private static Optional<Integer> days(String text, int most) {
    return text.matches("[0-9]{1,2}")
        ? Optional.of(Integer.valueOf(text)).filter(it -> it >= 1 && it <= most)
        : Optional.empty();
  }
}
