package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.webhook.DisabledReason;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.WebhookKeys;
import dev.licet.domain.webhook.WebhookStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** Webhooks, with what they want in a table of its own while they are enabled. */
final class SqlWebhookStore implements WebhookStore {
  private static final String SELECT =
      """
      SELECT no, id, account_no, live, url, description, events, enabled, off_reason, off_at,
        include_keys, ed25519, header_names, public_key, failing_since, replay, replay_since,
        replay_started, replay_after, created_at, updated_at
      FROM webhooks WHERE deleted_at IS NULL
      """;

  private static final String OF_TENANT = SELECT + "AND account_no = :account AND live = :live ";

  /** One of a tenant. */
  private static final String FIND = OF_TENANT + "AND id = :id ";

  /** The same, which stays as it is. */
  private static final String LOCK = FIND + "<lock_row>";

  /** The one of a number, which stays as it is. */
  private static final String LOCK_NO = SELECT + "AND no = :no <lock_row>";

  /** A page of a tenant's. */
  private static final String LIST =
      OF_TENANT + "AND (id < :after OR :after = '') ORDER BY id DESC LIMIT :rows";

  /** How many a tenant has. */
  private static final String COUNT =
      """
      SELECT COUNT(*) FROM webhooks
      WHERE account_no = :account AND live = :live AND deleted_at IS NULL
      """;

  /** Adds a webhook. */
  private static final String INSERT =
      """
      INSERT INTO webhooks (id, account_no, live, url, description, events, enabled, include_keys,
        ed25519, header_names, public_key, sealed, created_at, updated_at)
      VALUES (:id, :account, :live, :url, :description, :events, :enabled, :include_keys,
        :ed25519, :header_names, :public_key, :sealed, :created_at, :updated_at)
      RETURNING no
      """;

  /** Rewrites a webhook. */
  private static final String UPDATE =
      """
      UPDATE webhooks SET url = :url, description = :description, events = :events,
        enabled = :enabled, off_reason = :off_reason, off_at = :off_at,
        include_keys = :include_keys, ed25519 = :ed25519, header_names = :header_names,
        replay = :replay, replay_since = :replay_since, replay_started = :replay_started,
        replay_after = :replay_after, updated_at = :updated_at
      WHERE no = :no AND account_no = :account AND live = :live
      """;

  /** What is secret about one. */
  private static final String SEALED = "SELECT sealed FROM webhooks WHERE no = :no";

  private static final String SEAL = "UPDATE webhooks SET sealed = :sealed WHERE no = :no";

  private static final String FORGET_FAILURES =
      "UPDATE webhooks SET failing_since = NULL, failed_at = NULL WHERE no = :no";

  /** Leaves nothing of a webhook but what its deliveries hang on. */
  private static final String DELETE =
      """
      UPDATE webhooks SET deleted_at = :now, enabled = 0, replay = NULL, url = '',
        description = NULL, header_names = '[]', sealed = :nothing
      WHERE no = :no AND account_no = :account AND live = :live
      """;

  /** What an enabled webhook wants. */
  private static final String WANTED =
      "SELECT pattern FROM webhook_subscriptions WHERE webhook_no = :no";

  private static final String UNWANT = "DELETE FROM webhook_subscriptions WHERE webhook_no = :no";

  private static final String WANT =
      """
      INSERT INTO webhook_subscriptions (account_no, live, pattern, webhook_no)
      VALUES (:account, :live, :pattern, :no)
      """;

  /** Some of those with something to be sent again. */
  private static final String REPLAYING = SELECT + "AND replay IS NOT NULL ORDER BY no LIMIT :rows";

  /** The first of the deleted ones. */
  private static final String DELETED =
      "SELECT no FROM webhooks WHERE deleted_at IS NOT NULL ORDER BY no LIMIT 1";

  /** Removes some of its deliveries. */
  private static final String REMOVE_DELIVERIES =
      """
      DELETE FROM webhook_deliveries WHERE no IN
        (SELECT no FROM webhook_deliveries WHERE webhook_no = :no LIMIT :rows)
      """;

  private static final String REMOVE = "DELETE FROM webhooks WHERE no = :no";

  private final Handle handle;
  private final WebhookSeal seal;

  SqlWebhookStore(Handle handle, KeyVault vault) {
    this.handle = handle;
    this.seal = new WebhookSeal(vault);
  }

  @Override
  public Webhook insert(Webhook webhook, WebhookKeys keys) {
    long no =
        bind(handle.createQuery(INSERT), webhook)
            .bind("id", webhook.id())
            .bind("public_key", webhook.publicKey())
            .bind("sealed", seal.seal(keys, webhook.id()))
            .bind("created_at", webhook.createdAt().toEpochMilli())
            .mapTo(Long.class)
            .one();
    Webhook stored = webhook.withNo(no);
    subscribe(stored);
    return stored;
  }

  @Override
  public int count(Tenant tenant) {
    return of(handle.createQuery(COUNT), tenant).mapTo(Integer.class).one();
  }

  @Override
  public Optional<Webhook> find(Tenant tenant, String id) {
    return of(handle.createQuery(FIND), tenant)
        .bind("id", id)
        .map((row, context) -> webhook(row))
        .findOne();
  }

  @Override
  public Optional<Webhook> lock(Tenant tenant, String id) {
    return of(handle.createQuery(LOCK), tenant)
        .bind("id", id)
        .map((row, context) -> webhook(row))
        .findOne();
  }

