package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageSelection;
import dev.licet.domain.usage.UsageSelection.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Reads sums of use: whole days of UTC from the sums of days where that is fine enough, the rest
 * from those of hours, and what is not folded yet from the journal. All sums of an account that
 * tell no licences, domains and devices apart are read from the sums of accounts, which do not grow
 * with licences.
 */
final class SqlUsageSums {
  private static final long HOUR = 3_600_000;
  private static final long QUARTER = HOUR / 4;
  private static final int QUARTERS = 4;
  private static final int DAY_HOURS = 24;

  private static final String EACH_QUARTER =
      "SUM(u.quarter1), SUM(u.quarter2), SUM(u.quarter3), SUM(u.quarter4)";
  private static final String WHOLE_HOUR = "SUM(u.quarter1 + u.quarter2 + u.quarter3 + u.quarter4)";
  private static final String IN_TIMES = " AND u.%s <in_nos>";

  private final Handle handle;
  private final UsageSelection selection;
  private final UsageSelection.Use use;
  private final UsageColumns columns;
  private final long from;
  private final long to;

  SqlUsageSums(Handle handle, UsageSelection selection, UsageSelection.Use use) {
    this.handle = handle;
    this.selection = selection;
    this.use = use;
    this.columns = new UsageColumns(selection.by());
    this.from = selection.from().toEpochMilli();
    this.to = selection.to().toEpochMilli();
  }

  void read() {
    long firstHour = Math.floorDiv(from, HOUR);
    long endHour = Math.ceilDiv(to, HOUR);
    if (selection.licenseNo() == null
        && selection.by().stream().noneMatch(UsageDimension.OF_LICENSES::contains)) {
      readHours("usage_accounts", firstHour, endHour);
    } else if (selection.resolution() == Resolution.QUARTER_HOUR) {
      readHours("usage_hours", firstHour, endHour);
    } else {
      long firstDay = Math.ceilDiv(from, HOUR * DAY_HOURS);
      long endDay = Math.max(firstDay, Math.floorDiv(to, HOUR * DAY_HOURS));
      readHours("usage_hours", firstHour, Math.min(endHour, firstDay * DAY_HOURS));
      readDays(firstDay, endDay);
      readHours("usage_hours", Math.max(firstHour, endDay * DAY_HOURS), endHour);
    }
    readTail();
  }

  /** Hours are told apart at the ends, which may be cut, and everywhere if that is asked for. */
  private void readHours(String table, long first, long end) {
    if (selection.resolution() == Resolution.NONE) {
      readWithin(table, first, end);
    } else {
      readHours(table, first, end, true);
    }
  }

  private void readWithin(String table, long first, long end) {
    long whole = first * HOUR < from ? first + 1 : first;
    long wholeEnd = Math.max(whole, end * HOUR > to ? end - 1 : end);
    readHours(table, first, Math.min(whole, end), true);
    readHours(table, whole, wholeEnd, false);
    readHours(table, Math.max(wholeEnd, Math.min(whole, end)), end, true);
  }

  private void readHours(String table, long first, long end, boolean apart) {
    if (first >= end) {
      return;
    }
    boolean ofAccount = table.equals("usage_accounts");
    String times =
        ofAccount ? " AND u.hour >= :first AND u.hour < :end" : IN_TIMES.formatted("hour");
    Query query =
        handle.createQuery(
            statement(table, apart ? "u.hour" : "0", apart ? EACH_QUARTER : WHOLE_HOUR, times));
    if (ofAccount) {
      query.bind("first", first).bind("end", end);
    } else {
      query.bind("nos", Rows.list(LongStream.range(first, end).boxed().toList()));
    }
    show(
        query,
        row -> {
          List<@Nullable Object> values = columns.values(row);
          boolean valid = Rows.flag(row, "valid");
          if (!apart) {
            use.add(first * HOUR, values, valid, row.getLong(3));
            return;
          }
          for (int quarter = 0; quarter < QUARTERS; quarter++) {
            long at = row.getLong("time") * HOUR + quarter * QUARTER;
            long count = row.getLong(3 + quarter);
            if (count > 0 && at >= from && at < to) {
              use.add(at, values, valid, count);
            }
          }
        });
  }

  private void readDays(long first, long end) {
    if (first >= end) {
      return;
    }
    String time = selection.resolution() == Resolution.DAY ? "u.day" : "0";
    Query query =
        handle
            .createQuery(
                statement("usage_daily", time, "SUM(u.validations)", IN_TIMES.formatted("day")))
            .bind("nos", Rows.list(LongStream.range(first, end).boxed().toList()));
    show(
        query,
        row -> {
          long day = Math.max(first, row.getLong("time"));
          use.add(
              day * DAY_HOURS * HOUR, columns.values(row), Rows.flag(row, "valid"), row.getLong(3));
        });
  }

  /** Something that reads a row. */
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void show(Query query, RowReader reader) {
    UsageColumns.bind(query, selection)
        .map((row, context) -> {
          reader.read(row);
          return true;
        })
        .forEach(read -> {});
  }

  /**
   * The columns are: time, valid, counts, and what is told apart as {@code by0} and {@code by1}.
   */
  private String statement(String table, String time, String counts, String times) {
    return "SELECT "
        + time
        + " AS time, CASE WHEN u.outcome = 0 THEN 1 ELSE 0 END AS valid, "
        + counts
        + columns.select(table)
        + columns.from(table)
        + UsageColumns.where(selection)
        + times
        + " GROUP BY 1, 2"
        + columns.group();
  }

  private void readTail() {
    UsageColumns.forEachOfTail(
        handle,
        selection,
        event -> use.add(event.atMillis(), columns.values(event), event.isValid(), 1));
  }

  /** What an outcome is called. */
  static String text(Outcome outcome) {
    return outcome.code() == null ? "valid" : outcome.code().name();
  }
}
