package dev.licet.store.sql;

import dev.licet.domain.AddressRange;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.ApiKey;
import dev.licet.domain.account.ApiKeyStore;
import dev.licet.domain.account.Credential;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.OperatorKey;
import dev.licet.domain.account.Scope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** API keys and operator keys. */
final class SqlApiKeyStore implements ApiKeyStore {
  private static final String COLUMNS =
      """
      SELECT k.no, k.id, k.account_no, k.live, k.hash, k.hint, k.name, k.scopes, k.expires_at,
        k.ip_allowlist, k.created_by, k.created_at, k.last_used_at, k.revoked_at
      """;

  /** Adds a key. */
  private static final String INSERT =
      """
      INSERT INTO api_keys (id, account_no, live, hash, hint, name, scopes, expires_at,
        ip_allowlist, created_by, created_at, last_used_at, revoked_at)
      VALUES (:id, :account, :live, :hash, :hint, :name, :scopes, :expires_at, :ip_allowlist,
        :created_by, :created_at, :last_used_at, :revoked_at)
      RETURNING no
      """;

  /** The key that a request carries, with the status of its account. */
  private static final String FIND_BY_HASH =
      COLUMNS
          + """
          , a.status AS account_status
          FROM api_keys k JOIN accounts a ON a.no = k.account_no WHERE k.hash = :hash
          """;

  /** The keys that a tenant may see: those of test mode, and in live mode the others too. */
  private static final String OF_TENANT =
      COLUMNS + "FROM api_keys k WHERE k.account_no = :account AND k.live <= :live ";

  /** One key of a tenant. */
  private static final String FIND = OF_TENANT + "AND k.id = :id";

  /** The same, locked: after a wait it is read as it is then. */
  private static final String LOCK = FIND + " <lock_row>";

  /** A page of a tenant's keys. */
  private static final String LIST =
      OF_TENANT
          + """
          AND k.revoked_at IS NULL AND (k.id < :after OR :after = '')
          ORDER BY k.id DESC LIMIT :rows
          """;

  /** Ends a key. */
  private static final String REVOKE =
      "UPDATE api_keys SET revoked_at = :at WHERE no = :no AND revoked_at IS NULL";

  /** Ends a key later. */
  private static final String EXPIRE =
      """
      UPDATE api_keys SET expires_at = :at
      WHERE no = :no AND (expires_at IS NULL OR expires_at > :at)
      """;

  /** Notes when keys were used. */
  private static final String NOTE_USE =
      """
      UPDATE api_keys SET last_used_at = :at
      WHERE no <in_nos> AND (last_used_at IS NULL OR last_used_at < :at)
      """;

  /** Whether there is any operator key. */
  private static final String COUNT_OPERATORS = "SELECT COUNT(*) FROM operator_keys";

  /** Adds an operator key. */
  private static final String INSERT_OPERATOR =
      """
      INSERT INTO operator_keys (id, hash, hint, created_at)
      VALUES (:id, :hash, :hint, :created_at)
      """;

  /** The operator keys. */
  private static final String OPERATORS = "SELECT id, hash, hint, created_at FROM operator_keys ";

  /** The operator key that a request carries. */
  private static final String FIND_OPERATOR = OPERATORS + "WHERE hash = :hash";

  /** All operator keys. */
  private static final String LIST_OPERATORS = OPERATORS + "ORDER BY id";

  /** Ends an operator key. */
  private static final String DELETE_OPERATOR = "DELETE FROM operator_keys WHERE id = :id";

  private final Handle handle;
  private final Dialect dialect;

