package dev.licet.store.sql;

import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * Writes changes down for other processes, each once per transaction, and collects them for this
 * one.
 */
final class SqlChangeFeed implements ChangeFeed {
  /** Adds a change. */
  private static final String INSERT =
      "INSERT INTO change_feed (kind, ref_no, at) VALUES (:kind, :no, :at)";

  /** Forgets the oldest changes. The latest stay, whatever a clock that is wrong says of them. */
  private static final String FORGET =
      """
      DELETE FROM change_feed WHERE seq IN (
        SELECT seq FROM change_feed
        WHERE at < :before AND seq <= (SELECT MAX(seq) FROM change_feed) - 1000
        ORDER BY at LIMIT :limit)
      """;

  private final Handle handle;
  private final Dialect dialect;
  private final InstantSource clock;
  private final Set<Change> collected;

  SqlChangeFeed(Handle handle, Dialect dialect, InstantSource clock, Set<Change> collected) {
    this.handle = handle;
    this.dialect = dialect;
    this.clock = clock;
    this.collected = collected;
  }

  @Override
  public void licenseChanged(long licenseNo) {
    add(new Change(Change.Kind.LICENSE, licenseNo));
  }

  @Override
  public void seatTaken(long licenseNo) {
    add(new Change(Change.Kind.SEAT_TAKEN, licenseNo));
  }

  @Override
  public void keyAdded(long licenseNo) {
    add(new Change(Change.Kind.KEY_ADDED, licenseNo));
  }

  @Override
  public void planChanged(long planNo) {
    add(new Change(Change.Kind.PLAN, planNo));
  }

  @Override
  public void productChanged(long productNo) {
    add(new Change(Change.Kind.PRODUCT, productNo));
  }

  @Override
  public void accountChanged(long accountNo) {
    add(new Change(Change.Kind.ACCOUNT, accountNo));
  }

  @Override
  public void apiKeyChanged(long keyNo) {
    add(new Change(Change.Kind.API_KEY, keyNo));
  }

  /** Wakes those who read events, unless another change of this transaction does. */
  void eventAppended(long accountNo) {
    if (collected.isEmpty()) {
      add(new Change(Change.Kind.EVENT, accountNo));
    }
  }

  @Override
  public int forget(Instant before, int limit) {
    return Rows.deleteOldest(handle, FORGET, before, limit);
  }

  private void add(Change change) {
    if (!collected.add(change)) {
      return;
    }
    handle
        .createUpdate(INSERT)
        .bind("kind", change.kind().name())
        .bind("no", change.no())
        .bind("at", clock.millis())
        .execute();
    if (dialect.announceChange() != null && collected.size() == 1) {
      handle.execute(dialect.announceChange());
    }
  }
}
