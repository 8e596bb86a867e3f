package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountStore;
import dev.licet.domain.account.ApiKey;
import dev.licet.domain.product.Product;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Accounts and API keys. */
final class SqlAccountStore implements AccountStore {
  /** Whether there is any account. */
  private static final String COUNT = "SELECT COUNT(*) FROM accounts";

  /** Adds an account. */
  private static final String INSERT =
      """
      INSERT INTO accounts (id, name, created_at) VALUES (:id, :name, :created_at)
      RETURNING no
      """;

  /** Adds an API key. */
  private static final String INSERT_KEY =
      """
      INSERT INTO api_keys (id, account_no, live, hash, hint, name, created_at, revoked_at)
      VALUES (:id, :account, :live, :hash, :hint, :name, :created_at, :revoked_at)
      """;

  /** The API key that a request carries. */
  private static final String FIND_KEY =
      """
      SELECT id, account_no, live, hash, hint, name, created_at, revoked_at
      FROM api_keys WHERE hash = :hash
      """;

  /** Remembers the secret's fingerprint if none is. */
  private static final String REMEMBER_SECRET =
      """
      INSERT INTO installation (name, value) VALUES ('secret_fingerprint', :fingerprint)
      ON CONFLICT (name) DO NOTHING
      """;

  /** The remembered fingerprint. */
  private static final String SECRET =
      "SELECT value FROM installation WHERE name = 'secret_fingerprint'";

  private final Handle handle;
  private final Dialect dialect;

  SqlAccountStore(Handle handle, Dialect dialect) {
    this.handle = handle;
    this.dialect = dialect;
  }

  @Override
  public boolean isEmpty() {
    if (dialect.lockFirstStart() != null) {
      handle.execute(dialect.lockFirstStart());
    }
    return handle.createQuery(COUNT).mapTo(Long.class).one() == 0;
  }

  @Override
  public Account insert(Account account) {
    long no =
        handle
            .createQuery(INSERT)
            .bind("id", account.id())
            .bind("name", account.name())
            .bind("created_at", account.createdAt().toEpochMilli())
            .mapTo(Long.class)
            .one();
    new SqlProductStore(handle)
        .insert(no, Product.plain(Product.DEFAULT_NAME, account.createdAt()));
    return new Account(no, account.id(), account.name(), account.createdAt());
  }

  @Override
  public void insert(ApiKey key) {
    handle
        .createUpdate(INSERT_KEY)
        .bind("id", key.id())
        .bind("account", key.tenant().accountNo())
        .bind("live", Rows.flag(key.tenant().live()))
        .bind("hash", key.hash())
        .bind("hint", key.hint())
        .bind("name", key.name())
        .bind("created_at", key.createdAt().toEpochMilli())
        .bind("revoked_at", Rows.millis(key.revokedAt()))
        .execute();
  }

  @Override
  public Optional<ApiKey> findApiKey(byte[] hash) {
    return handle
        .createQuery(FIND_KEY)
        .bind("hash", hash)
        .map((row, context) -> apiKey(row))
        .findOne();
  }

  @Override
  public boolean confirmSecret(byte[] fingerprint) {
    handle.createUpdate(REMEMBER_SECRET).bind("fingerprint", fingerprint).execute();
    byte[] remembered =
        handle.createQuery(SECRET).map((row, context) -> row.getBytes("value")).one();
    return MessageDigest.isEqual(remembered, fingerprint);
  }

  private static ApiKey apiKey(ResultSet row) throws SQLException {
    return new ApiKey(
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        row.getBytes("hash"),
        row.getString("hint"),
        row.getString("name"),
        Rows.instant(row, "created_at"),
        Rows.instantOrNull(row, "revoked_at"));
  }
}
