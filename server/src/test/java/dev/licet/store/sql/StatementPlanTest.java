package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.PostgresDatabases;
import dev.licet.TemporaryDirectory;
import dev.licet.domain.Tenant;
import dev.licet.domain.audit.AuditFilter;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.store.postgres.PostgresAddress;
import dev.licet.store.postgres.PostgresDatabase;
import dev.licet.store.sqlite.SqliteDatabase;
import dev.licet.store.sqlite.SqliteStatements;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** However much there is, statements look into an index and no further. */
class StatementPlanTest {
  private static final KeyVault VAULT =
      new KeyVault(new byte[KeyVault.SECRET_BYTES], new SecureRandom());

  /** Fifty webhooks at each of which four hundred deliveries wait. */
  private static final List<String> ROWS =
      List.of(
          "INSERT INTO accounts (id, name, created_at) VALUES ('acc_1', 'one', 0)",
          """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50)
          INSERT INTO webhooks (id, account_no, live, url, events, enabled, include_keys, ed25519,
            header_names, public_key, sealed, created_at, updated_at)
          SELECT 'whk_' || i, a.no, 1, '', '[]', 1, 0, 0, '[]', '', %s, 0, 0 FROM n, accounts a
          """,
          """
          WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 400)
          INSERT INTO outbox_events (id, account_no, live, type, created_at, data)
          SELECT 'evt_' || i, a.no, 1, 'ping', 0, '{}' FROM n, accounts a
          """,
          """
          INSERT INTO webhook_deliveries
            (id, webhook_no, event_no, type, status, attempts, due_at, created_at)
          SELECT 'dlv_' || w.no || '_' || e.no, w.no, e.no, e.type, 'pending', 0, e.no, 0
          FROM webhooks w, outbox_events e
          """);

