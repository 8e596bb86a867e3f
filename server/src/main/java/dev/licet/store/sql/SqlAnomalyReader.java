package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.anomaly.AnomalyReader;
import dev.licet.domain.anomaly.Measure;
import dev.licet.domain.id.Ids;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads what licences are compared by. Each day and each hour is a look-up in the key. */
record SqlAnomalyReader(Handle handle) implements AnomalyReader {
  private static final int DAY_HOURS = 24;
  private static final int FETCH = 1_000;

  /** Accounts that are there. */
  private static final String ACCOUNTS =
      """
      SELECT no FROM accounts WHERE no > :after AND status <> 'deleted' ORDER BY no LIMIT :limit
      """;

  /** The ends of a day. */
  private static final String ENDS =
      """
      SELECT
        (SELECT MIN(license_no) FROM usage_daily
          WHERE day = :day AND account_no = :account AND live = :live) AS first,
        (SELECT MAX(license_no) FROM usage_daily
          WHERE day = :day AND account_no = :account AND live = :live) AS last
      """;

  private static final String OF_PART =
      """
      WHERE day <in_nos> AND account_no = :account AND live = :live
        AND license_no >= :first AND license_no < :end
      """;

  /** How many licences there are. */
  private static final String ACTIVE =
      "SELECT COUNT(DISTINCT license_no) FROM usage_daily " + OF_PART + " AND outcome = 0";

  /** How many different values licences have: binds the table and the column. */
  private static final String COUNTS =
      """
      SELECT license_no, COUNT(*) AS number FROM (
        SELECT DISTINCT license_no, %2$s FROM %1$s
      """
          + OF_PART
          + """
              AND %2$s <> 0 %3$s) seen
          GROUP BY license_no
          """;

  private static final String VALID = "AND outcome = 0";
  private static final String COUNTRIES = COUNTS.formatted("usage_daily", "country", VALID);
  private static final String DEVICES = COUNTS.formatted("usage_daily", "device", VALID);
  private static final String NETWORKS = COUNTS.formatted("usage_networks", "network", "");

  /** How many seats were given up; a lease that ended says so at the end of its event. */
  private static final String GIVEN_UP =
      """
      SELECT license_no, COUNT(*) AS number FROM outbox_events
      WHERE account_no = :account AND live = :live AND id >= :from_id AND created_at >= :from
        AND type = 'activation.removed' AND license_no IS NOT NULL
        AND data NOT LIKE '%"actor":"lease"}'
      GROUP BY license_no
      """;

  /** Licences with a device that was in several countries. */
  private static final String ROAMING =
      """
      SELECT DISTINCT license_no FROM (
        SELECT license_no, device FROM usage_daily
      """
          + OF_PART
          + """
              AND outcome = 0 AND device <> 0 AND country <> 0
            GROUP BY license_no, device HAVING MIN(country) <> MAX(country)) roaming
          ORDER BY license_no LIMIT :limit
          """;

  /** Where and when devices were. */
  private static final String SIGHTINGS =
      """
      SELECT DISTINCT device, hour, country FROM usage_hours
      WHERE hour <in_nos> AND account_no = :account AND live = :live AND license_no = :license
        AND outcome = 0 AND device <> 0 AND country <> 0
      ORDER BY device, hour, country
      """;

  @Override
  public List<Long> accounts(long after, int limit) {
    return handle
        .createQuery(ACCOUNTS)
        .bind("after", after)
        .bind("limit", limit)
        .mapTo(Long.class)
        .list();
  }

  @Override
  public List<Long> ends(Tenant tenant, Days days) {
    List<Long> ends =
        LongStream.range(days.first(), days.end())
            .boxed()
            .flatMap(day -> ends(tenant, day).stream())
            .sorted()
            .toList();
    return ends.isEmpty() ? ends : List.of(ends.getFirst(), ends.getLast());
  }

  private List<Long> ends(Tenant tenant, long day) {
    return of(handle.createQuery(ENDS), tenant)
        .bind("day", day)
        .map((row, context) -> {
          Long first = Rows.longOrNull(row, "first");
          Long last = Rows.longOrNull(row, "last");
          return first == null || last == null ? List.<Long>of() : List.of(first, last);
        })
        .one();
  }

  @Override
  public long active(Part part) {
    return of(ACTIVE, part).mapTo(Long.class).one();
  }

  @Override
  public void count(Measure measure, Part part, Counts counts) {
    String statement =
        switch (measure) {
          case COUNTRIES -> COUNTRIES;
          case DEVICES -> DEVICES;
          case NETWORKS -> NETWORKS;
          case SEATS_GIVEN_UP -> throw new IllegalArgumentException("is not counted in parts");
        };
    show(of(statement, part), counts);
  }

  @Override
  public void countSeatsGivenUp(Tenant tenant, Instant from, Counts counts) {
    show(
        of(handle.createQuery(GIVEN_UP), tenant)
            .bind("from_id", Ids.first(Ids.EVENT, from.minus(EventListQuery.SLACK)))
            .bind("from", from.toEpochMilli()),
        counts);
  }

  private static void show(Query query, Counts counts) {
    query
        .setFetchSize(FETCH)
        .map((row, context) -> {
          counts.add(row.getLong("license_no"), row.getLong("number"));
          return true;
        })
        .forEach(read -> {});
  }

  @Override
  public List<Long> roaming(Part part, int limit) {
    return of(ROAMING, part).bind("limit", limit).mapTo(Long.class).list();
  }

  @Override
  public void sightings(Tenant tenant, Days days, long licenseNo, Sightings sightings) {
    of(handle.createQuery(SIGHTINGS), tenant)
        .bind("nos", list(days.first() * DAY_HOURS, days.end() * DAY_HOURS))
        .bind("license", licenseNo)
        .setFetchSize(FETCH)
        .map((row, context) -> {
          String country = Countries.of(row.getInt("country"));
          if (country != null) {
            sightings.add(row.getLong("device"), row.getLong("hour"), country);
          }
          return true;
        })
        .forEach(read -> {});
  }

  private Query of(String statement, Part part) {
    return of(handle.createQuery(statement), part.tenant())
        .bind("nos", list(part.days().first(), part.days().end()))
        .bind("first", part.first())
        .bind("end", part.end());
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant) {
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }

  private static String list(long first, long end) {
    return Rows.list(LongStream.range(first, end).boxed().toList());
  }
}