  @Override
  public Optional<Webhook> lock(long no) {
    return handle.createQuery(LOCK_NO).bind("no", no).map((row, context) -> webhook(row)).findOne();
  }

  @Override
  public WebhookKeys keys(Webhook webhook) {
    byte[] sealed = handle.createQuery(SEALED).bind("no", webhook.no()).mapTo(byte[].class).one();
    return seal.open(sealed, webhook.id());
  }

  @Override
  public Page<Webhook> list(Tenant tenant, int limit, @Nullable String startingAfter) {
    List<Webhook> webhooks =
        of(handle.createQuery(LIST), tenant)
            .bind("after", startingAfter == null ? "" : startingAfter)
            .bind("rows", limit + 1)
            .map((row, context) -> webhook(row))
            .list();
    return Page.of(webhooks, limit);
  }

  @Override
  public void update(Webhook webhook) {
    Replay replay = webhook.replay();
    bind(handle.createUpdate(UPDATE), webhook)
        .bind("no", webhook.no())
        .bind(
            "off_reason", webhook.disabledReason() == null ? null : webhook.disabledReason().text())
        .bind("off_at", Rows.millis(webhook.disabledAt()))
        .bind("replay", replay == null ? null : replay.of().text())
        .bind("replay_since", replay == null ? null : replay.since().toEpochMilli())
        .bind("replay_started", replay == null ? null : replay.startedAt().toEpochMilli())
        .bind("replay_after", replay == null ? null : replay.after())
        .execute();
    subscribe(webhook);
  }

  @Override
  public void update(Webhook webhook, WebhookKeys keys) {
    update(webhook);
    handle
        .createUpdate(SEAL)
        .bind("no", webhook.no())
        .bind("sealed", seal.seal(keys, webhook.id()))
        .execute();
  }

  @Override
  public void forgetFailures(long no) {
    handle.createUpdate(FORGET_FAILURES).bind("no", no).execute();
  }

  @Override
  public void delete(Webhook webhook, Instant now) {
    handle.createUpdate(UNWANT).bind("no", webhook.no()).execute();
    of(handle.createUpdate(DELETE), webhook.tenant())
        .bind("no", webhook.no())
        .bind("now", now.toEpochMilli())
        .bind("nothing", new byte[0])
        .execute();
  }

  @Override
  public List<Webhook> replaying(int limit) {
    return handle
        .createQuery(REPLAYING)
        .bind("rows", limit)
        .map((row, context) -> webhook(row))
        .list();
  }

  @Override
  public int removeDeleted(int limit) {
    Optional<Long> deleted = handle.createQuery(DELETED).mapTo(Long.class).findOne();
    if (deleted.isEmpty()) {
      return 0;
    }
    long no = deleted.get();
    int deliveries =
        handle.createUpdate(REMOVE_DELIVERIES).bind("no", no).bind("rows", limit).execute();
    return deliveries > 0 ? deliveries : handle.createUpdate(REMOVE).bind("no", no).execute();
  }

  /** Makes the table of what is wanted agree with a webhook. */
  private void subscribe(Webhook webhook) {
    Set<String> wanted = webhook.enabled() ? new TreeSet<>(webhook.events()) : Set.of();
    Set<String> before =
        handle.createQuery(WANTED).bind("no", webhook.no()).mapTo(String.class).set();
    if (before.equals(wanted)) {
      return;
    }
    handle.createUpdate(UNWANT).bind("no", webhook.no()).execute();
    if (!wanted.isEmpty()) {
      PreparedBatch batch = handle.prepareBatch(WANT);
      for (String pattern : wanted) {
        of(batch, webhook.tenant()).bind("pattern", pattern).bind("no", webhook.no()).add();
      }
      batch.execute();
    }
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant) {
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Webhook webhook) {
    return of(statement, webhook.tenant())
        .bind("url", webhook.url())
        .bind("description", webhook.description())
        .bind("events", Json.write(webhook.events()))
        .bind("enabled", Rows.flag(webhook.enabled()))
        .bind("include_keys", Rows.flag(webhook.includeKeys()))
        .bind("ed25519", Rows.flag(webhook.ed25519()))
        .bind("header_names", Json.write(webhook.headerNames()))
        .bind("updated_at", webhook.updatedAt().toEpochMilli());
  }

  private static Webhook webhook(ResultSet row) throws SQLException {
    String reason = row.getString("off_reason");
    return new Webhook(
        row.getLong("no"),
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        row.getString("url"),
        row.getString("description"),
        Json.strings(row.getString("events")),
        Rows.flag(row, "enabled"),
        reason == null ? null : DisabledReason.of(reason).orElseThrow(),
        Rows.instantOrNull(row, "off_at"),
        Rows.flag(row, "include_keys"),
        Rows.flag(row, "ed25519"),
        Json.strings(row.getString("header_names")),
        row.getString("public_key"),
        Rows.instantOrNull(row, "failing_since"),
        replay(row),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "updated_at"));
  }

  private static @Nullable Replay replay(ResultSet row) throws SQLException {
    String of = row.getString("replay");
    return of == null
        ? null
        : new Replay(
            Replay.Of.named(of).orElseThrow(),
            Rows.instant(row, "replay_since"),
            Rows.instant(row, "replay_started"),
            row.getString("replay_after"));
  }
}
