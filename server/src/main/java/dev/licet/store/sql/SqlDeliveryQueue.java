package dev.licet.store.sql;

import dev.licet.domain.delivery.Attempt;
import dev.licet.domain.delivery.DeliveryQueue;
import dev.licet.domain.delivery.DeliveryStatus;
import dev.licet.domain.license.KeyVault;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * What is due at webhooks. Nothing here waits for the disk: if a loss of power undoes it, a message
 * is sent again, which receivers expect.
 */
public final class SqlDeliveryQueue implements DeliveryQueue {
  /** A run of failures is over when nothing was tried for longer than the longest delay. */
  private static final Duration RUN_ENDS_AFTER = Duration.ofDays(2);

  /** Where something is due. One look into the index for each webhook, however much waits. */
  static final String DUE =
      """
      SELECT w.no, w.account_no
      FROM webhooks w JOIN accounts a ON a.no = w.account_no
      WHERE w.enabled = 1 AND a.status = 'active' AND (
        SELECT d.due_at FROM webhook_deliveries d
        WHERE d.webhook_no = w.no AND d.due_at IS NOT NULL ORDER BY d.due_at LIMIT 1) <= :now
      """;

  /** Whose a webhook is that may be sent something. */
  private static final String ACCOUNT =
      """
      SELECT w.account_no FROM webhooks w JOIN accounts a ON a.no = w.account_no
      WHERE w.no = :webhook AND w.enabled = 1 AND a.status = 'active'
      """;

  /** Takes what is due first, leaving what another node is taking. */
  static final String TAKE =
      """
      WITH first AS MATERIALIZED (
        SELECT no FROM webhook_deliveries
        WHERE webhook_no = :webhook AND due_at <= :now ORDER BY due_at LIMIT :rows <skip_locked>)
      UPDATE webhook_deliveries SET due_at = :lease WHERE no IN (SELECT no FROM first)
      RETURNING no, attempts
      """;

  /** Notes an attempt, if its delivery is still there. */
  private static final String ATTEMPT =
      """
      INSERT INTO webhook_attempts (delivery_no, at, status, millis, answer, error)
      SELECT d.no, CAST(:at AS BIGINT), CAST(:status AS INTEGER), CAST(:millis AS BIGINT),
        CAST(:answer AS TEXT), CAST(:error AS TEXT)
      FROM webhook_deliveries d WHERE d.no = :no
      """;

  /** Writes down where a delivery stands, if it is still this node's. */
  private static final String SETTLE =
      """
      UPDATE webhook_deliveries SET status = COALESCE(CAST(:status AS TEXT), status),
        attempts = attempts + :made, due_at = CAST(:next AS BIGINT),
        finished_at = CAST(:finished AS BIGINT)
      WHERE no = :no AND due_at = :lease
      """;

  /** Ends a run of failures. */
  private static final String HEALTHY =
      """
      UPDATE webhooks SET failing_since = NULL, failed_at = NULL
      WHERE no = :webhook AND failing_since IS NOT NULL
      """;

  /** Goes on with a run of failures, or begins one. */
  private static final String FAILING =
      """
      UPDATE webhooks SET failed_at = :now,
        failing_since = CASE WHEN failed_at >= :recent THEN failing_since ELSE :now END
      WHERE no = :webhook RETURNING failing_since
      """;

  /** What waits where something may be sent. */
  private static final String BACKLOG =
      """
      SELECT COALESCE(SUM(waiting), 0) AS waiting, MIN(oldest) AS oldest FROM (
        SELECT
          (SELECT COUNT(*) FROM webhook_deliveries d
            WHERE d.webhook_no = w.no AND d.due_at IS NOT NULL) AS waiting,
          (SELECT d.due_at FROM webhook_deliveries d
            WHERE d.webhook_no = w.no AND d.due_at IS NOT NULL ORDER BY d.due_at LIMIT 1) AS oldest
        FROM webhooks w JOIN accounts a ON a.no = w.account_no
        WHERE w.enabled = 1 AND a.status = 'active') each_webhook
      """;

  private final Sessions sessions;
  private final KeyVault vault;

  public SqlDeliveryQueue(Sessions sessions, KeyVault vault) {
    this.sessions = sessions;
    this.vault = vault;
  }

  @Override
  public List<Due> due(Instant now) {
    return sessions.read(handle ->
        handle
            .createQuery(DUE)
            .bind("now", now.toEpochMilli())
            .map((row, context) -> new Due(row.getLong("no"), row.getLong("account_no")))
            .list());
  }