  SqlApiKeyStore(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  @Override
  public ApiKey insert(ApiKey key) {
    Grant grant = key.grant();
    long no =
        handle
            .createQuery(INSERT)
            .bind("id", key.id())
            .bind("account", key.tenant().accountNo())
            .bind("live", Rows.flag(key.tenant().live()))
            .bind("hash", key.hash())
            .bind("hint", key.hint())
            .bind("name", key.name())
            .bind("scopes", Json.write(grant.scopes().stream().map(Scope::text).sorted().toList()))
            .bind("expires_at", Rows.millis(grant.expiresAt()))
            .bind(
                "ip_allowlist",
                Json.write(grant.addresses().stream().map(AddressRange::toString).toList()))
            .bind("created_by", key.createdBy())
            .bind("created_at", key.createdAt().toEpochMilli())
            .bind("last_used_at", Rows.millis(key.lastUsedAt()))
            .bind("revoked_at", Rows.millis(key.revokedAt()))
            .mapTo(Long.class)
            .one();
    return key.withNo(no);
  }

  @Override
  public Optional<Credential.OfAccount> findByHash(byte[] hash) {
    return handle
        .createQuery(FIND_BY_HASH)
        .bind("hash", hash)
        .map((row, context) ->
            new Credential.OfAccount(
                apiKey(row), AccountStatus.of(row.getString("account_status")).orElseThrow()))
        .findOne();
  }

  @Override
  public Optional<ApiKey> find(Tenant tenant, String id) {
    return find(FIND, tenant, id);
  }

  @Override
  public Optional<ApiKey> lock(Tenant tenant, String id) {
    return find(LOCK, tenant, id);
  }

  private Optional<ApiKey> find(String query, Tenant tenant, String id) {
    return handle
        .createQuery(query)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("id", id)
        .map((row, context) -> apiKey(row))
        .findOne();
  }

  @Override
  public Page<ApiKey> list(Tenant tenant, int limit, @Nullable String startingAfter) {
    List<ApiKey> keys =
        handle
            .createQuery(LIST)
            .bind("account", tenant.accountNo())
            .bind("live", Rows.flag(tenant.live()))
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("rows", limit + 1)
            .map((row, context) -> apiKey(row))
            .list();
    return Page.of(keys, limit);
  }

  @Override
  public void revoke(long keyNo, Instant at) {
    handle.createUpdate(REVOKE).bind("no", keyNo).bind("at", at.toEpochMilli()).execute();
  }

  @Override
  public void expire(long keyNo, Instant at) {
    handle.createUpdate(EXPIRE).bind("no", keyNo).bind("at", at.toEpochMilli()).execute();
  }

  @Override
  public void noteUse(Collection<Long> keyNos, Instant at) {
    handle
        .createUpdate(NOTE_USE)
        .bind("nos", Rows.list(keyNos))
        .bind("at", at.toEpochMilli())
        .execute();
  }

  @Override
  public boolean hasNoOperator() {
    if (dialect.lockFirstStart() != null) {
      handle.execute(dialect.lockFirstStart());
    }
    return handle.createQuery(COUNT_OPERATORS).mapTo(Long.class).one() == 0;
  }

  @Override
  public void insert(OperatorKey key) {
    handle
        .createUpdate(INSERT_OPERATOR)
        .bind("id", key.id())
        .bind("hash", key.hash())
        .bind("hint", key.hint())
        .bind("created_at", key.createdAt().toEpochMilli())
        .execute();
  }

  @Override
  public Optional<Credential.OfOperator> findOperatorByHash(byte[] hash) {
    return handle
        .createQuery(FIND_OPERATOR)
        .bind("hash", hash)
        .map((row, context) -> new Credential.OfOperator(operatorKey(row)))
        .findOne();
  }

  @Override
  public List<OperatorKey> operators() {
    return handle.createQuery(LIST_OPERATORS).map((row, context) -> operatorKey(row)).list();
  }

  @Override
  public void delete(OperatorKey key) {
    handle.createUpdate(DELETE_OPERATOR).bind("id", key.id()).execute();
  }

  private static OperatorKey operatorKey(ResultSet row) throws SQLException {
    return new OperatorKey(
        row.getString("id"),
        row.getBytes("hash"),
        row.getString("hint"),
        Rows.instant(row, "created_at"));
  }

  private static ApiKey apiKey(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getLong("no"),
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        row.getBytes("hash"),
        row.getString("hint"),
        row.getString("name"),
        new Grant(
            Json.strings(row.getString("scopes")).stream()
                .flatMap(text -> Scope.of(text).stream())
                .collect(Collectors.toSet()),
            Rows.instantOrNull(row, "expires_at"),
            Json.strings(row.getString("ip_allowlist")).stream()
                .map(text -> AddressRange.read(text).orElseThrow())
                .toList()),
        row.getString("created_by"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "last_used_at"),
        Rows.instantOrNull(row, "revoked_at"));
  }
}
