package dev.licet.store.sql;

import dev.licet.domain.counter.Consumption;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.CounterState;
import dev.licet.domain.counter.CounterStore;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.counter.Receipt;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What licences have used up. */
final class SqlCounterStore implements CounterStore {
  /** The counters of several licences. */
  private static final String OF_LICENSES =
      "SELECT license_no, name, period, used FROM counter_uses WHERE license_no <in_nos>";

  /** One counter. */
  private static final String FIND =
      "SELECT period, used FROM counter_uses WHERE license_no = :license AND name = :name";

  /** Counts on, from zero when a new period has begun, unless that passes the bound. */
  private static final String ADD =
      """
      INSERT INTO counter_uses (license_no, name, period, used)
      SELECT CAST(:license AS BIGINT), :name, CAST(:period AS BIGINT), CAST(:amount AS BIGINT)
      WHERE :amount <= :bound
      ON CONFLICT (license_no, name) DO UPDATE SET
        used = excluded.used
          + CASE WHEN counter_uses.period < excluded.period THEN 0 ELSE counter_uses.used END,
        period = CASE WHEN counter_uses.period < excluded.period
          THEN excluded.period ELSE counter_uses.period END
      WHERE excluded.used
          + CASE WHEN counter_uses.period < excluded.period THEN 0 ELSE counter_uses.used END
        <= :bound
      RETURNING period, used
      """;

  /** Sets a counter. */
  private static final String PUT =
      """
      INSERT INTO counter_uses (license_no, name, period, used)
      VALUES (:license, :name, :period, :used)
      ON CONFLICT (license_no, name) DO UPDATE SET period = excluded.period, used = excluded.used
      """;

  /** One consumption. */
  private static final String RECEIPT =
      """
      SELECT license_no, idempotency_key, name, amount, max_used, reset, used, remaining,
        resets_at, at
      FROM consumptions WHERE license_no = :license AND idempotency_key = :idempotency_key
      """;

  /** Keeps a consumption. */
  private static final String INSERT_RECEIPT =
      """
      INSERT INTO consumptions (license_no, idempotency_key, name, amount, max_used, reset, used,
        remaining, resets_at, at)
      VALUES (:license, :idempotency_key, :name, :amount, :max_used, :reset, :used,
        :remaining, :resets_at, :at)
      """;

  /** Forgets a licence's old consumptions. */
  private static final String FORGET_RECEIPTS =
      "DELETE FROM consumptions WHERE license_no = :license AND at < :before";

  /** Forgets the oldest consumptions, of all accounts. */
  private static final String FORGET_OLDEST =
      """
      DELETE FROM consumptions WHERE (license_no, at, idempotency_key) IN (
        SELECT license_no, at, idempotency_key FROM consumptions
        WHERE at < :before ORDER BY at LIMIT :limit)
      """;

  private final Handle handle;

  SqlCounterStore(Handle handle) {
    this.handle = handle;
  }

  private record Row(long licenseNo, String name, CounterUse use) {}

  @Override
  public Map<Long, Map<String, CounterUse>> ofLicenses(Collection<Long> licenseNos) {
    Map<Long, Map<String, CounterUse>> uses = new HashMap<>();
    handle
        .createQuery(OF_LICENSES)
        .bind("nos", Rows.list(licenseNos))
        .map((row, context) -> new Row(row.getLong("license_no"), row.getString("name"), use(row)))
        .forEach(row ->
            uses.computeIfAbsent(row.licenseNo(), no -> new HashMap<>())
                .put(row.name(), row.use()));
    return uses;
  }

  @Override
  public CounterUse find(long licenseNo, String name) {
    return handle
        .createQuery(FIND)
        .bind("license", licenseNo)
        .bind("name", name)
        .map((row, context) -> use(row))
        .findOne()
        .orElse(CounterUse.NONE);
  }

  @Override
  public Optional<CounterUse> add(long licenseNo, String name, CounterUse use, long bound) {
    return handle
        .createQuery(ADD)
        .bind("license", licenseNo)
        .bind("name", name)
        .bind("period", use.period())
        .bind("amount", use.used())
        .bind("bound", bound)
        .map((row, context) -> use(row))
        .findOne();
  }

  @Override
  public void put(long licenseNo, String name, CounterUse use) {
    handle
        .createUpdate(PUT)
        .bind("license", licenseNo)
        .bind("name", name)
        .bind("period", use.period())
        .bind("used", use.used())
        .execute();
  }

  @Override
  public Optional<Receipt> receipt(long licenseNo, String idempotencyKey) {
    return handle
        .createQuery(RECEIPT)
        .bind("license", licenseNo)
        .bind("idempotency_key", idempotencyKey)
        .map((row, context) -> receipt(row))
        .findOne();
  }

  @Override
  public void insert(Receipt receipt) {
    CounterState state = receipt.consumed().state();
    handle
        .createUpdate(INSERT_RECEIPT)
        .bind("license", receipt.licenseNo())
        .bind("idempotency_key", receipt.idempotencyKey())
        .bind("name", receipt.consumed().name())
        .bind("amount", receipt.consumed().amount())
        .bind("max_used", state.rule().limit())
        .bind("reset", state.rule().reset().text())
        .bind("used", state.used())
        .bind("remaining", state.remaining())
        .bind("resets_at", Rows.millis(state.resetsAt()))
        .bind("at", receipt.at().toEpochMilli())
        .execute();
  }

  @Override
  public int forgetReceipts(Instant before, int limit) {
    return Rows.deleteOldest(handle, FORGET_OLDEST, before, limit);
  }

  @Override
  public void forgetReceipts(long licenseNo, Instant before) {
    handle
        .createUpdate(FORGET_RECEIPTS)
        .bind("license", licenseNo)
        .bind("before", before.toEpochMilli())
        .execute();
  }

  private static CounterUse use(ResultSet row) throws SQLException {
    return new CounterUse(row.getLong("period"), row.getLong("used"));
  }

  private static Receipt receipt(ResultSet row) throws SQLException {
    CounterRule rule =
        new CounterRule(
            Rows.longOrNull(row, "max_used"),
            CounterReset.of(row.getString("reset")).orElseThrow());
    CounterState state =
        new CounterState(
            rule,
            row.getLong("used"),
            Rows.longOrNull(row, "remaining"),
            Rows.instantOrNull(row, "resets_at"));
    return new Receipt(
        row.getLong("license_no"),
        row.getString("idempotency_key"),
        new Consumption.Consumed(row.getString("name"), row.getLong("amount"), state),
        Rows.instant(row, "at"));
  }
}
