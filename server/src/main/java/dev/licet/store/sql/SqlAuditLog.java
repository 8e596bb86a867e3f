package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.audit.AuditChain;
import dev.licet.domain.audit.AuditEntry;
import dev.licet.domain.audit.AuditFilter;
import dev.licet.domain.audit.AuditLog;
import dev.licet.domain.audit.AuditPlace;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.audit.Origin;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/**
 * The audit log in one transaction. Rows are collected and written last: the end of an account's
 * chain is locked for a moment only, and after all else, so that no two transactions ever wait for
 * each other over it.
 */
final class SqlAuditLog implements AuditLog {
  /** Reads and locks the end of an account's chain. */
  private static final String LOCK_HEAD =
      """
      INSERT INTO audit_heads (account_no, seq, tag) VALUES (:account, 0, :start)
      ON CONFLICT (account_no) DO UPDATE SET seq = audit_heads.seq
      RETURNING seq, tag
      """;

  /** Adds a row. */
  private static final String INSERT =
      """
      INSERT INTO audit_log (account_no, seq, id, at, live, actor, address, request_id, action,
        target, reason, before, after, tag)
      VALUES (:account, :seq, :id, :at, :live, :actor, :address, :request_id, :action,
        :target, :reason, :before, :after, :tag)
      """;

  /** Moves the end of an account's chain. */
  private static final String MOVE_HEAD =
      "UPDATE audit_heads SET seq = :seq, tag = :tag WHERE account_no = :account";

  /** Rows by their numbers. */
  static final String AT =
      AuditRows.SELECT + "WHERE account_no = :account AND seq <in_nos> ORDER BY seq DESC";

  private final Handle handle;
  private final AuditChain chain;
  private final Ids ids;
  private final InstantSource clock;
  private final List<AuditEntry> collected = new ArrayList<>();

  private record Head(long seq, byte[] tag) {}

  SqlAuditLog(Handle handle, AuditChain chain, Ids ids, InstantSource clock) {
    this.handle = handle;
    this.chain = chain;
    this.ids = ids;
    this.clock = clock;
  }

  @Override
  public void append(AuditRecord change) {
    add(Origin.current().actor(), clock.instant(), change);
  }

  /**
   * Records what happened to a licence; other events are recorded by those who made them happen.
   */
  void append(Event event) {
    License license = event.license();
    if (license == null || !event.type().changesLicense()) {
      return;
    }
    Seat seat = event.seat();
    boolean gone = event.type() == EventType.ACTIVATION_REMOVED;
    Tenant tenant = event.tenant();
    add(
        event.actor(),
        event.at(),
        new AuditRecord(
            tenant.accountNo(),
            tenant.live(),
            event.type().text(),
            license.id(),
            seat == null ? event.previous() : gone ? seat : null,
            seat == null ? license : gone ? null : seat,
            event.reason()));
  }

  private void add(Actor actor, Instant now, AuditRecord change) {
    Origin origin = Origin.current();
    Instant at = now.truncatedTo(ChronoUnit.MILLIS);
    collected.add(
        new AuditEntry(
            change.accountNo(),
            0,
            "",
            at,
            change.live(),
            actor,
            origin.address(),
            origin.requestId(),
            change.action(),
            change.target(),
            change.reason(),
            AuditData.json(change.before(), at),
            AuditData.json(change.after(), at),
            AuditChain.start()));
  }

  /** How many rows are collected. */
  int size() {
    return collected.size();
  }

  /** Forgets the rows that were collected after the first so many. */
  void truncate(int size) {
    collected.subList(size, collected.size()).clear();
  }

  /** Writes what was collected, account by account in the same order everywhere. */
  void write() {
    TreeMap<Long, List<AuditEntry>> byAccount = new TreeMap<>();
    for (AuditEntry entry : collected) {
      byAccount.computeIfAbsent(entry.accountNo(), ignored -> new ArrayList<>()).add(entry);
    }
    byAccount.forEach(this::write);
  }

  private void write(long accountNo, List<AuditEntry> entries) {
    Head head = lockHead(accountNo);
    long seq = head.seq();
    byte[] tag = head.tag();
    PreparedBatch batch = handle.prepareBatch(INSERT);
    for (AuditEntry entry : entries) {
      seq++;
      AuditEntry row = entry.placed(seq, ids.next(Ids.AUDIT));
      tag = chain.tag(tag, row);
      bind(batch, row, tag);
    }
    batch.execute();
    handle
        .createUpdate(MOVE_HEAD)
        .bind("account", accountNo)
        .bind("seq", seq)
        .bind("tag", tag)
        .execute();
  }

  private Head lockHead(long accountNo) {
    return handle
        .createQuery(LOCK_HEAD)
        .bind("account", accountNo)
        .bind("start", AuditChain.start())
        .map((row, context) -> new Head(row.getLong("seq"), row.getBytes("tag")))
        .one();
  }

  private static void bind(PreparedBatch batch, AuditEntry row, byte[] tag) {
    Boolean live = row.live();
    batch
        .bind("account", row.accountNo())
        .bind("seq", row.seq())
        .bind("id", row.id())
        .bind("at", row.at().toEpochMilli())
        .bind("live", live == null ? null : Rows.flag(live))
        .bind("actor", row.actor().text())
        .bind("address", row.address())
        .bind("request_id", row.requestId())
        .bind("action", row.action())
        .bind("target", row.target())
        .bind("reason", row.reason())
        .bind("before", row.before())
        .bind("after", row.after())
        .bind("tag", tag)
        .add();
  }

  @Override
  public List<AuditPlace> places(
      Tenant tenant, AuditFilter filter, int rows, @Nullable String startingAfter) {
    return new AuditQuery(tenant, filter, rows, startingAfter).on(handle);
  }

  @Override
  public List<AuditEntry> at(long accountNo, List<AuditPlace> places) {
    return handle
        .createQuery(AT)
        .bind("account", accountNo)
        .bind("nos", Rows.list(places.stream().map(AuditPlace::seq).toList()))
        .map((row, context) -> AuditRows.entry(row))
        .list();
  }
}
