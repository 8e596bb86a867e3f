package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.AccountStore;
import dev.licet.domain.account.AddressForm;
import dev.licet.domain.account.Quota;
import dev.licet.domain.product.Product;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Accounts. */
final class SqlAccountStore implements AccountStore {
  private static final int MAX_DUE = 10;

  private static final String SELECT =
      """
      SELECT no, id, name, email, status, max_licenses, max_validations_per_month, over_quota,
        address_form, created_at, updated_at, purge_at
      FROM accounts
      """;

  /** Whether there is any account. */
  private static final String COUNT = "SELECT COUNT(*) FROM accounts";

  /** Adds an account. */
  private static final String INSERT =
      """
      INSERT INTO accounts (id, name, email, status, max_licenses, max_validations_per_month,
        over_quota, address_form, created_at, updated_at, purge_at)
      VALUES (:id, :name, :email, :status, :max_licenses, :max_validations, :over_quota,
        :address_form, :created_at, :updated_at, :purge_at)
      RETURNING no
      """;

  /** Rewrites an account. */
  private static final String UPDATE =
      """
      UPDATE accounts SET name = :name, email = :email, status = :status,
        max_licenses = :max_licenses, max_validations_per_month = :max_validations,
        over_quota = :over_quota, address_form = :address_form, updated_at = :updated_at, purge_at = :purge_at
      WHERE no = :no
      """;

  /** One account by its id. */
  private static final String FIND = SELECT + "WHERE id = :id";

  /** One account. */
  private static final String FIND_BY_NO = SELECT + "WHERE no = :no";

  /** Locks an account. */
  private static final String LOCK = SELECT + "WHERE no = :no <lock_row>";

  /** A page of accounts. */
  private static final String LIST =
      SELECT + "WHERE id < :after OR :after = '' ORDER BY id DESC LIMIT :rows";

  /** Deleted accounts whose time of grace is over. */
  private static final String DUE =
      SELECT + "WHERE purge_at <= :now ORDER BY purge_at, no LIMIT :rows";

  /** A tenant's licences that count against its quota. */
  private static final String COUNT_LICENSES =
      """
      SELECT COUNT(*) FROM licenses
      WHERE account_no = :account AND live = :live AND status <> 'revoked'
        AND (expires_at IS NULL OR expires_at > :now)
      """;

  /** An account's licences. */
  private static final String LICENSES = "SELECT no FROM licenses WHERE account_no = :account";

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
    Account stored =
        account.withNo(bind(handle.createQuery(INSERT), account).mapTo(Long.class).one());
    new SqlProductStore(handle)
        .insert(stored.no(), Product.plain(Product.DEFAULT_NAME, account.createdAt()));
    return stored;
  }

  @Override
  public void update(Account account) {
    bind(handle.createUpdate(UPDATE), account).bind("no", account.no()).execute();
  }

  @Override
  public Optional<Account> find(String id) {
    return handle.createQuery(FIND).bind("id", id).map((row, context) -> account(row)).findOne();
  }

  @Override
  public Optional<Account> find(long accountNo) {
    return one(FIND_BY_NO, accountNo);
  }

  @Override
  public Optional<Account> lock(long accountNo) {
    return one(LOCK, accountNo);
  }

  @Override
  public Page<Account> list(int limit, @Nullable String startingAfter) {
    return Page.of(
        handle
            .createQuery(LIST)
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("rows", limit + 1)
            .map((row, context) -> account(row))
            .list(),
        limit);
  }

  @Override
  public long countLicenses(Tenant tenant, Instant now) {
    return handle
        .createQuery(COUNT_LICENSES)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("now", now.toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  @Override
  public List<Account> due(Instant now) {
    return handle
        .createQuery(DUE)
        .bind("now", now.toEpochMilli())
        .bind("rows", MAX_DUE)
        .map((row, context) -> account(row))
        .list();
  }

  @Override
  public Set<Long> licenseNos(long accountNo) {
    return handle
        .createQuery(LICENSES)
        .bind("account", accountNo)
        .mapTo(Long.class)
        .collect(Collectors.toSet());
  }

  @Override
  public boolean purge(long accountNo) {
    return new AccountPurge(handle, accountNo).step();
  }

  @Override
  public boolean confirmSecret(byte[] fingerprint) {
    handle.createUpdate(REMEMBER_SECRET).bind("fingerprint", fingerprint).execute();
    byte[] remembered =
        handle.createQuery(SECRET).map((row, context) -> row.getBytes("value")).one();
    return MessageDigest.isEqual(remembered, fingerprint);
  }

  private Optional<Account> one(String sql, long accountNo) {
    return handle
        .createQuery(sql)
        .bind("no", accountNo)
        .map((row, context) -> account(row))
        .findOne();
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Account account) {
    return statement
        .bind("id", account.id())
        .bind("name", account.name())
        .bind("email", account.email())
        .bind("status", account.status().text())
        .bind("max_licenses", account.quota().maxLicenses())
        .bind("max_validations", account.quota().maxValidationsPerMonth())
        .bind("over_quota", account.quota().overQuota().text())
        .bind("address_form", account.addressForm().text())
        .bind("created_at", account.createdAt().toEpochMilli())
        .bind("updated_at", account.updatedAt().toEpochMilli())
        .bind("purge_at", Rows.millis(account.purgeAt()));
  }

  private static Account account(ResultSet row) throws SQLException {
    return new Account(
        row.getLong("no"),
        row.getString("id"),
        row.getString("name"),
        row.getString("email"),
        AccountStatus.of(row.getString("status")).orElseThrow(),
        new Quota(
            Rows.intOrNull(row, "max_licenses"),
            Rows.longOrNull(row, "max_validations_per_month"),
            Quota.OverQuota.of(row.getString("over_quota")).orElseThrow()),
        AddressForm.of(row.getString("address_form")).orElseThrow(),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"),
        Rows.instantOrNull(row, "purge_at"));
  }
}
