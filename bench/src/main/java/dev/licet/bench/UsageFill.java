package dev.licet.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fills a database by bulk SQL with licenses like the first one, each with a key and a domain, and
 * with sums of use. One account has all of it, of 30 days; or several have, of a year.
 *
 * @param seeded how many licenses there are already
 * @param licenses how many there shall be
 * @param rows of sums: half by days and half by hours
 * @param accounts that have them; the first one has those that were there already
 */
record UsageFill(
    LicetContender on,
    @Nullable BenchPostgres postgres,
    int seeded,
    long licenses,
    long rows,
    int accounts) {
  private static final int DAYS = 30;
  private static final int DAYS_OF_SEVERAL = 365;
  private static final int HOURS = 720;
  private static final int DOMAINS = 5_000;

  /** What is inserted points at what is there, so PostgreSQL need not look for every row of it. */
  private static final String UNCHECKED = "SET session_replication_role = replica";

  private static final String OTHERS =
      """
      INSERT INTO accounts (no, id, name, created_at)
      SELECT s.i, 'acc_' || PAD, 'Account ' || s.i, created_at FROM accounts, SERIES WHERE no = 1
      """;

  /** Licenses; {@code N} and such are replaced. */
  private static final String LICENSES =
      """
      INSERT INTO licenses (no, id, account_no, live, product_no, plan_no, status, customer_email,
        customer_email_lower, own_max_domains_set, own_max_devices_set, own_rules, metadata,
        expires_from, expires_at, first_validated_at, announced, version, created_at, updated_at)
      SELECT s.i, 'lic_' || PAD, 1 + s.i % ACCOUNTS, live, product_no, plan_no, status,
        'c' || s.i || '@example.com', 'c' || s.i || '@example.com', 0, 0, own_rules, metadata,
        expires_from, expires_at, first_validated_at, announced, 1, created_at, updated_at
      FROM licenses, SERIES WHERE no = 1
      """;

  /** Numbers go on after the last one. */
  private static final String NEXT_LICENSE =
      "SELECT setval(pg_get_serial_sequence('licenses', 'no'), (SELECT MAX(no) FROM licenses))";

  private static final String KEYS =
      """
      INSERT INTO license_keys (lookup, account_no, license_no, sealed, hint, created_at)
      SELECT HASH, 1 + s.i % ACCOUNTS, s.i, sealed, hint, created_at
      FROM license_keys, SERIES WHERE license_no = 1
      """;

  private static final String SEATS =
      """
      INSERT INTO activations (id, license_no, kind, value, by_vendor, first_seen_at)
      SELECT 'act_' || PAD, s.i, kind, 'd' || s.i || '.example.com', by_vendor, first_seen_at
      FROM activations, SERIES WHERE license_no = 1
      """;

  private static final String DAILY =
      """
      INSERT INTO usage_daily (day, account_no, live, license_no, outcome, domain, device, country,
        validations)
      SELECT TODAY - 1 - DAY, OWNER, 1, 1 + s.i % N, 0, 1 + s.i / (N * DAYS),
        1 + s.i / (N * DAYS), 83 + (s.i % N) % 12, 1 + s.i % 9
      FROM SERIES
      """;

  private static final String HOURLY =
      """
      INSERT INTO usage_hours (hour, account_no, live, license_no, outcome, domain, device, country,
        quarter1, quarter2, quarter3, quarter4)
      SELECT TODAY * 24 - 1 - HOUR, OWNER, 1, 1 + s.i % N, 0, 1 + s.i / (N * DAYS * 24),
        1 + s.i / (N * DAYS * 24), 83 + (s.i % N) % 12, 1, 0, 2, 0
      FROM SERIES
      """;

  private static final String ACCOUNTS =
      """
      INSERT INTO usage_accounts (account_no, live, hour, plan_no, product_no, outcome, country,
        quarter1, quarter2, quarter3, quarter4)
      SELECT a.no, l.live, TODAY * 24 - 1 - s.i / 24, l.plan_no, l.product_no, s.i % 2,
        83 + (s.i / 2) % 12, 5, 6, 7, 8
      FROM accounts a, licenses l, SERIES WHERE l.no = 1
      """;

  private static final String NAMES =
      """
      INSERT INTO usage_names (account_no, license_no, kind, hash, value, month)
      SELECT OWNER, 1 + s.i % N, 0, 1 + s.i / N, 'd' || s.i % 5000 || '.example.com', MONTH
      FROM SERIES
      """;

  /** A license's uses are far apart in time, and all licenses' fall on all days. */
  private static final String SPREAD = "((s.i / N) * STRIDE + s.i % N * SHIFT) % ";

  /** Whose a license is that a sum belongs to. */
  private static final String OWNER =
      "CASE WHEN s.i % N < SEEDED THEN 1 ELSE 1 + (1 + s.i % N) % ACCOUNTS END";

  void addLicenses() throws SQLException {
    if (accounts > 1) {
      run(List.of(text(OTHERS, 2, accounts)));
    }
    List<String> all = List.of(LICENSES, KEYS, SEATS);
    run(all.stream().map(insert -> text(insert, seeded + 1L, licenses)).toList());
  }

  void addSums() throws SQLException {
    long names =
        Math.max(1, Math.ceilDiv(rows / 2, licenses * (accounts > 1 ? DAYS_OF_SEVERAL : DAYS)));
    run(
        List.of(
            text(DAILY, 0, rows / 2 - 1),
            text(HOURLY, 0, rows / 2 - 1),
            text(ACCOUNTS, 0, HOURS * 24L - 1),
            text(NAMES, 0, licenses * names - 1)));
  }

  private void run(List<String> inserts) throws SQLException {
    String url =
        postgres == null
            ? "jdbc:sqlite:" + on.bench().data(on.name()).resolve("licet/licet.db")
            : postgres.jdbcUrl();
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      if (postgres != null) {
        statement.execute(UNCHECKED);
      }
      connection.setAutoCommit(false);
      for (String insert : inserts) {
        statement.executeUpdate(insert);
      }
      if (postgres != null) {
        statement.execute(NEXT_LICENSE);
      }
      connection.commit();
      connection.setAutoCommit(true);
      statement.execute(postgres == null ? "PRAGMA wal_checkpoint(TRUNCATE)" : "VACUUM ANALYZE");
      if (postgres != null) {
        statement.execute("CHECKPOINT"); // so that it soon stops
      }
    }
  }

  private String text(String insert, long first, long last) {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    String series =
        postgres == null
            ? "series s"
            : "(SELECT CAST(i AS BIGINT) AS i FROM generate_series(%d, %d) i) s"
                .formatted(first, last);
    boolean several = accounts > 1;
    int days = several ? DAYS_OF_SEVERAL : DAYS;
    String sql =
        insert
            .replace("DAY,", SPREAD + days + ",")
            .replace("HOUR,", SPREAD + days * 24 + ",")
            .replace("OWNER", OWNER)
            .replace("STRIDE", several ? "77" : "1") // 77 and 365 * 24 have no common divisor
            .replace("SHIFT", several ? "1" : "0")
            .replace("SEEDED", Integer.toString(seeded))
            .replace("ACCOUNTS", Integer.toString(accounts))
            .replaceAll("\\bDAYS\\b", Integer.toString(days))
            .replace("SERIES", series)
            .replace(
                "PAD",
                postgres == null ? "printf('%026d', s.i)" : "lpad(CAST(s.i AS TEXT), 26, '0')")
            .replace(
                "HASH",
                postgres == null ? "randomblob(32)" : "sha256(convert_to('key' || s.i, 'UTF8'))")
            .replace("TODAY", Long.toString(today.toEpochDay()))
            .replace("MONTH", Integer.toString(today.getYear() * 100 + today.getMonthValue()))
            .replaceAll("\\bN\\b", "CAST(" + licenses + " AS BIGINT)")
            .replace("5000", Integer.toString(DOMAINS));
    return postgres == null
        ? """
        WITH RECURSIVE series(i) AS (SELECT %d UNION ALL SELECT i + 1 FROM series WHERE i < %d)
        """
                .formatted(first, last)
            + sql
        : sql;
  }
}
