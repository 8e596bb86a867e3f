package dev.licet.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.billing.CheckoutConnection;
import dev.licet.domain.billing.ConnectionStore;
import dev.licet.domain.billing.Mapping;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.SigningSecrets;
import dev.licet.domain.billing.Terms;
import dev.licet.domain.license.KeyVault;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Connections to shops. */
final class SqlConnectionStore implements ConnectionStore {
  private static final String SELECT =
      """
      SELECT no, id, account_no, live, provider, name, mapping, lapse, grace_days, refund, origins,
        two_secrets, created_at, updated_at
      FROM checkout_connections WHERE deleted_at IS NULL
      """;

  private static final String OF_TENANT = SELECT + "AND account_no = :account AND live = :live ";

  /** One of a tenant. */
  private static final String FIND = OF_TENANT + "AND id = :id ";

  /** The same, which stays as it is. */
  private static final String LOCK = FIND + "<lock_row>";

  /** Anybody's. */
  private static final String FIND_ANY = SELECT + "AND id = :id";

  /** The one of a number, which stays as it is. */
  private static final String LOCK_NO = SELECT + "AND no = :no <lock_row>";

  /** A page of a tenant's. */
  private static final String LIST =
      OF_TENANT + "AND (id < :after OR :after = '') ORDER BY id DESC LIMIT :rows";

  /** How many a tenant has. */
  private static final String COUNT =
      """
      SELECT COUNT(*) FROM checkout_connections
      WHERE account_no = :account AND live = :live AND deleted_at IS NULL
      """;

  /** Adds a connection. */
  private static final String INSERT =
      """
      INSERT INTO checkout_connections (id, account_no, live, provider, name, mapping, lapse,
        grace_days, refund, origins, two_secrets, sealed, created_at, updated_at)
      VALUES (:id, :account, :live, :provider, :name, :mapping, :lapse, :grace_days, :refund,
        :origins, :two_secrets, :sealed, :created_at, :updated_at)
      RETURNING no
      """;

  /** Rewrites a connection. */
  private static final String UPDATE =
      """
      UPDATE checkout_connections SET name = :name, mapping = :mapping, lapse = :lapse,
        grace_days = :grace_days, refund = :refund, origins = :origins,
        two_secrets = :two_secrets, sealed = :sealed, updated_at = :updated_at
      WHERE no = :no AND account_no = :account AND live = :live
      """;

  /** What the provider signs with. */
  private static final String SEALED = "SELECT sealed FROM checkout_connections WHERE no = :no";

  /** Leaves nothing of a connection but what its orders hang on. */
  private static final String DELETE =
      """
      UPDATE checkout_connections SET deleted_at = :now, name = '', mapping = '[]', origins = '[]',
        sealed = :nothing
      WHERE no = :no AND account_no = :account AND live = :live
      """;

  /** The first of the deleted ones. */
  private static final String DELETED =
      """
      SELECT no FROM checkout_connections WHERE deleted_at IS NOT NULL ORDER BY no LIMIT 1
      """;

  /** Removes some of what is left of a connection, children first. */
  private static final List<String> REMOVE =
      List.of(
          """
          DELETE FROM checkout_events WHERE no IN
            (SELECT no FROM checkout_events WHERE connection_no = :no LIMIT :rows)
          """,
          """
          DELETE FROM checkout_orders WHERE no IN
            (SELECT no FROM checkout_orders WHERE connection_no = :no LIMIT :rows)
          """,
          """
          DELETE FROM checkout_customers WHERE connection_no = :no AND customer IN
            (SELECT customer FROM checkout_customers WHERE connection_no = :no LIMIT :rows)
          """,
          "DELETE FROM checkout_connections WHERE no = :no AND :rows > 0");

  private final Handle handle;
  private final KeyVault vault;

  SqlConnectionStore(Handle handle, KeyVault vault) {
    this.handle = handle;
    this.vault = vault;
  }

  @Override
  public CheckoutConnection insert(CheckoutConnection connection, SigningSecrets secrets) {
    long no =
        bind(handle.createQuery(INSERT), connection, secrets)
            .bind("id", connection.id())
            .bind("provider", connection.provider().text())
            .bind("created_at", connection.createdAt().toEpochMilli())
            .mapTo(Long.class)
            .one();
    return connection.withNo(no);
  }

  @Override
  public int count(Tenant tenant) {
    return of(handle.createQuery(COUNT), tenant).mapTo(Integer.class).one();
  }

  @Override
  public Optional<CheckoutConnection> find(Tenant tenant, String id) {
    return of(handle.createQuery(FIND), tenant)
        .bind("id", id)
        .map((row, context) -> connection(row))
        .findOne();
  }