  @Override
  public Exchanged exchange(
      Collection<Result> results, Collection<Want> wants, Instant now, Instant leaseEnd) {
    return sessions.writeLazily(handle -> {
      settle(handle, results, now);
      Map<Long, Instant> failing = health(handle, results, now);
      List<Taken> taken = new ArrayList<>();
      for (Want want : wants) {
        taken.addAll(take(handle, want, now, leaseEnd));
      }
      return new Exchanged(taken, failing);
    });
  }

  private static List<Taken> take(Handle handle, Want want, Instant now, Instant leaseEnd) {
    Optional<Long> account =
        handle.createQuery(ACCOUNT).bind("webhook", want.webhookNo()).mapTo(Long.class).findOne();
    if (account.isEmpty()) {
      return List.of();
    }
    return handle
        .createQuery(TAKE)
        .bind("webhook", want.webhookNo())
        .bind("now", now.toEpochMilli())
        .bind("rows", want.count())
        .bind("lease", leaseEnd.toEpochMilli())
        .map((row, context) ->
            new Taken(
                row.getLong("no"),
                want.webhookNo(),
                account.get(),
                row.getInt("attempts"),
                leaseEnd))
        .list();
  }

  private static void settle(Handle handle, Collection<Result> results, Instant now) {
    PreparedBatch attempts = handle.prepareBatch(ATTEMPT);
    PreparedBatch settled = handle.prepareBatch(SETTLE);
    for (Result result : results) {
      Attempt attempt = result.attempt();
      if (attempt != null) {
        attempts
            .bind("no", result.delivery().no())
            .bind("at", attempt.at().toEpochMilli())
            .bind("status", attempt.status())
            .bind("millis", attempt.took().toMillis())
            .bind("answer", attempt.answer())
            .bind("error", attempt.error())
            .add();
      }
      DeliveryStatus status = status(result.outcome());
      settled
          .bind("no", result.delivery().no())
          .bind("lease", result.delivery().leasedUntil().toEpochMilli())
          .bind("status", status == null ? null : status.text())
          .bind("made", attempt == null ? 0 : 1)
          .bind("next", Rows.millis(result.nextAt()))
          .bind("finished", result.nextAt() == null ? now.toEpochMilli() : null)
          .add();
    }
    if (attempts.size() > 0) {
      attempts.execute();
    }
    if (settled.size() > 0) {
      settled.execute();
    }
  }

  private static @Nullable DeliveryStatus status(Outcome outcome) {
    return switch (outcome) {
      case SUCCEEDED -> DeliveryStatus.SUCCEEDED;
      case RETRIED -> DeliveryStatus.RETRYING;
      case FAILED, GONE -> DeliveryStatus.FAILED;
      case RETURNED -> null;
    };
  }

  /** In the order of the webhooks' numbers, so that no two nodes wait for each other. */
  private static Map<Long, Instant> health(Handle handle, Collection<Result> results, Instant now) {
    Map<Long, Boolean> succeeded = new TreeMap<>();
    for (Result result : results) {
      if (result.outcome() != Outcome.RETURNED) {
        succeeded.merge(
            result.delivery().webhookNo(),
            result.outcome() == Outcome.SUCCEEDED,
            Boolean::logicalOr);
      }
    }
    Map<Long, Instant> failing = new TreeMap<>();
    succeeded.forEach((webhook, healthy) -> {
      if (healthy) {
        handle.createUpdate(HEALTHY).bind("webhook", webhook).execute();
      } else {
        handle
            .createQuery(FAILING)
            .bind("webhook", webhook)
            .bind("now", now.toEpochMilli())
            .bind("recent", now.minus(RUN_ENDS_AFTER).toEpochMilli())
            .map((row, context) -> Rows.instant(row, "failing_since"))
            .findOne()
            .ifPresent(since -> failing.put(webhook, since));
      }
    });
    return failing;
  }

  @Override
  public List<Message> messages(long webhookNo, Collection<Taken> deliveries) {
    return sessions.read(handle -> new MessageReader(handle, vault).read(webhookNo, deliveries));
  }

  @Override
  public Backlog backlog() {
    return sessions.read(handle ->
        handle
            .createQuery(BACKLOG)
            .map((row, context) ->
                new Backlog(row.getLong("waiting"), Rows.instantOrNull(row, "oldest")))
            .one());
  }
}
