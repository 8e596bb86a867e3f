package dev.licet.store.sql;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.AddressForm;
import dev.licet.domain.account.Quota;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.plan.Policy;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.SeatTable;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads snapshots, in plain JDBC since a start under load asks for all licences at once. What many
 * licences have in common is kept once.
 */
public final class SnapshotStatements {
  /**
   * The licence that a key opens, with its plan and product; a licence that it still opens before
   * one that it opens no more, then the oldest. Binds the key's look-up and the time.
   *
   * <p>One key is chosen first, so that PostgreSQL walks from it along indexes, also while it has
   * no statistics of a table that was just filled.
   */
  public static final String LICENSE =
      """
      SELECT %s
      FROM (%s) k
      %s
      """
          .formatted(Parts.COLUMNS, Parts.CHOSEN.formatted("?", "?"), Parts.JOINS);

  /** What {@link #LICENSE} is made of, for a database that reads several licences at once. */
  public static final class Parts {
    public static final String COLUMNS =
        """
        l.no, l.id, l.account_no, l.live, a.status AS account_status, a.over_quota, a.address_form,
        a.max_validations_per_month, l.status, l.expires_at, l.first_validated_at, l.own_max_domains_set,
        l.own_max_domains, l.own_max_devices_set, l.own_max_devices, l.own_features,
        p.no AS plan_no, p.name AS plan_name, p.features AS plan_features, p.max_domains,
        p.max_devices, p.local_domains_take_seats, p.rules,
        l.own_rules, d.no AS product_no, d.name AS product_name, d.require_product, k.retires_at\
        """;

    /** The key that counts; the look-up and the time are to be filled in. */
    public static final String CHOSEN =
        """
        SELECT license_no, retires_at FROM license_keys WHERE lookup = %s
        ORDER BY CASE WHEN retires_at <= %s THEN 1 ELSE 0 END, license_no LIMIT 1\
        """;

    public static final String JOINS =
        """
        JOIN licenses l ON l.no = k.license_no
        JOIN plans p ON p.no = l.plan_no
        JOIN products d ON d.no = l.product_no
        JOIN accounts a ON a.no = l.account_no\
        """;

    private Parts() {}
  }

  /** The seats of a licence. Binds its number. */
  public static final String SEATS =
      """
      SELECT no, id, license_no, kind, value, by_vendor, first_seen_at, leased_until
      FROM activations WHERE license_no = ?
      """;

  /** Different names, lists of features and policies that are kept once. */
  private static final int SHARED = 10_000;

  private final Cache<String, String> names = Caffeine.newBuilder().maximumSize(SHARED).build();
  private final Cache<String, List<String>> features =
      Caffeine.newBuilder().maximumSize(SHARED).build();
  private final Cache<PolicyTexts, Policy> policies =
      Caffeine.newBuilder().maximumSize(SHARED).build();

  /** What a policy is read from. */
  private record PolicyTexts(String plan, String own) {
    Policy read() {
      return Policy.of(RulesJson.read(plan), RulesJson.read(own));
    }
  }

  /**
   * Runs both statements.
   *
   * @param license prepared from {@link #LICENSE}
   * @param seats prepared from {@link #SEATS}
   * @param lookup {@link dev.licet.domain.license.KeyVault#lookup} of the key
   */
  public @Nullable LicenseSnapshot read(
      PreparedStatement license, PreparedStatement seats, byte[] lookup, long nowMillis)
      throws SQLException {
    license.setBytes(1, lookup);
    license.setLong(2, nowMillis);
    try (ResultSet row = license.executeQuery()) {
      if (!row.next()) {
        return null;
      }
      seats.setLong(1, row.getLong("no"));
      return snapshot(row, seats(seats, nowMillis));
    }
  }

  /** Reads the seats that are held, by the number of their licence. */
  public static Map<Long, List<Seat>> seats(PreparedStatement statement, long nowMillis)
      throws SQLException {
    Instant now = Instant.ofEpochMilli(nowMillis);
    Map<Long, List<Seat>> seats = new HashMap<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        Seat seat = SqlSeatStore.seat(row);
        if (seat.isHeldAt(now)) {
          seats.computeIfAbsent(seat.licenseNo(), _ -> new ArrayList<>()).add(seat);
        }
      }
    }
    return seats;
  }

  /**
   * The snapshot of the licence on which {@code row} stands.
   *
   * @param held seats, its own among them
   */
  public LicenseSnapshot snapshot(ResultSet row, Map<Long, List<Seat>> held) throws SQLException {
    long no = row.getLong("no");
    List<Seat> domains = new ArrayList<>();
    List<Seat> devices = new ArrayList<>();
    for (Seat seat : held.getOrDefault(no, List.of())) {
      (seat.kind() == SeatKind.DOMAIN ? domains : devices).add(seat);
    }
    String own = row.getString("own_features");
    return new LicenseSnapshot(
        no,
        row.getString("id"),
        row.getLong("product_no"),
        names.get(row.getString("product_name"), name -> name),
        Rows.flag(row, "require_product"),
        row.getLong("account_no"),
        Rows.flag(row, "live"),
        monthlyQuota(row),
        AddressForm.of(row.getString("address_form")).orElse(AddressForm.NONE),
        row.getLong("plan_no"),
        names.get(row.getString("plan_name"), name -> name),
        policies.get(
            new PolicyTexts(row.getString("rules"), row.getString("own_rules")), PolicyTexts::read),
        features.get(own == null ? row.getString("plan_features") : own, Json::strings),
        status(row),
        time(row, "expires_at"),
        limit(row, "own_max_domains_set", "own_max_domains", "max_domains"),
        limit(row, "own_max_devices_set", "own_max_devices", "max_devices"),
        Rows.flag(row, "local_domains_take_seats"),
        Rows.instantOrNull(row, "first_validated_at") != null,
        time(row, "retires_at"),
        SeatTable.of(domains),
        SeatTable.of(devices));
  }

  /**
   * Nothing of an account that is not active may be used; what is revoked stays so. About expiry
   * the clock decides, whatever was announced.
   */
  private static LicenseStatus status(ResultSet row) throws SQLException {
    LicenseStatus status = LicenseStatus.of(row.getString("status")).orElseThrow();
    boolean open = AccountStatus.ACTIVE.text().equals(row.getString("account_status"));
    if (!open && status != LicenseStatus.REVOKED) {
      return LicenseStatus.SUSPENDED;
    }
    return status == LicenseStatus.EXPIRED ? LicenseStatus.ACTIVE : status;
  }

  private static long monthlyQuota(ResultSet row) throws SQLException {
    Long quota = Rows.longOrNull(row, "max_validations_per_month");
    boolean refuses = Quota.OverQuota.REFUSE.text().equals(row.getString("over_quota"));
    return quota == null || !refuses ? LicenseSnapshot.NEVER : quota;
  }

  private static long time(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? LicenseSnapshot.NEVER : millis;
  }

  private static int limit(ResultSet row, String ownSet, String own, String plan)
      throws SQLException {
    Integer limit = Rows.intOrNull(row, Rows.flag(row, ownSet) ? own : plan);
    return limit == null ? LicenseSnapshot.UNLIMITED : limit;
  }
}
