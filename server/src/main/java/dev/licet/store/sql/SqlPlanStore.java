package dev.licet.store.sql;

import dev.licet.domain.IsoDuration;
import dev.licet.domain.Page;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.PlanStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The plans of accounts. */
final class SqlPlanStore implements PlanStore {
  private static final String SELECT =
      """
      SELECT no AS plan_no, name AS plan_name, features AS plan_features,
        max_domains AS plan_max_domains, max_devices AS plan_max_devices,
        duration AS plan_duration, local_domains_take_seats, expires_from AS plan_expires_from,
        rules AS plan_rules,
        created_at AS plan_created_at, updated_at AS plan_updated_at
      FROM plans
      """;

  /** One plan by its name. */
  private static final String FIND = SELECT + "WHERE account_no = :account AND name = :name";

  /** The same, locked: after a wait it is read as it is then. */
  private static final String LOCK = FIND + " <lock_referred>";

  /** A page of plans. */
  private static final String LIST =
      SELECT + "WHERE account_no = :account AND name > :after ORDER BY name LIMIT :limit";

  /** Adds a plan unless its name is taken. */
  private static final String INSERT =
      """
      INSERT INTO plans (account_no, name, features, max_domains, max_devices, duration,
        local_domains_take_seats, expires_from, rules, created_at, updated_at)
      VALUES (:account, :name, :features, :max_domains, :max_devices, :duration,
        :local_domains_take_seats, :expires_from, :rules, :created_at, :updated_at)
      ON CONFLICT (account_no, name) DO NOTHING
      """;

  /** Rewrites a plan. */
  private static final String UPDATE =
      """
      UPDATE plans SET features = :features, max_domains = :max_domains,
        max_devices = :max_devices, duration = :duration,
        local_domains_take_seats = :local_domains_take_seats, expires_from = :expires_from,
        rules = :rules, updated_at = :updated_at
      WHERE no = :no AND account_no = :account
      """;

  /** Deletes a plan that no licence is on. */
  private static final String DELETE =
      """
      DELETE FROM plans WHERE no = :no AND account_no = :account
        AND NOT EXISTS (SELECT 1 FROM licenses l WHERE l.plan_no = :no)
      """;

  private final Handle handle;

  SqlPlanStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Optional<Plan> find(long accountNo, String name) {
    return find(FIND, accountNo, name);
  }

  @Override
  public Optional<Plan> lock(long accountNo, String name) {
    return find(LOCK, accountNo, name);
  }

  private Optional<Plan> find(String query, long accountNo, String name) {
    return handle
        .createQuery(query)
        .bind("account", accountNo)
        .bind("name", name)
        .map((row, context) -> plan(row))
        .findOne();
  }

  @Override
  public Page<Plan> list(long accountNo, int limit, @Nullable String startingAfter) {
    List<Plan> plans =
        handle
            .createQuery(LIST)
            .bind("account", accountNo)
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("limit", limit + 1)
            .map((row, context) -> plan(row))
            .list();
    return Page.of(plans, limit);
  }

  @Override
  public boolean insert(long accountNo, Plan plan) {
    return bind(handle.createUpdate(INSERT), accountNo, plan)
            .bind("created_at", plan.createdAt().toEpochMilli())
            .execute()
        > 0;
  }

  @Override
  public void update(long accountNo, Plan plan) {
    bind(handle.createUpdate(UPDATE), accountNo, plan).bind("no", plan.no()).execute();
  }

  @Override
  public boolean delete(long accountNo, long planNo) {
    return handle.createUpdate(DELETE).bind("no", planNo).bind("account", accountNo).execute() > 0;
  }

  private static <S extends SqlStatement<S>> S bind(S statement, long accountNo, Plan plan) {
    return statement
        .bind("account", accountNo)
        .bind("name", plan.name())
        .bind("features", Json.write(plan.features()))
        .bind("max_domains", plan.maxDomains())
        .bind("max_devices", plan.maxDevices())
        .bind("duration", Rows.text(plan.duration()))
        .bind("local_domains_take_seats", Rows.flag(plan.localDomainsTakeSeats()))
        .bind("expires_from", plan.expiresFrom().text())
        .bind("rules", RulesJson.write(plan.rules()))
        .bind("updated_at", plan.updatedAt().toEpochMilli());
  }

  /** The plan in a row that names its columns as {@link #SELECT} does. */
  static Plan plan(ResultSet row) throws SQLException {
    return new Plan(
        row.getLong("plan_no"),
        row.getString("plan_name"),
        Json.strings(row.getString("plan_features")),
        Rows.intOrNull(row, "plan_max_domains"),
        Rows.intOrNull(row, "plan_max_devices"),
        duration(row.getString("plan_duration")),
        Rows.flag(row, "local_domains_take_seats"),
        ExpiresFrom.of(row.getString("plan_expires_from")).orElseThrow(),
        RulesJson.read(row.getString("plan_rules")),
        Rows.instant(row, "plan_created_at"),
        Rows.instant(row, "plan_updated_at"));
  }

  static @Nullable IsoDuration duration(@Nullable String text) {
    return text == null ? null : IsoDuration.read(text).orElseThrow();
  }
}
