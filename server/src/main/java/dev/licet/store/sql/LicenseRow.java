package dev.licet.store.sql;

import dev.licet.domain.Given;
import dev.licet.domain.Tenant;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.LicenseStore;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.license.Term;
import dev.licet.domain.license.UnreadableLicenseException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A licence with its product, its plan and its current key, as a row. */
final class LicenseRow {
  /** What {@link #license} reads. */
  static final String SELECT =
      """
      SELECT l.no, l.id, l.account_no, l.live, l.status, l.status_reason, l.customer_email,
        l.customer_name, l.own_max_domains_set, l.own_max_domains, l.own_max_devices_set,
        l.own_max_devices, l.own_features, l.metadata, l.expires_from, l.pending_duration,
        l.expires_at, l.first_validated_at, l.announced, l.version, l.created_at, l.updated_at,
        p.no AS plan_no, p.name AS plan_name, p.features AS plan_features,
        p.max_domains AS plan_max_domains, p.max_devices AS plan_max_devices,
        p.duration AS plan_duration, p.local_domains_take_seats,
        p.created_at AS plan_created_at, p.updated_at AS plan_updated_at,
        p.expires_from AS plan_expires_from, p.rules AS plan_rules, l.own_rules, k.sealed,
      """
          + SqlProductStore.COLUMNS
          + """
          FROM licenses l
          JOIN plans p ON p.no = l.plan_no
          JOIN products d ON d.no = l.product_no
          JOIN license_keys k ON k.license_no = l.no AND k.retires_at IS NULL
          """;

  private LicenseRow() {}

  /**
   * @throws UnreadableLicenseException when the row does not hold what a server wrote
   */
  static License license(ResultSet row, KeyVault vault) throws SQLException {
    String id = row.getString("id");
    try {
      return license(row, id, vault);
    } catch (RuntimeException e) {
      throw new UnreadableLicenseException(id, e);
    }
  }

  private static License license(ResultSet row, String id, KeyVault vault) throws SQLException {
    return new License(
        row.getLong("no"),
        id,
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        vault.open(row.getBytes("sealed"), id),
        SqlProductStore.product(row),
        SqlPlanStore.plan(row),
        overrides(row),
        new Customer(row.getString("customer_email"), row.getString("customer_name")),
        Json.pairs(row.getString("metadata")),
        LicenseStatus.of(row.getString("status")).orElseThrow(),
        row.getString("status_reason"),
        term(row),
        row.getLong("version"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }

  static License withNo(License license, long no) {
    return new License(
        no,
        license.id(),
        license.tenant(),
        license.key(),
        license.product(),
        license.plan(),
        license.overrides(),
        license.customer(),
        license.metadata(),
        license.storedStatus(),
        license.statusReason(),
        license.term(),
        license.version(),
        license.createdAt(),
        license.updatedAt());
  }

  private static Overrides overrides(ResultSet row) throws SQLException {
    String features = row.getString("own_features");
    return new Overrides(
        limit(row, "own_max_domains_set", "own_max_domains"),
        limit(row, "own_max_devices_set", "own_max_devices"),
        features == null ? Given.absent() : Given.of(Json.strings(features)),
        RulesJson.read(row.getString("own_rules")));
  }

  private static Given<Integer> limit(ResultSet row, String set, String value) throws SQLException {
    return Rows.flag(row, set) ? Given.of(Rows.intOrNull(row, value)) : Given.absent();
  }

  private static Term term(ResultSet row) throws SQLException {
    return new Term(
        ExpiresFrom.of(row.getString("expires_from")).orElseThrow(),
        SqlPlanStore.duration(row.getString("pending_duration")),
        Rows.instantOrNull(row, "expires_at"),
        Rows.instantOrNull(row, "first_validated_at"),
        announced(row.getInt("announced")));
  }

  private static @Nullable Integer announced(int days) {
    return days == LicenseStore.NOTHING ? null : days;
  }

  /** How a row says what was announced. */
  static int announced(Term term) {
    return term.announced() == null ? LicenseStore.NOTHING : term.announced();
  }
}
