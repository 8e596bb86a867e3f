package dev.licet.http.api;

import java.util.regex.Pattern;

/**
 * Keeps spreadsheets from finding formulas in the texts of a table: an apostrophe stands before
 * what they would take for one. Some let a cell begin at a semicolon, a tab or a line break inside
 * of a text, so that a formula may stand after each of these too.
 */
final class Formulas {
  /** What a formula begins with, also in full width. */
  private static final String SIGNS = "=+\\-@\uff1d\uff0b\uff0d\uff20";

  /**
   * What may be gone when a spreadsheet looks for a sign: quotes, blanks, and the mark itself, so
   * that whatever is marked can be marked again.
   */
  private static final String BEFORE_SIGN = "['\" ]*+";

  private static final String FIRST = "\\A";
  private static final String FIRST_FORMULA = "(?=" + BEFORE_SIGN + "[\\t\\r\\n" + SIGNS + "])";
  private static final String LATER = "(?<=[;\\t\\r\\n])";
  private static final String LATER_FORMULA = "(?=" + BEFORE_SIGN + "[" + SIGNS + "])";

  private static final Pattern UNMARKED =
      Pattern.compile(FIRST + FIRST_FORMULA + "|" + LATER + LATER_FORMULA);
  private static final Pattern MARKED =
      Pattern.compile(FIRST + "'" + FIRST_FORMULA + "|" + LATER + "'" + LATER_FORMULA);

  private Formulas() {}

  static String mark(String text) {
    return UNMARKED.matcher(text).replaceAll("'");
  }

  /** What {@link #mark} made the text of. */
  static String unmark(String text) {
    return MARKED.matcher(text).replaceAll("");
  }
}
