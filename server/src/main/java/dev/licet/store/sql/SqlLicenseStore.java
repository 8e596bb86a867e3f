package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseStore;
import dev.licet.domain.license.Overrides;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Licences and their keys. */
final class SqlLicenseStore implements LicenseStore {
  /** One licence of a tenant. */
  private static final String FIND =
      LicenseRow.SELECT + "WHERE l.id = :id AND l.account_no = :account AND l.live = :live";

  /**
   * Some licences of a tenant. {@code <few>} keeps SQLite from reading all that the tenant has by
   * an index of it.
   */
  static final String FIND_ALL =
      LicenseRow.SELECT
          + "WHERE l.no <in_nos> AND <few>l.account_no = :account AND <few>l.live = :live";

  /** One licence, for the validation path. */
  private static final String FIND_BY_NO = LicenseRow.SELECT + "WHERE l.no = :no";

  /**
   * Locks a licence of a tenant. Apart from reading it: after a wait, a statement that also joins
   * would see the joined rows as they were before.
   */
  private static final String LOCK =
      """
      SELECT no FROM licenses WHERE id = :id AND account_no = :account AND live = :live <lock_row>
      """;

  /** Locks a licence, for the validation path. */
  private static final String LOCK_BY_NO = "SELECT no FROM licenses WHERE no = :no <lock_row>";

  /** Locks the licences on a plan. */
  private static final String LOCK_ON_PLAN =
      "SELECT no FROM licenses WHERE plan_no = :plan ORDER BY no <lock_row>";

  /** The oldest licence that a living key opens. */
  private static final String FIND_BY_KEY =
      LicenseRow.SELECT
          + """
          WHERE l.no = (SELECT MIN(o.license_no) FROM license_keys o
            WHERE o.lookup = :lookup AND (o.retires_at IS NULL OR o.retires_at > :now))
          """;

  /** Adds a licence. */
  private static final String INSERT =
      """
      INSERT INTO licenses (id, account_no, live, product_no, plan_no, status, status_reason, customer_email,
        customer_email_lower, customer_name, own_max_domains_set, own_max_domains,
        own_max_devices_set, own_max_devices, own_features, own_rules, metadata, expires_from,
        pending_duration, expires_at, first_validated_at, announced, version, created_at, updated_at)
      VALUES (:id, :account, :live, :product_no, :plan_no, :status, :status_reason, :customer_email,
        :customer_email_lower, :customer_name, :own_max_domains_set, :own_max_domains,
        :own_max_devices_set, :own_max_devices, :own_features, :own_rules, :metadata, :expires_from,
        :pending_duration, :expires_at, :first_validated_at, :announced, :version, :created_at,
        :updated_at)
      RETURNING no
      """;

  /** Takes an added licence back whose key another transaction took first. */
  private static final String DELETE = "DELETE FROM licenses WHERE no = :no";

  /** Rewrites a licence. */
  private static final String UPDATE =
      """
      UPDATE licenses SET plan_no = :plan_no, status = :status, status_reason = :status_reason,
        customer_email = :customer_email, customer_email_lower = :customer_email_lower,
        customer_name = :customer_name, own_max_domains_set = :own_max_domains_set,
        own_max_domains = :own_max_domains, own_max_devices_set = :own_max_devices_set,
        own_max_devices = :own_max_devices, own_features = :own_features, own_rules = :own_rules,
        metadata = :metadata,
        expires_from = :expires_from, pending_duration = :pending_duration,
        expires_at = :expires_at, first_validated_at = :first_validated_at, announced = :announced,
        version = :version, updated_at = :updated_at
      WHERE no = :no AND account_no = :account AND live = :live
      """;

  /** What was announced of ends, each once: one look into an index for each. */
  private static final String ANNOUNCED =
      """
      WITH RECURSIVE known (days) AS (
        SELECT (SELECT announced FROM licenses WHERE status = 'active' AND expires_at IS NOT NULL
          ORDER BY announced DESC LIMIT 1)
        UNION ALL
        SELECT (SELECT announced FROM licenses WHERE status = 'active' AND expires_at IS NOT NULL
          AND announced < days ORDER BY announced DESC LIMIT 1)
        FROM known WHERE days IS NOT NULL)
      SELECT days FROM known WHERE days IS NOT NULL
      """;

