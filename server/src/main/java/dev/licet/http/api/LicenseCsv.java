package dev.licet.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.http.Json;
import dev.licet.http.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Licences as rows of a table. An empty cell says nothing; a word stands for {@code null}; texts of
 * a list are separated by semicolons.
 */
final class LicenseCsv {
  private static final String SEPARATOR = ";";

  private enum Kind {
    TEXT,
    NUMBER,
    /** {@code true} or {@code false}. */
    FLAG,
    /** Texts, or a JSON array of them. */
    LIST,
    /** A JSON object. */
    OBJECT
  }

  /** The columns, by the names of the fields that they hold. */
  private enum Column {
    KEY(Kind.TEXT, null),
    PRODUCT(Kind.TEXT, null),
    PLAN(Kind.TEXT, null),
    CUSTOMER_EMAIL(Kind.TEXT, null),
    CUSTOMER_NAME(Kind.TEXT, null),
    STATUS(Kind.TEXT, null),
    STATUS_REASON(Kind.TEXT, null),
    CREATED_AT(Kind.TEXT, null),
    EXPIRES_AT(Kind.TEXT, "never"),
    DURATION(Kind.TEXT, "never"),
    EXPIRES_FROM(Kind.TEXT, null),
    FIRST_VALIDATED_AT(Kind.TEXT, null),
    MAX_DOMAINS(Kind.NUMBER, "unlimited"),
    MAX_DEVICES(Kind.NUMBER, "unlimited"),
    DOMAINS(Kind.LIST, null),
    DEVICES(Kind.LIST, null),
    FEATURES(Kind.LIST, null),
    TRIAL(Kind.FLAG, null),
    EXPIRY_STRATEGY(Kind.TEXT, null),
    GRACE_DAYS(Kind.NUMBER, null),
    SEAT_RELEASE(Kind.OBJECT, null),
    REQUIRE_DOMAIN(Kind.FLAG, null),
    REQUIRE_FINGERPRINT(Kind.FLAG, null),
    IP_ALLOWLIST(Kind.LIST, null),
    MIN_VERSION(Kind.TEXT, null),
    MAX_VERSION(Kind.TEXT, null),
    LIMITS(Kind.OBJECT, null),
    METADATA(Kind.OBJECT, null),
    COUNTERS(Kind.OBJECT, null),
    COUNTERS_USED(Kind.OBJECT, null);

    private static final Map<String, Column> BY_NAME =
        Arrays.stream(values()).collect(Collectors.toMap(Column::text, Function.identity()));

    private final Kind kind;
    private final @Nullable String forNull;

    Column(Kind kind, @Nullable String forNull) {
      this.kind = kind;
      this.forNull = forNull;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private LicenseCsv() {}

  /** The names of all columns, in the order of {@link #row}. */
  static List<String> header() {
    return Arrays.stream(Column.values()).map(Column::text).toList();
  }

  static boolean isColumn(String name) {
    return Column.BY_NAME.containsKey(name);
  }

  /** The cells of a licence, safe to be opened by a spreadsheet. */
  static List<String> row(ObjectNode license) {
    List<String> cells = new ArrayList<>();
    for (Column column : Column.values()) {
      JsonNode value = license.get(column.text());
      cells.add(value == null ? "" : Formulas.mark(cell(column, value)));
    }
    return cells;
  }

  /**
   * A licence as its cells say. What cannot be read stays a text, which the field's own check then
   * refuses.
   *
   * @param header names of columns, each one of {@link #header}
   * @param cells as many
   */
  static ObjectNode read(List<String> header, List<String> cells) {
    ObjectNode license = Json.object();
    for (int i = 0; i < cells.size(); i++) {
      Column column = Column.BY_NAME.get(header.get(i));
      String cell = Formulas.unmark(cells.get(i));
      if (column != null && !cell.isEmpty()) {
        put(license, column, cell);
      }
    }
    return license;
  }

  private static String cell(Column column, JsonNode value) {
    if (value.isNull()) {
      return column.forNull == null ? "" : column.forNull;
    }
    return switch (column.kind) {
      case TEXT, NUMBER, FLAG -> value.asText();
      case LIST -> list((ArrayNode) value);
      case OBJECT -> value.toString();
    };
  }

  private static String list(ArrayNode texts) {
    List<String> values = new ArrayList<>();
    texts.forEach(text -> values.add(text.textValue()));
    boolean plain =
        !values.isEmpty()
            && values.stream().noneMatch(text -> text.isBlank() || text.contains(SEPARATOR))
            && values.stream().allMatch(text -> text.equals(text.strip()))
            && !values.getFirst().startsWith("[");
    return plain ? String.join(SEPARATOR, values) : texts.toString();
  }

  private static void put(ObjectNode license, Column column, String cell) {
    if (cell.equals(column.forNull)) {
      license.putNull(column.text());
      return;
    }
    switch (column.kind) {
      case TEXT -> license.put(column.text(), cell);
      case NUMBER -> {
        if (cell.matches("[0-9]{1,10}")) {
          license.put(column.text(), Long.parseLong(cell));
        } else {
          license.put(column.text(), cell);
        }
      }
      case FLAG -> {
        if (cell.equals("true") || cell.equals("false")) {
          license.put(column.text(), Boolean.parseBoolean(cell));
        } else {
          license.put(column.text(), cell);
        }
      }
      case LIST -> {
        if (cell.startsWith("[")) {
          license.set(column.text(), json(license, cell));
        } else {
          ArrayNode texts = license.putArray(column.text());
          Arrays.stream(cell.split(SEPARATOR, -1)).map(String::strip).forEach(texts::add);
        }
      }
      case OBJECT -> license.set(column.text(), json(license, cell));
    }
  }

  private static JsonNode json(ObjectNode license, String cell) {
    try {
      return Json.read(cell.getBytes(StandardCharsets.UTF_8));
    } catch (ProblemException e) {
      return license.textNode(cell);
    }
  }
}
