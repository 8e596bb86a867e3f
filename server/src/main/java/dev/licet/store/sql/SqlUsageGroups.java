package dev.licet.store.sql;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.usage.UsageSelection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads sums of use of the whole time, each group once: the database adds them up, and of memory it
 * takes what the events take that are not folded yet, however many groups there are.
 */
final class SqlUsageGroups {
  private static final long HOUR = 3_600_000;
  private static final long QUARTER = HOUR / 4;
  private static final int QUARTERS = 4;
  private static final int DAY_HOURS = 24;
  private static final String SOME = " HAVING SUM(u.valid) + SUM(u.refused) > 0";

  /** Groups of events that are not folded yet, at most: some ten megabytes. */
  private static final int MOST_WAITING = 100_000;

  private final Handle handle;
  private final Dialect dialect;
  private final UsageSelection selection;
  private final UsageColumns columns;
  private final long from;
  private final long to;

  /** What the tail has of a group: valid ones and refused ones. */
  private final Map<List<@Nullable Object>, long[]> tail = new HashMap<>();

  SqlUsageGroups(Handle handle, Dialect dialect, UsageSelection selection) {
    this.handle = handle;
    this.dialect = dialect;
    this.selection = selection;
    this.columns = new UsageColumns(selection.by());
    this.from = selection.from().toEpochMilli();
    this.to = selection.to().toEpochMilli();
  }

  /**
   * Shows the groups.
   *
   * @throws StoreUnavailableException when the fold is too far behind
   */
  void read(UsageSelection.Groups groups) {
    UsageColumns.forEachOfTail(
        handle,
        selection,
        event -> {
          if (tail.size() == MOST_WAITING) {
            throw new StoreUnavailableException(
                "too much use is not counted yet", new TimeoutException());
          }
          long[] counts = tail.computeIfAbsent(columns.values(event), values -> new long[2]);
          counts[event.isValid() ? 0 : 1]++;
        });
    long firstDay = Math.ceilDiv(from, HOUR * DAY_HOURS);
    long endDay = Math.max(firstDay, Math.floorDiv(to, HOUR * DAY_HOURS));
    Query query =
        handle
            .createQuery(statement(firstDay, endDay))
            .bind("nos", Rows.list(LongStream.range(firstDay, endDay).boxed().toList()));
    UsageColumns.bind(query, selection)
        .map((row, context) -> show(row, groups))
        .forEach(read -> {});
    for (Map.Entry<List<@Nullable Object>, long[]> group : tail.entrySet()) {
      groups.add(group.getKey(), group.getValue()[0], group.getValue()[1]);
    }
  }

  private boolean show(ResultSet row, UsageSelection.Groups groups) throws SQLException {
    List<@Nullable Object> values = columns.values(row);
    long[] more = tail.remove(values);
    groups.add(
        values,
        row.getLong("valid") + (more == null ? 0 : more[0]),
        row.getLong("refused") + (more == null ? 0 : more[1]));
    return true;
  }

  /** Of an hour that is cut, a row may have nothing within the time: such groups are left out. */
  private String statement(long firstDay, long endDay) {
    List<String> parts = new ArrayList<>();
    long firstHour = Math.floorDiv(from, HOUR);
    long endHour = Math.ceilDiv(to, HOUR);
    addHours(parts, firstHour, Math.min(endHour, firstDay * DAY_HOURS));
    addHours(parts, Math.max(firstHour, endDay * DAY_HOURS), endHour);
    parts.add(part("usage_daily", "u.validations", "u.day <in_nos>"));
    String all = "(" + String.join(" UNION ALL ", parts) + ")";
    if (columns.hasNames()) {
      if (dialect.isPlain()) { // once for all days of a name: numbers are added up first
        all = "(SELECT " + sums(columns.groupNumbers(), all, "", columns.groupNumbers()) + ")";
      }
      return "SELECT "
          + sums(columns.selectNames(), all, columns.joinNames(), columns.group())
          + SOME;
    }
    return "SELECT " + sums(columns.group(), all, "", columns.group()) + SOME;
  }

  private static String sums(String select, String from, String join, String group) {
    return "SUM(u.valid) AS valid, SUM(u.refused) AS refused"
        + select
        + " FROM "
        + from
        + " u"
        + join
        + " GROUP BY "
        + group.substring(2);
  }

  /** Adds whole hours at once, and each that is cut for itself. */
  private void addHours(List<String> parts, long first, long end) {
    Map<String, List<Long>> byCounts =
        LongStream.range(first, end)
            .boxed()
            .collect(Collectors.groupingBy(this::quarters, TreeMap::new, Collectors.toList()));
    byCounts.forEach((counts, hours) -> {
      String list = hours.stream().map(String::valueOf).collect(Collectors.joining(","));
      parts.add(part("usage_hours", counts, "u.hour IN (" + list + ")"));
    });
  }

  /** The quarters of an hour that are within the time, as a sum. */
  private String quarters(long hour) {
    return LongStream.range(0, QUARTERS)
        .filter(no -> hour * HOUR + no * QUARTER >= from && hour * HOUR + no * QUARTER < to)
        .mapToObj(no -> "u.quarter" + (no + 1))
        .collect(Collectors.joining(" + "));
  }

  private String part(String table, String count, String times) {
    return "SELECT CASE WHEN u.outcome = 0 THEN "
        + count
        + " ELSE 0 END AS valid, CASE WHEN u.outcome = 0 THEN 0 ELSE "
        + count
        + " END AS refused"
        + (columns.hasNames() ? columns.selectNumbers(table) : columns.select(table))
        + columns.fromNumbers(table)
        + UsageColumns.where(selection)
        + " AND "
        + times;
  }
}
