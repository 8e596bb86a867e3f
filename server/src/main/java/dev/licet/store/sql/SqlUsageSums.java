package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageReports;
import dev.licet.domain.usage.UsageSelection;
import dev.licet.domain.usage.UsageSelection.Resolution;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
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
  private static final int FETCH = 1_000;

  private static final String EACH_QUARTER =
      "SUM(u.quarter1), SUM(u.quarter2), SUM(u.quarter3), SUM(u.quarter4)";
  private static final String WHOLE_HOUR = "SUM(u.quarter1 + u.quarter2 + u.quarter3 + u.quarter4)";
  private static final String IN_TIMES = " AND u.%s <in_nos>";

  private final Handle handle;
  private final UsageSelection selection;
  private final UsageSelection.Use use;
  private final long from;
  private final long to;

  SqlUsageSums(Handle handle, UsageSelection selection, UsageSelection.Use use) {
    this.handle = handle;
    this.selection = selection;
    this.use = use;
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
          List<@Nullable Object> values = values(row);
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
          use.add(day * DAY_HOURS * HOUR, values(row), Rows.flag(row, "valid"), row.getLong(3));
        });
  }

  /** Something that reads a row. */
  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private void show(Query query, RowReader reader) {
    query
        .bind("account", selection.tenant().accountNo())
        .bind("live", Rows.flag(selection.tenant().live()))
        .setFetchSize(FETCH);
    if (selection.licenseNo() != null) {
      query.bind("license", selection.licenseNo());
    }
    query
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
    StringBuilder select = new StringBuilder("SELECT ").append(time).append(" AS time, ");
    select.append("CASE WHEN u.outcome = 0 THEN 1 ELSE 0 END AS valid, ").append(counts);
    StringBuilder from = new StringBuilder(" FROM ").append(table).append(" u");
    StringBuilder group = new StringBuilder(" GROUP BY 1, 2");
    int at = 0;
    boolean joined = false;
    for (UsageDimension dimension : selection.by()) {
      boolean ofLicense = dimension == UsageDimension.PLAN || dimension == UsageDimension.PRODUCT;
      if (ofLicense && !table.equals("usage_accounts") && !joined) {
        from.append(" LEFT JOIN licenses l ON l.no = u.license_no");
        joined = true;
      }
      String column = column(dimension, table);
      select.append(", ").append(column).append(" AS by").append(at);
      group.append(", by").append(at++);
      joinNames(dimension, from);
    }
    String license = selection.licenseNo() == null ? "" : " AND u.license_no = :license";
    return select
        .append(from)
        .append(" WHERE u.account_no = :account AND u.live = :live")
        .append(license)
        .append(times)
        .append(group)
        .toString();
  }

  private static void joinNames(UsageDimension dimension, StringBuilder from) {
    if (dimension == UsageDimension.DOMAIN) {
      from.append(
          " LEFT JOIN usage_names d ON d.license_no = u.license_no AND d.kind = 0"
              + " AND d.hash = u.domain");
    } else if (dimension == UsageDimension.DEVICE) {
      from.append(
          " LEFT JOIN usage_names f ON f.license_no = u.license_no AND f.kind = 1"
              + " AND f.hash = u.device");
    }
  }

  private static String column(UsageDimension dimension, String table) {
    String ofLicense = table.equals("usage_accounts") ? "u" : "l";
    return switch (dimension) {
      case DOMAIN -> "CASE WHEN u.domain <> 0 THEN COALESCE(d.value, '') END";
      case DEVICE -> "CASE WHEN u.device <> 0 THEN COALESCE(f.value, '') END";
      case COUNTRY -> "u.country";
      case OUTCOME -> "u.outcome";
      case PLAN -> ofLicense + ".plan_no";
      case PRODUCT -> ofLicense + ".product_no";
      case LICENSE -> "u.license_no";
      case DAY, HOUR -> throw new IllegalArgumentException(dimension + " is a time");
    };
  }

  private List<@Nullable Object> values(ResultSet row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < selection.by().size(); i++) {
      String column = "by" + i;
      switch (selection.by().get(i)) {
        case DOMAIN, DEVICE -> values.add(name(row.getString(column)));
        case COUNTRY -> values.add(Countries.of(row.getInt(column)));
        default -> values.add(row.getLong(column));
      }
    }
    return values;
  }

  private static @Nullable String name(@Nullable String value) {
    return value == null || !value.isEmpty() ? value : UsageReports.ERASED;
  }

  private void readTail() {
    Long license = selection.licenseNo();
    UsageTail.forEach(
        handle,
        event ->
            license == null
                ? event.group().accountNo() == selection.tenant().accountNo()
                    && event.group().live() == selection.tenant().live()
                : event.licenseNo() == license,
        event -> {
          if (event.atMillis() >= from && event.atMillis() < to) {
            use.add(event.atMillis(), values(event), event.isValid(), 1);
          }
        });
  }

  private List<@Nullable Object> values(EventReader event) {
    List<@Nullable Object> values = new ArrayList<>();
    for (UsageDimension dimension : selection.by()) {
      values.add(
          switch (dimension) {
            case DOMAIN -> event.event().domain();
            case DEVICE -> event.event().fingerprint();
            case COUNTRY -> Countries.of(event.country());
            case OUTCOME -> (long) event.outcome();
            case PLAN -> event.group().planNo();
            case PRODUCT -> event.group().productNo();
            case LICENSE -> event.licenseNo();
            case DAY, HOUR -> throw new IllegalArgumentException(dimension + " is a time");
          });
    }
    return values;
  }

  /** What an outcome is called. */
  static String text(Outcome outcome) {
    return outcome.code() == null ? "valid" : outcome.code().name();
  }
}
