package dev.licet.http;

import dev.licet.domain.Failure.FieldError;
import dev.licet.domain.Failure.InvalidRequest;
import dev.licet.domain.FailureException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the parameters of a query, collecting what is wrong with them. {@link #finish} refuses the
 * request if anything was, or if there are parameters that nobody asked for.
 */
public final class Query {
  private static final int MAX_LENGTH = 1_024;
  private static final int MAX_LIMIT = 100;
  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_ID = 128;

  private final Map<String, List<String>> parameters;
  private final Set<String> read = new HashSet<>();
  private final List<FieldError> errors = new ArrayList<>();

  Query(Map<String, List<String>> parameters) {
    this.parameters = parameters;
  }

  /** A text; {@code null} when absent. */
  public @Nullable String text(String name) {
    read.add(name);
    List<String> values = parameters.get(name);
    if (values == null) {
      return null;
    }
    if (values.size() > 1) {
      return wrong(name, "stands there more than once");
    }
    String value = values.getFirst();
    if (value.length() > MAX_LENGTH || !Json.isClean(value)) {
      return wrong(name, "is too long or holds NUL or half a surrogate pair");
    }
    return value;
  }

  /** Where a page starts: after the thing of this id; {@code null} when absent. */
  public @Nullable String cursor() {
    return value(
        "starting_after",
        id -> id.isEmpty() || id.length() > MAX_ID ? Optional.empty() : Optional.of(id),
        "must be the id of the last entry of the page before, 1 to " + MAX_ID + " characters");
  }

  /** What {@code read} makes of a text; {@code null} when absent. */
  public <T> @Nullable T value(String name, Function<String, Optional<T>> reader, String expected) {
    String text = text(name);
    if (text == null) {
      return null;
    }
    Optional<T> value = reader.apply(text);
    if (value.isEmpty()) {
      wrong(name, expected);
      return null;
    }
    return value.get();
  }

  /** As {@link #value(String, Function, String)}, for a shape that fields have too. */
  public <T> @Nullable T value(String name, Fields.Shape<T> shape) {
    return value(name, shape.reader(), shape.expected());
  }

  /** A time, RFC 3339; {@code null} when absent. */
  public @Nullable Instant time(String name) {
    return value(name, Timestamps::read, Timestamps.EXPECTED);
  }

  /** How many entries a page has. */
  public int limit() {
    return limit(MAX_LIMIT, DEFAULT_LIMIT);
  }

  /** As {@link #limit()}, with bounds of its own. */
  public int limit(int max, int whenAbsent) {
    Integer limit =
        value(
            "limit",
            text ->
                text.matches("[0-9]{1,4}") ? Optional.of(Integer.valueOf(text)) : Optional.empty(),
            "must be an integer from 1 to " + max);
    if (limit == null) {
      return whenAbsent;
    }
    if (limit < 1 || limit > max) {
      wrong("limit", "must be an integer from 1 to " + max);
    }
    return limit;
  }

  /** Notes that a parameter is not as it should be. */
  public @Nullable String wrong(String name, String detail) {
    errors.add(new FieldError("?" + name, detail));
    return null;
  }

  /**
   * To be called when all has been read.
   *
   * @throws FailureException when a parameter is wrong or unknown
   */
  public void finish() {
    for (String name : parameters.keySet()) {
      if (!read.contains(name)) {
        errors.add(new FieldError("?" + name, "is not a parameter of this call"));
      }
    }
    if (!errors.isEmpty()) {
      throw new FailureException(new InvalidRequest(errors));
    }
  }
}
