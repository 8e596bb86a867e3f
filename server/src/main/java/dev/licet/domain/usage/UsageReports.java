package dev.licet.domain.usage;

import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.license.License;
import dev.licet.domain.usage.UsageBreakdown.Group;
import dev.licet.domain.usage.UsageSelection.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Answers how licences are used: by domain, device, country and more, over any time. */
public final class UsageReports {
  /** Dimensions of one report, at most. */
  public static final int MOST_DIMENSIONS = 2;

  /** What is shown for a name that was erased. */
  public static final String ERASED = "(erased)";

  private static final Duration QUARTER = Duration.ofMinutes(15);
  private static final Duration DEFAULT_TIME = Duration.ofDays(30);

  /** Hours of one report, at most: a row for each. */
  private static final Duration LONGEST_BY_HOUR = Duration.ofDays(92);

  private final Transactions transactions;
  private final InstantSource clock;

  public UsageReports(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * What to report.
   *
   * @param by one or two different dimensions, at most one of them a time
   * @param zone whose days and hours are meant
   * @param from the start, rounded down to a quarter of an hour; {@code null} for the day 30 days
   *     ago
   * @param to the end, rounded up to a quarter of an hour; {@code null} for now
   * @param top how many values that are not times are told apart
   */
  public record Question(
      List<UsageDimension> by,
      ZoneId zone,
      @Nullable Instant from,
      @Nullable Instant to,
      int top) {}

  /** A report over the time that it covers. */
  public record Report(
      List<UsageDimension> by, ZoneId zone, Instant from, Instant to, List<Row> rows) {}

  /**
   * A row.
   *
   * @param values of the dimensions; {@code null} for none
   * @param other whether it stands for all that is not told apart
   */
  public record Row(List<@Nullable String> values, boolean other, long valid, long refused) {}

  /**
   * Reports on one licence.
   *
   * @throws FailureException when the tenant has no such licence, or the question is not allowed
   */
  public Report ofLicense(Tenant tenant, String id, Question question) {
    for (UsageDimension dimension : question.by()) {
      if (dimension.compareTo(UsageDimension.OUTCOME) > 0) {
        throw FailureException.invalid(
            "?group_by", "may not be " + dimension.text() + " for one license");
      }
    }
    return transactions.report(stores -> {
      License license =
          stores
              .licenses()
              .find(tenant, id)
              .orElseThrow(() -> FailureException.notFound("license"));
      return report(stores, tenant, license.no(), question);
    });
  }

  /**
   * Reports on all licences of a tenant.
   *
   * @throws FailureException when the question is not allowed
   */
  public Report ofTenant(Tenant tenant, Question question) {
    return transactions.report(stores -> report(stores, tenant, null, question));
  }

  private Report report(Stores stores, Tenant tenant, @Nullable Long licenseNo, Question question) {
    Instant to = ceil(question.to() == null ? clock.instant() : question.to());
    Instant from =
        question.from() == null ? defaultFrom(to, question.zone()) : floor(question.from());
    check(question, from, to);
    List<UsageDimension> untimed =
        question.by().stream().filter(dimension -> !dimension.isTime()).toList();
    UsageSelection selection =
        new UsageSelection(tenant, licenseNo, untimed, resolution(question), from, to);
    boolean many = untimed.stream().anyMatch(UsageDimension.OF_LICENSES::contains);
    List<Group> groups =
        many ? ranked(stores, selection, question) : sums(stores, selection, question, null);
    return new Report(
        question.by(), question.zone(), from, to, rows(stores, tenant, question.by(), groups));
  }

  private static List<Group> sums(
      Stores stores,
      UsageSelection selection,
      Question question,
      @Nullable Set<List<@Nullable Object>> only) {
    UsageBreakdown breakdown = new UsageBreakdown(question.by(), question.zone(), only);
    stores.usage().sums(selection, breakdown);
    return breakdown.largest(question.top());
  }

  /** Finds the largest groups first: all of them might not fit into memory. */
  private static List<Group> ranked(Stores stores, UsageSelection selection, Question question) {
    UsageRanking ranking = new UsageRanking(selection.by().size(), question.top());
    stores.usage().groups(selection, ranking);
    return selection.resolution() == Resolution.NONE
        ? ranking.groups()
        : sums(stores, selection, question, ranking.values());
  }

  private static void check(Question question, Instant from, Instant to) {
    if (!from.isBefore(to)) {
      throw FailureException.invalid("?to", "must be after from");
    }
    if (from.isBefore(to.atZone(ZoneOffset.UTC).minusMonths(UsageJobs.MONTHS + 1).toInstant())) {
      throw FailureException.invalid(
          "?from", "must be at most " + UsageJobs.MONTHS + " months before to");
    }
    if (question.by().contains(UsageDimension.HOUR)
        && Duration.between(from, to).compareTo(LONGEST_BY_HOUR) > 0) {
      throw FailureException.invalid(
          "?from",
          "must be at most "
              + LONGEST_BY_HOUR.toDays()
              + " days before to when hours are asked for");
    }
  }

  private static Resolution resolution(Question question) {
    if (question.by().stream().noneMatch(UsageDimension::isTime)) {
      return Resolution.NONE;
    }
    boolean utc = question.zone().normalized().equals(ZoneOffset.UTC);
    return utc && question.by().contains(UsageDimension.DAY)
        ? Resolution.DAY
        : Resolution.QUARTER_HOUR;
  }

  private static Instant floor(Instant at) {
    long millis = QUARTER.toMillis();
    return Instant.ofEpochMilli(Math.floorDiv(at.toEpochMilli(), millis) * millis);
  }

  private static Instant ceil(Instant at) {
    Instant floor = floor(at);
    return floor.equals(at) ? at : floor.plus(QUARTER);
  }

  private static Instant defaultFrom(Instant to, ZoneId zone) {
    return floor(to.minus(DEFAULT_TIME).atZone(zone).toLocalDate().atStartOfDay(zone).toInstant());
  }

  private static List<Row> rows(
      Stores stores, Tenant tenant, List<UsageDimension> by, List<Group> groups) {
    List<Map<Long, String>> names = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      Set<Long> numbers = new HashSet<>();
      for (Group group : groups) {
        if (group.values().get(i) instanceof Long number) {
          numbers.add(number);
        }
      }
      names.add(
          numbers.isEmpty() ? new HashMap<>() : stores.usage().names(tenant, by.get(i), numbers));
    }
    List<Row> rows = new ArrayList<>(groups.size());
    for (Group group : groups) {
      List<@Nullable String> values = new ArrayList<>();
      for (int i = 0; i < by.size(); i++) {
        values.add(text(by.get(i), group.values().get(i), names.get(i)));
      }
      rows.add(new Row(values, group.other(), group.valid(), group.refused()));
    }
    return rows;
  }

  private static @Nullable String text(
      UsageDimension dimension, @Nullable Object value, Map<Long, String> names) {
    return switch (value) {
      case ZonedDateTime time when dimension == UsageDimension.DAY -> time.toLocalDate().toString();
      case ZonedDateTime time -> DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
      case Long number -> names.get(number);
      case null -> null;
      default -> value.toString();
    };
  }
}