  @Test
  void sqliteLooksIntoTheIndex() throws SQLException {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      SqliteDatabase.open(directory.path(), VAULT, InstantSource.system()).close();
      String url = "jdbc:sqlite:" + directory.path().resolve("licet.db");
      try (Connection connection = DriverManager.getConnection(url)) {
        fill(connection, "x''");
        for (String sql : List.of(SqlDeliveryQueue.DUE, SqlDeliveryQueue.TAKE)) {
          String plan = plan(connection, "EXPLAIN QUERY PLAN ", 4, sql, "");
          assertTrue(plan.contains("INDEX webhook_deliveries_due"), plan);
          assertFalse(plan.contains("SCAN webhook_deliveries"), plan);
          assertFalse(plan.contains("SCAN d"), plan);
          assertFalse(plan.contains("TEMP B-TREE"), plan);
        }
      }
    }
  }

  /** What lists ask SQLite for when they are asked for few things. */
  @Test
  void listsOfFewThingsDoNotReadAll() throws SQLException {
    Tenant tenant = new Tenant(1, true);
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      SqliteDatabase.open(directory.path(), VAULT, InstantSource.system()).close();
      List<String> asked = new ArrayList<>();
      Jdbi jdbi = SqliteStatements.on(directory.path());
      jdbi.setSqlLogger(
          new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
              asked.add(context.getParsedSql().getSql());
            }
          });
      try (Handle handle = jdbi.open()) {
        new EventListQuery(tenant, new EventFilter(null, "lic_1", null, null), 20, null).on(handle);
        new AuditQuery(tenant, new AuditFilter(null, null, "lic_1", null, null), 20, null)
            .on(handle);
        named(handle, SqlAuditLog.AT);
        list(handle, tenant, "plan", null, null);
        list(handle, tenant, null, "example.com", null);
        list(handle, tenant, null, null, new byte[32]);
        list(handle, tenant, LicenseStatus.SUSPENDED);
        list(handle, tenant, LicenseStatus.REVOKED);
        for (String sql :
            List.of(SqlEventLog.FIND_ALL, SqlLicenseStore.FIND_ALL, SqlUsageReader.LICENSES)) {
          named(handle, sql);
        }
        List<String> read =
            List.of(
                "outbox_events_by_license (license_no=?)",
                "SEARCH audit_log USING PRIMARY KEY (account_no=? AND seq=?)",
                "SEARCH audit_log USING PRIMARY KEY (account_no=? AND seq=?)",
                "licenses_by_plan (plan_no=?)",
                "SEARCH l USING INTEGER PRIMARY KEY",
                "SEARCH l USING INTEGER PRIMARY KEY",
                "licenses_by_status (account_no=? AND live=? AND status=?)",
                "licenses_by_status (account_no=? AND live=? AND status=?)");
        for (int i = 0; i < read.size(); i++) {
          String plan = plan(handle.getConnection(), "EXPLAIN QUERY PLAN ", 4, asked.get(i), "");
          assertTrue(plan.contains(read.get(i)), plan);
        }
        for (String sql : asked.subList(read.size(), asked.size())) {
          String plan = plan(handle.getConnection(), "EXPLAIN QUERY PLAN ", 4, sql, "");
          assertFalse(plan.contains("account_no=?"), plan);
        }
      }
    }
  }

  /** Asks for what has some numbers. */
  private static void named(Handle handle, String sql) {
    handle
        .createQuery(sql)
        .configure(SqlStatements.class, it -> it.setUnusedBindingAllowed(true))
        .bind("account", 1)
        .bind("live", 1)
        .bind("nos", "[7]")
        .mapToMap()
        .list();
  }

  private static void list(
      Handle handle,
      Tenant tenant,
      @Nullable String plan,
      @Nullable String domain,
      byte @Nullable [] lookup) {
    list(
        handle,
        tenant,
        new LicenseFilter(null, plan, null, domain, lookup, null, null, Instant.EPOCH));
  }

  private static void list(Handle handle, Tenant tenant, LicenseStatus status) {
    list(
        handle,
        tenant,
        new LicenseFilter(status, null, null, null, null, null, null, Instant.EPOCH));
  }

  private static void list(Handle handle, Tenant tenant, LicenseFilter filter) {
    new LicenseListQuery(tenant, filter, 20, null).on(handle).mapToMap().list();
  }

  @Test
  void postgresLooksIntoTheIndex() throws SQLException {
    String name = PostgresDatabases.create();
    String location = PostgresDatabases.location(name);
    PostgresAddress address =
        new PostgresAddress("jdbc:postgresql://" + location, "postgres", "postgres", location);
    PostgresDatabase.open(address, 2, VAULT, InstantSource.system()).close();
    try (Connection connection =
        DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password())) {
      String announcement = plan(connection, "EXPLAIN ", 1, SqlLicenseStore.ANNOUNCE, "");
      assertTrue(
          announcement.contains("licenses_pkey"), announcement); // nothing is known of it yet
      fill(connection, "''::bytea");
      try (Statement statement = connection.createStatement()) {
        statement.execute("ANALYZE");
      }
      for (String sql : List.of(SqlDeliveryQueue.DUE, SqlDeliveryQueue.TAKE)) {
        String plan = plan(connection, "EXPLAIN ", 1, sql, "FOR UPDATE SKIP LOCKED");
        assertTrue(plan.contains("webhook_deliveries_due"), plan);
        assertFalse(plan.contains("Seq Scan on webhook_deliveries"), plan);
        assertFalse(plan.contains("Sort"), plan);
      }
    }
    PostgresDatabases.drop(name);
  }

  private static void fill(Connection connection, String nothing) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : ROWS) {
        statement.execute(sql.replace("%s", nothing));
      }
    }
  }

  private static String plan(
      Connection connection, String explain, int column, String sql, String lock)
      throws SQLException {
    String bound =
        sql.replace("<skip_locked>", lock)
            .replace(":account", "1")
            .replace(":status", "'expired'")
            .replaceAll(":(no|version|expires_at|announced|before)\\b", "7")
            .replace(":live", "1")
            .replace(":now", "200")
            .replace(":webhook", "7")
            .replace(":rows", "10")
            .replace(":lease", "900");
    StringBuilder plan = new StringBuilder();
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(explain + bound)) {
      while (row.next()) {
        plan.append(row.getString(column)).append('\n');
      }
    }
    return plan.toString();
  }
}