  /** Active licences that end within a time. */
  private static final String ENDING =
      LicenseRow.SELECT
          + """
          WHERE l.no IN (
            SELECT no FROM licenses WHERE status = 'active' AND expires_at IS NOT NULL
              AND announced = :announced AND expires_at > :after AND expires_at <= :until
              AND NOT (no <in_nos>)
            ORDER BY expires_at LIMIT :rows)
          ORDER BY l.expires_at
          """;

  /**
   * Notes an announcement of a licence that is as it was read. The plus signs, and what is joined
   * to the status, keep PostgreSQL from looking for it among all licences of its account, or with
   * its end.
   */
  static final String ANNOUNCE =
      """
      UPDATE licenses SET status = :status, announced = :announced
      WHERE no = :no AND +account_no = :account AND +live = :live AND status || '' = 'active'
        AND version = :version AND +expires_at = :expires_at AND +announced = :before
      """;

  private final Handle handle;
  private final Dialect dialect;
  private final KeyVault vault;

  SqlLicenseStore(Handle handle, Dialect dialect, KeyVault vault) {
    this.handle = handle;
    this.dialect = dialect;
    this.vault = vault;
  }

  @Override
  public Optional<License> find(Tenant tenant, String id) {
    return handle
        .createQuery(FIND)
        .bind("id", id)
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .map((row, context) -> LicenseRow.license(row, vault))
        .findOne();
  }

  @Override
  public List<License> find(Tenant tenant, Collection<Long> licenseNos) {
    return handle
        .createQuery(FIND_ALL)
        .bind("nos", Rows.list(licenseNos))
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .map((row, context) -> LicenseRow.license(row, vault))
        .list();
  }

  @Override
  public Optional<License> lock(Tenant tenant, String id) {
    if (dialect.lockRow() != null) {
      handle
          .createQuery(LOCK)
          .bind("id", id)
          .bind("account", tenant.accountNo())
          .bind("live", Rows.flag(tenant.live()))
          .mapTo(Long.class)
          .findOne();
    }
    return find(tenant, id);
  }

  @Override
  public Optional<License> lock(long licenseNo) {
    if (dialect.lockRow() != null) {
      handle.createQuery(LOCK_BY_NO).bind("no", licenseNo).mapTo(Long.class).findOne();
    }
    return find(licenseNo);
  }

  @Override
  public Optional<License> find(long licenseNo) {
    return handle
        .createQuery(FIND_BY_NO)
        .bind("no", licenseNo)
        .map((row, context) -> LicenseRow.license(row, vault))
        .findOne();
  }

  @Override
  public void lockAllOn(long planNo) {
    if (dialect.lockRow() != null) {
      handle.createQuery(LOCK_ON_PLAN).bind("plan", planNo).mapTo(Long.class).list();
    }
  }

  @Override
  public Optional<License> findByKey(byte[] keyLookup, Instant now) {
    return handle
        .createQuery(FIND_BY_KEY)
        .bind("lookup", keyLookup)
        .bind("now", now.toEpochMilli())
        .map((row, context) -> LicenseRow.license(row, vault))
        .findOne();
  }

  @Override
  public Page<License> list(
      Tenant tenant, LicenseFilter filter, int limit, @Nullable String startingAfter) {
    List<License> licenses =
        new LicenseListQuery(tenant, filter, limit + 1, startingAfter)
            .on(handle)
            .map((row, context) -> LicenseRow.license(row, vault))
            .list();
    return Page.of(licenses, limit);
  }

  @Override
  public Optional<License> insert(License license) {
    LicenseKeys keys = new LicenseKeys(handle, vault);
    if (keys.isTaken(license.key(), license.tenant())) {
      return Optional.empty();
    }
    long no = bind(handle.createQuery(INSERT), license).mapTo(Long.class).one();
    License inserted = LicenseRow.withNo(license, no);
    if (!keys.insert(inserted, license.key(), license.createdAt())) {
      handle.createUpdate(DELETE).bind("no", no).execute();
      return Optional.empty();
    }
    return Optional.of(inserted);
  }