  @Override
  public Optional<CheckoutConnection> lock(Tenant tenant, String id) {
    return of(handle.createQuery(LOCK), tenant)
        .bind("id", id)
        .map((row, context) -> connection(row))
        .findOne();
  }

  @Override
  public Optional<CheckoutConnection> find(String id) {
    return handle
        .createQuery(FIND_ANY)
        .bind("id", id)
        .map((row, context) -> connection(row))
        .findOne();
  }

  @Override
  public Optional<CheckoutConnection> lock(long no) {
    return handle
        .createQuery(LOCK_NO)
        .bind("no", no)
        .map((row, context) -> connection(row))
        .findOne();
  }

  @Override
  public SigningSecrets secrets(CheckoutConnection connection) {
    byte[] sealed =
        handle.createQuery(SEALED).bind("no", connection.no()).mapTo(byte[].class).one();
    List<String> all = Json.strings(new String(vault.openCheckout(sealed, connection.id()), UTF_8));
    return new SigningSecrets(all.getFirst(), all.size() > 1 ? all.get(1) : null);
  }

  @Override
  public Page<CheckoutConnection> list(Tenant tenant, int limit, @Nullable String startingAfter) {
    List<CheckoutConnection> connections =
        of(handle.createQuery(LIST), tenant)
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("rows", limit + 1)
            .map((row, context) -> connection(row))
            .list();
    return Page.of(connections, limit);
  }

  @Override
  public void update(CheckoutConnection connection, SigningSecrets secrets) {
    bind(handle.createUpdate(UPDATE), connection, secrets).bind("no", connection.no()).execute();
  }

  @Override
  public void delete(CheckoutConnection connection, Instant now) {
    of(handle.createUpdate(DELETE), connection.tenant())
        .bind("no", connection.no())
        .bind("now", now.toEpochMilli())
        .bind("nothing", new byte[0])
        .execute();
  }

  @Override
  public int removeDeleted(int limit) {
    Optional<Long> deleted = handle.createQuery(DELETED).mapTo(Long.class).findOne();
    int removed = 0;
    for (String statement : deleted.isEmpty() ? List.<String>of() : REMOVE) {
      if (removed < limit) {
        removed +=
            handle
                .createUpdate(statement)
                .bind("no", deleted.get())
                .bind("rows", limit - removed)
                .execute();
      }
    }
    return removed;
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant) {
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }

  private <S extends SqlStatement<S>> S bind(
      S statement, CheckoutConnection connection, SigningSecrets secrets) {
    byte[] clear =
        Json.write(Stream.of(secrets.first(), secrets.second()).filter(it -> it != null).toList())
            .getBytes(UTF_8);
    return of(statement, connection.tenant())
        .bind("name", connection.name())
        .bind("mapping", mapping(connection.mapping()))
        .bind("lapse", connection.terms().lapse().text())
        .bind("grace_days", connection.terms().graceDays())
        .bind("refund", connection.terms().refund().text())
        .bind("origins", Json.write(connection.allowedOrigins()))
        .bind("two_secrets", Rows.flag(connection.secondSecret()))
        .bind("sealed", vault.sealCheckout(clear, connection.id()))
        .bind("updated_at", connection.updatedAt().toEpochMilli());
  }

  private static String mapping(List<Mapping> mapping) {
    List<Map<String, @Nullable String>> all = new ArrayList<>();
    for (Mapping entry : mapping) {
      Map<String, @Nullable String> fields = new LinkedHashMap<>();
      fields.put("id", entry.id());
      fields.put("plan", entry.plan());
      fields.put("product", entry.product());
      fields.put("quantity", entry.quantity().text());
      all.add(fields);
    }
    return Json.write(all);
  }

  private static List<Mapping> mapping(String json) {
    List<Mapping> mapping = new ArrayList<>();
    for (JsonNode entry : Json.tree(json)) {
      mapping.add(
          new Mapping(
              entry.get("id").textValue(),
              entry.get("plan").textValue(),
              entry.get("product").textValue(),
              Mapping.QuantityRule.of(entry.get("quantity").textValue()).orElseThrow()));
    }
    return mapping;
  }

  private static CheckoutConnection connection(ResultSet row) throws SQLException {
    return new CheckoutConnection(
        row.getLong("no"),
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        Provider.of(row.getString("provider")).orElseThrow(),
        row.getString("name"),
        mapping(row.getString("mapping")),
        new Terms(
            Terms.LapseRule.of(row.getString("lapse")).orElseThrow(),
            row.getInt("grace_days"),
            Terms.RefundRule.of(row.getString("refund")).orElseThrow()),
        Json.strings(row.getString("origins")),
        Rows.flag(row, "two_secrets"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }
}
