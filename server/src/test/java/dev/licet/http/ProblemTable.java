package dev.licet.http;

import static dev.licet.http.OpenApiDocument.map;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The table of problem codes in the description's introduction. */
final class ProblemTable {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([A-Z_]+)` \\| (\\d{3}) \\| .+ \\|$");

  private ProblemTable() {}

  /** Status by code, in the order of the table. */
  static Map<String, Integer> read(OpenApiDocument document) {
    return read(map(document.root().get("info")).get("description").toString());
  }

  /** Status by code, from a Markdown text that holds the table. */
  static Map<String, Integer> read(String markdown) {
    Map<String, Integer> statuses = new LinkedHashMap<>();
    Matcher row = ROW.matcher(markdown);
    while (row.find()) {
      statuses.put(row.group(1), Integer.valueOf(row.group(2)));
    }
    return statuses;
  }

  /** The {@code type} that belongs to a code. */
  static String type(String code) {
    return "https://licet.dev/problems/" + code.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