  @Override
  public void update(License license) {
    bind(handle.createUpdate(UPDATE), license).bind("no", license.no()).execute();
  }

  @Override
  public int forgetRetiredKeys(Instant before, int limit) {
    return Rows.deleteOldest(handle, LicenseKeys.FORGET_RETIRED, before, limit);
  }

  @Override
  public boolean replaceKey(License license, String newKey, Instant oldRetiresAt) {
    return new LicenseKeys(handle, vault).replace(license, newKey, oldRetiresAt);
  }

  @Override
  public List<Integer> announced() {
    return handle.createQuery(ANNOUNCED).mapTo(Integer.class).list();
  }

  @Override
  public Ending ending(
      int announced, Instant after, Instant until, int limit, Collection<Long> except) {
    Ending ending = new Ending(new ArrayList<>(), new ArrayList<>());
    handle
        .createQuery(ENDING)
        .bind("announced", announced)
        .bind("after", after.toEpochMilli())
        .bind("until", until.toEpochMilli())
        .bind("rows", limit)
        .bind("nos", Rows.list(except))
        .map((row, context) -> read(row, ending))
        .list();
    return ending;
  }

  private boolean read(ResultSet row, Ending ending) throws SQLException {
    try {
      return ending.licenses().add(LicenseRow.license(row, vault));
    } catch (RuntimeException e) {
      return ending.unreadable().add(new Unreadable(row.getLong("no"), row.getString("id")));
    }
  }

  @Override
  public List<Announcement> announce(List<Announcement> announcements) {
    if (announcements.isEmpty()) {
      return List.of();
    }
    PreparedBatch batch = handle.prepareBatch(ANNOUNCE);
    for (Announcement each : announcements) {
      License before = each.before();
      batch
          .bind("no", before.no())
          .bind("account", before.tenant().accountNo())
          .bind("live", Rows.flag(before.tenant().live()))
          .bind("version", before.version())
          .bind("expires_at", Rows.millis(before.term().expiresAt()))
          .bind("before", LicenseRow.announced(before.term()))
          .bind("status", each.after().storedStatus().text())
          .bind("announced", LicenseRow.announced(each.after().term()))
          .add();
    }
    int[] changed = batch.execute();
    List<Announcement> written = new ArrayList<>();
    for (int i = 0; i < changed.length; i++) {
      if (changed[i] == 1) {
        written.add(announcements.get(i));
      }
    }
    return written;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, License license) {
    Overrides own = license.overrides();
    List<String> features = own.features().value();
    return statement
        .bind("id", license.id())
        .bind("account", license.tenant().accountNo())
        .bind("live", Rows.flag(license.tenant().live()))
        .bind("product_no", license.product().no())
        .bind("plan_no", license.plan().no())
        .bind("status", license.storedStatus().text())
        .bind("status_reason", license.statusReason())
        .bind("customer_email", license.customer().email())
        .bind("customer_email_lower", license.customer().email().toLowerCase(Locale.ROOT))
        .bind("customer_name", license.customer().name())
        .bind("own_max_domains_set", Rows.flag(own.maxDomains().present()))
        .bind("own_max_domains", own.maxDomains().value())
        .bind("own_max_devices_set", Rows.flag(own.maxDevices().present()))
        .bind("own_max_devices", own.maxDevices().value())
        .bind("own_features", features == null ? null : Json.write(features))
        .bind("own_rules", RulesJson.write(own.rules()))
        .bind("metadata", Json.write(license.metadata()))
        .bind("expires_from", license.term().from().text())
        .bind("pending_duration", Rows.text(license.term().pending()))
        .bind("expires_at", Rows.millis(license.term().expiresAt()))
        .bind("first_validated_at", Rows.millis(license.term().firstValidatedAt()))
        .bind("announced", LicenseRow.announced(license.term()))
        .bind("version", license.version())
        .bind("created_at", license.createdAt().toEpochMilli())
        .bind("updated_at", license.updatedAt().toEpochMilli());
  }
}
