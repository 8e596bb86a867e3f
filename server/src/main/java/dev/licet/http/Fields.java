package dev.licet.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Failure.FieldError;
import dev.licet.domain.Failure.InvalidRequest;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a body, collecting what is wrong with them. {@link #finish} refuses the
 * request if anything was, or if there are fields that nobody asked for; until then a wrong field
 * reads as absent.
 */
public final class Fields {
  private static final String EXPECTED_DURATION =
      "must be a duration such as P1Y, P30D or PT12H (ISO 8601), more than nothing, at most 100"
          + " years";

  /** The largest integer that every JSON reader keeps exact (RFC 7493, section 2.2). */
  private static final long MAX_LONG_COUNT = (1L << 53) - 1;

  private final ObjectNode body;
  private final String prefix;
  private final List<FieldError> errors;
  private final Set<String> read = new HashSet<>();

  private Fields(ObjectNode body, String prefix, List<FieldError> errors) {
    this.body = body;
    this.prefix = prefix;
    this.errors = errors;
  }

  /** Reads a body that is an object. */
  public static Fields of(JsonNode body) {
    if (body instanceof ObjectNode object) {
      return new Fields(object, "/", new ArrayList<>());
    }
    throw FailureException.invalid("", "The body must be a JSON object.");
  }

  /** What a text must be like: its reader and a sentence on what it expects. */
  public record Shape<T>(Function<String, Optional<T>> reader, String expected) {
    /** A text of a length within bounds, in code points. */
    public static Shape<String> text(int minLength, int maxLength) {
      return new Shape<>(
          text -> Json.hasLength(text, minLength, maxLength) ? Optional.of(text) : Optional.empty(),
          "must be a text of " + minLength + " to " + maxLength + " characters");
    }

    /** A text of one line that is not blank. */
    public static Shape<String> line(int maxLength) {
      return new Shape<>(
          text ->
              Json.hasLength(text, 1, maxLength)
                      && !text.isBlank()
                      && text.codePoints().noneMatch(Character::isISOControl)
                  ? Optional.of(text)
                  : Optional.empty(),
          "must be a text of 1 to " + maxLength + " characters in one line, and not blank");
    }

    /** A text that a regular expression matches. */
    public static Shape<String> pattern(String pattern, String expected) {
      return new Shape<>(
          text -> text.matches(pattern) ? Optional.of(text) : Optional.empty(), expected);
    }
  }

  /** Whether there is no field at all. */
  public boolean isEmpty() {
    return body.isEmpty();
  }

  /** Whether the body names a field. */
  public boolean has(String name) {
    return body.has(name);
  }

  /** A text that must be there; an empty one stands in for it until {@link #finish} refuses. */
  public String required(String name, Shape<String> shape) {
    if (!body.has(name)) {
      read.add(name);
      wrong(name, "is required");
      return "";
    }
    String value = value(name, shape).value();
    return value == null ? "" : value;
  }

  /** A text that may be absent but not {@code null}. */
  public <T> Given<T> value(String name, Shape<T> shape) {
    return field(name, false, node -> readText(name, node, shape));
  }

  /** As {@link #value}; {@code null} when absent. */
  public <T> @Nullable T optional(String name, Shape<T> shape) {
    return value(name, shape).value();
  }

  /** A text that may be absent or {@code null}. */
  public <T> Given<T> nullable(String name, Shape<T> shape) {
    return field(name, true, node -> readText(name, node, shape));
  }

  /** A count that may be absent or {@code null}. */
  public Given<Integer> nullableCount(String name) {
    return field(
        name,
        true,
        node -> {
          int count = node.isIntegralNumber() && node.canConvertToInt() ? node.intValue() : -1;
          if (count >= 0) {
            return count;
          }
          wrong(name, "must be an integer from 0 to " + Integer.MAX_VALUE + ", or null");
          return null;
        });
  }

  /** A whole number within bounds that may be absent but not {@code null}. */
  public Given<Integer> number(String name, int min, int max) {
    return field(name, false, node -> readNumber(name, node, min, max));
  }

  /** A whole number within bounds that may be absent or {@code null}. */
  public Given<Integer> nullableNumber(String name, int min, int max) {
    return field(name, true, node -> readNumber(name, node, min, max));
  }

  /** A large count that may be absent or {@code null}. */
  public Given<Long> nullableLongCount(String name) {
    return field(
        name,
        true,
        node -> {
          if (node.isIntegralNumber()
              && node.canConvertToLong()
              && node.longValue() >= 0
              && node.longValue() <= MAX_LONG_COUNT) {
            return node.longValue();
          }
          wrong(name, "must be an integer from 0 to " + MAX_LONG_COUNT + ", or null");
          return null;
        });
  }

  /** A truth value that may be absent but not {@code null}. */
  public Given<Boolean> flag(String name) {
    return field(name, false, node -> readFlag(name, node));
  }

  /** A truth value that may be absent or {@code null}. */
  public Given<Boolean> nullableFlag(String name) {
    return field(name, true, node -> readFlag(name, node));
  }

  /** A time that may be absent or {@code null}. */
  public Given<Instant> nullableTime(String name) {
    return nullable(name, new Shape<>(Timestamps::read, Timestamps.EXPECTED));
  }

  /** A duration that may be absent or {@code null}. */
  public Given<IsoDuration> nullableDuration(String name) {
    return nullable(name, new Shape<>(IsoDuration::read, EXPECTED_DURATION));
  }

  /** A duration that may be absent but not {@code null}. */
  public Given<IsoDuration> duration(String name) {
    return value(name, new Shape<>(IsoDuration::read, EXPECTED_DURATION));
  }

  /** A list of texts that may be absent but not {@code null}. */
  public Given<List<String>> texts(
      String name, int maxSize, boolean unique, Shape<String> element) {
    return field(name, false, node -> readTexts(name, node, maxSize, unique, element));
  }

  /** A list of texts, each once, that may be absent or {@code null}. */
  public Given<List<String>> nullableTexts(String name, int maxSize, Shape<String> element) {
    return field(name, true, node -> readTexts(name, node, maxSize, true, element));
  }

  /** Whole numbers from 0 to {@code max} by name, which may be absent or {@code null}. */
  public Given<Map<String, Long>> nullableNumbers(
      String name, int maxSize, Shape<String> key, long max) {
    return field(
        name,
        true,
        node -> {
          if (!(node instanceof ObjectNode object) || object.size() > maxSize) {
            wrong(name, "must be an object of at most " + maxSize + " numbers");
            return null;
          }
          Map<String, Long> numbers = new LinkedHashMap<>();
          for (var entry : object.properties()) {
            String place = name + "/" + escaped(entry.getKey());
            long number = entry.getValue().canConvertToLong() ? entry.getValue().longValue() : -1;
            if (key.reader().apply(entry.getKey()).isEmpty()) {
              wrong(place, "as a name " + key.expected());
            } else if (!entry.getValue().isIntegralNumber() || number < 0 || number > max) {
              wrong(place, "must be an integer from 0 to " + max);
            }
            numbers.put(entry.getKey(), number);
          }
          return numbers;
        });
  }

  /**
   * An object that may be absent or {@code null}.
   *
   * @param reader reads its fields; need not finish them
   */
  public <T> Given<T> nullableObject(String name, Function<Fields, @Nullable T> reader) {
    return field(
        name,
        true,
        node -> {
          if (node instanceof ObjectNode object) {
            return readObject(name, object, reader);
          }
          wrong(name, "must be an object");
          return null;
        });
  }

  /** Objects by name, which may be absent or {@code null}. */
  public <T> Given<Map<String, T>> nullableObjects(
      String name, int maxSize, Shape<String> key, Function<Fields, @Nullable T> reader) {
    return field(
        name,
        true,
        node -> {
          if (!(node instanceof ObjectNode object) || object.size() > maxSize) {
            wrong(name, "must be an object of at most " + maxSize + " objects");
            return null;
          }
          Map<String, T> objects = new LinkedHashMap<>();
          for (var entry : object.properties()) {
            String place = name + "/" + escaped(entry.getKey());
            if (key.reader().apply(entry.getKey()).isEmpty()) {
              wrong(place, "as a name " + key.expected());
            } else if (!(entry.getValue() instanceof ObjectNode inner)) {
              wrong(place, "must be an object");
            } else {
              T value = readObject(place, inner, reader);
              if (value != null) {
                objects.put(entry.getKey(), value);
              }
            }
          }
          return objects;
        });
  }

  <T> @Nullable T readObject(String name, ObjectNode object, Function<Fields, @Nullable T> reader) {
    Fields inner = new Fields(object, prefix + name + "/", errors);
    T value = reader.apply(inner);
    inner.refuseUnknown();
    return value;
  }

  /** Pairs of texts that may be absent but not {@code null}. */
  public Given<Map<String, String>> pairs(String name, int maxSize, int maxBytes) {
    return field(
        name,
        false,
        node -> {
          if (!(node instanceof ObjectNode object) || object.size() > maxSize) {
            wrong(name, "must be an object of at most " + maxSize + " texts");
            return null;
          }
          Map<String, String> pairs = new LinkedHashMap<>();
          for (var entry : object.properties()) {
            if (entry.getValue().isTextual()) {
              pairs.put(entry.getKey(), entry.getValue().textValue());
            } else {
              wrong(name + "/" + escaped(entry.getKey()), "must be a text");
            }
          }
          if (Json.utf8Length(pairs) > maxBytes) {
            wrong(name, "must have at most " + maxBytes + " bytes of names and texts in all");
          }
          return pairs;
        });
  }

  /** Notes that a field is not as it should be; of many, the first that are found. */
  public void wrong(String name, String detail) {
    if (errors.size() < InvalidRequest.MAX_ERRORS) {
      errors.add(new FieldError(prefix + name, detail));
    }
  }

  /**
   * To be called when all has been read.
   *
   * @throws FailureException when a field is wrong or unknown
   */
  public void finish() {
    refuseUnknown();
    if (!errors.isEmpty()) {
      throw new FailureException(new InvalidRequest(errors));
    }
  }

  private void refuseUnknown() {
    for (var field : body.properties()) {
      if (!read.contains(field.getKey())) {
        wrong(escaped(field.getKey()), "is not a field of this call");
      }
    }
  }

  <T> Given<T> field(String name, boolean nullable, Function<JsonNode, @Nullable T> reader) {
    read.add(name);
    JsonNode node = body.get(name);
    if (node == null) {
      return Given.absent();
    }
    if (!node.isNull()) {
      T value = reader.apply(node);
      return value == null ? Given.absent() : Given.of(value);
    }
    if (!nullable) {
      wrong(name, "must not be null");
      return Given.absent();
    }
    return Given.of(null);
  }

  private @Nullable Integer readNumber(String name, JsonNode node, int min, int max) {
    if (node.isIntegralNumber()
        && node.canConvertToInt()
        && node.intValue() >= min
        && node.intValue() <= max) {
      return node.intValue();
    }
    wrong(name, "must be an integer from " + min + " to " + max);
    return null;
  }

  private @Nullable Boolean readFlag(String name, JsonNode node) {
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    wrong(name, "must be true or false");
    return null;
  }

  private @Nullable List<String> readTexts(
      String name, JsonNode node, int maxSize, boolean unique, Shape<String> element) {
    if (!node.isArray() || node.size() > maxSize) {
      wrong(name, "must be a list of at most " + maxSize + " texts");
      return null;
    }
    List<String> values = new ArrayList<>(node.size());
    for (int i = 0; i < node.size(); i++) {
      String value = readText(name + "/" + i, node.get(i), element);
      if (value != null && unique && values.contains(value)) {
        wrong(name + "/" + i, "stands there twice");
      }
      values.add(value == null ? "" : value);
    }
    return List.copyOf(values);
  }

  private <T> @Nullable T readText(String name, JsonNode node, Shape<T> shape) {
    Optional<T> value =
        node.isTextual() ? shape.reader().apply(node.textValue()) : Optional.empty();
    if (value.isEmpty()) {
      wrong(name, shape.expected());
      return null;
    }
    return value.get();
  }

  /** RFC 6901, section 4. */
  private static String escaped(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }
}
