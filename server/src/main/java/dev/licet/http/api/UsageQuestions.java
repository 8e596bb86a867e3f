package dev.licet.http.api;

import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageReports;
import dev.licet.domain.usage.UsageReports.Question;
import dev.licet.http.Query;
import dev.licet.http.Request;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a report on use is asked for. */
final class UsageQuestions {
  static final int MAX_TOP = 1_000;
  private static final int DEFAULT_TOP = 100;
  private static final ZoneId UTC = ZoneId.of("UTC"); // its name is shown, which an offset lacks
  private static final String GROUP_BY =
      "must be one or two different ones of day, hour, domain, device, country, outcome, plan,"
          + " product and license, separated by a comma, and not both day and hour";

  private UsageQuestions() {}

  /** The dimensions; {@code null} when there are none. */
  static @Nullable List<UsageDimension> dimensions(Query query) {
    return query.value("group_by", UsageQuestions::dimensions, GROUP_BY);
  }

  private static Optional<List<UsageDimension>> dimensions(String text) {
    List<UsageDimension> dimensions = new ArrayList<>();
    for (String part : text.split(",", UsageReports.MOST_DIMENSIONS + 1)) {
      Optional<UsageDimension> dimension = UsageDimension.of(part);
      if (dimension.isEmpty()) {
        return Optional.empty();
      }
      dimensions.add(dimension.get());
    }
    boolean apart =
        new HashSet<>(dimensions).size() == dimensions.size()
            && dimensions.stream().filter(UsageDimension::isTime).count() <= 1;
    return apart && dimensions.size() <= UsageReports.MOST_DIMENSIONS
        ? Optional.of(dimensions)
        : Optional.empty();
  }

  /** All else of the question, and that there is nothing more. */
  static Question read(Query query, List<UsageDimension> by) {
    ZoneId zone =
        query.value(
            "timezone",
            UsageQuestions::zone,
            "must be UTC or the name of a time zone such as Europe/Berlin");
    Instant from = query.time("from");
    Instant to = query.time("to");
    Integer top =
        query.value("top", UsageQuestions::top, "must be an integer from 1 to " + MAX_TOP);
    return new Question(by, zone == null ? UTC : zone, from, to, top == null ? DEFAULT_TOP : top);
  }

  /** The form that is wanted. */
  static ListFormat format(Query query, Request request) {
    ListFormat format = query.value("format", ListFormat::named, "must be json, ndjson or csv");
    return format == null ? ListFormat.accepted(request.header("Accept")) : format;
  }

  private static Optional<ZoneId> zone(String text) {
    if (text.equals("UTC")) {
      return Optional.of(UTC);
    }
    if (!text.matches("[A-Za-z]+(/[A-Za-z0-9_+-]+){1,2}")) {
      return Optional.empty();
    }
    try {
      return Optional.of(ZoneId.of(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Integer> top(String text) {
    if (!text.matches("[0-9]{1,4}")) {
      return Optional.empty();
    }
    int top = Integer.parseInt(text);
    return top >= 1 && top <= MAX_TOP ? Optional.of(top) : Optional.empty();
  }
}
