package dev.licet.store.sql;

import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageReports;
import dev.licet.domain.usage.UsageSelection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * What statements over sums of use tell apart, as columns {@code by0} and {@code by1}, and what
 * they have in common. The table of sums is {@code u}.
 */
record UsageColumns(List<UsageDimension> by) {
  private static final String ACCOUNTS = "usage_accounts";
  private static final String NAMES =
      " LEFT JOIN usage_names %1$s ON %1$s.account_no = :account"
          + " AND %1$s.license_no = u.license_no AND %1$s.kind = %2$d AND %1$s.hash = u.%3$s";

  private static final int FETCH = 1_000;

  /** The columns, each after a comma. */
  String select(String table) {
    StringBuilder select = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      select.append(", ").append(column(by.get(i), table)).append(" AS by").append(i);
    }
    return select.toString();
  }

  /** The names of the columns, each after a comma. */
  String group() {
    StringBuilder group = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      group.append(", by").append(i);
    }
    return group.toString();
  }

  /** Whether something is told apart that has its name elsewhere, and in the sums a number. */
  boolean hasNames() {
    return by.contains(UsageDimension.DOMAIN) || by.contains(UsageDimension.DEVICE);
  }

  /**
   * As {@link #select}, with the numbers instead of names, and before them the licence, for which
   * alone they stand.
   */
  String selectNumbers(String table) {
    StringBuilder select = new StringBuilder(", u.license_no");
    for (int i = 0; i < by.size(); i++) {
      String column =
          switch (by.get(i)) {
            case DOMAIN -> "u.domain";
            case DEVICE -> "u.device";
            default -> column(by.get(i), table);
          };
      select.append(", ").append(column).append(" AS ").append(number(i));
    }
    return select.toString();
  }

  /** The names of the columns of {@link #selectNumbers}, each after a comma. */
  String groupNumbers() {
    StringBuilder group = new StringBuilder(", license_no");
    for (int i = 0; i < by.size(); i++) {
      group.append(", ").append(number(i));
    }
    return group.toString();
  }

  private String number(int place) {
    return switch (by.get(place)) {
      case DOMAIN -> "domain";
      case DEVICE -> "device";
      default -> "number" + place;
    };
  }

  /** The columns of what was selected by {@link #selectNumbers}, now with the names. */
  String selectNames() {
    StringBuilder select = new StringBuilder();
    for (int i = 0; i < by.size(); i++) {
      String column =
          switch (by.get(i)) {
            case DOMAIN, DEVICE -> column(by.get(i), "");
            default -> "u." + number(i);
          };
      select.append(", ").append(column).append(" AS by").append(i);
    }
    return select.toString();
  }

  /** The table, and those in which names stand. */
  String from(String table) {
    return fromNumbers(table) + joinNames();
  }

  /** The table, without names of domains and devices. */
  String fromNumbers(String table) {
    boolean ofLicense = by.contains(UsageDimension.PLAN) || by.contains(UsageDimension.PRODUCT);
    return " FROM "
        + table
        + " u"
        + (ofLicense && !table.equals(ACCOUNTS)
            ? " LEFT JOIN licenses l ON l.no = u.license_no"
            : "");
  }

  /** Where names of domains and devices stand, all of the account's together. */
  String joinNames() {
    return (by.contains(UsageDimension.DOMAIN) ? NAMES.formatted("d", 0, "domain") : "")
        + (by.contains(UsageDimension.DEVICE) ? NAMES.formatted("f", 1, "device") : "");
  }

  /** What rows are meant, but for their time. */
  static String where(UsageSelection selection) {
    return " WHERE u.account_no = :account AND u.live = :live"
        + (selection.licenseNo() == null ? "" : " AND u.license_no = :license");
  }

  /** Binds what {@link #where} names. */
  static Query bind(Query query, UsageSelection selection) {
    query
        .bind("account", selection.tenant().accountNo())
        .bind("live", Rows.flag(selection.tenant().live()))
        .setFetchSize(FETCH);
    return selection.licenseNo() == null ? query : query.bind("license", selection.licenseNo());
  }

  /** Shows what is selected of the events that are not in the sums yet. */
  static void forEachOfTail(
      Handle handle, UsageSelection selection, Consumer<? super EventReader> use) {
    Long license = selection.licenseNo();
    long from = selection.from().toEpochMilli();
    long to = selection.to().toEpochMilli();
    Consumer<EventReader> useInTime =
        event -> {
          if (event.atMillis() >= from && event.atMillis() < to) {
            use.accept(event);
          }
        };
    if (license != null) {
      UsageTail.forEachOf(handle, license, useInTime);
      return;
    }
    UsageTail.forEach(
        handle,
        event ->
            event.group().accountNo() == selection.tenant().accountNo()
                && event.group().live() == selection.tenant().live(),
        useInTime);
  }

  /** What a row tells apart. */
  List<@Nullable Object> values(ResultSet row) throws SQLException {
    List<@Nullable Object> values = new ArrayList<>();
    for (int i = 0; i < by.size(); i++) {
      String column = "by" + i;
      switch (by.get(i)) {
        case DOMAIN, DEVICE -> values.add(name(row.getString(column)));
        case COUNTRY -> values.add(Countries.of(row.getInt(column)));
        default -> values.add(row.getLong(column));
      }
    }
    return values;
  }

  /** What an event tells apart. */
  List<@Nullable Object> values(EventReader event) {
    List<@Nullable Object> values = new ArrayList<>();
    for (UsageDimension dimension : by) {
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

  private static @Nullable String name(@Nullable String value) {
    return value == null || !value.isEmpty() ? value : UsageReports.ERASED;
  }

  private static String column(UsageDimension dimension, String table) {
    String ofLicense = table.equals(ACCOUNTS) ? "u" : "l";
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
}
