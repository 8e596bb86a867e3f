package dev.licet.http.api;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of CSV (RFC 4180). */
final class Csv {
  private Csv() {}

  /** A line without its end. */
  static String line(@Nullable String... values) {
    return Arrays.stream(values).map(Csv::cell).collect(Collectors.joining(","));
  }

  /** A value in quotes where it needs them, and safe to be opened by a spreadsheet. */
  private static String cell(@Nullable String value) {
    if (value == null || value.isEmpty()) {
      return "";
    }
    String text = Formulas.mark(value);
    boolean plain = text.chars().noneMatch(unit -> ",\"\r\n".indexOf(unit) >= 0);
    return plain ? text : "\"" + text.replace("\"", "\"\"") + "\"";
  }
}
