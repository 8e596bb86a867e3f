package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A page of a licence's history, newest first.
 *
 * <p>Walks the blocks of the journal from the latest down, in groups that grow: a licence in use
 * has its page in the first ones, one that is not needs few statements to find out. Stops as soon
 * as no block that is left can hold anything that belongs on the page.
 */
final class UsageHistory {
  private static final int LARGEST_GROUP = 256;

  private static final Comparator<UsageRecord> NEWEST_FIRST =
      Comparator.comparingLong((UsageRecord use) -> use.event().atMillis())
          .thenComparingLong(UsageRecord::eventId)
          .reversed();

  private static final String EVENT =
      """
      SELECT e.id, e.license_no, e.at, e.outcome, e.domain, e.fingerprint, e.ip,
        e.domain_seat, e.device_seat
      """;

  private static final String WANTED =
      """
        AND e.at >= :from AND e.at < :to AND e.outcome BETWEEN :lowest AND :highest
        AND (e.at, e.id) < (:after_at, :after_id)
      ORDER BY e.at DESC, e.id DESC LIMIT :limit
      """;

  /** What is not folded yet. */
  private static final String UNFOLDED =
      EVENT + UsageTail.UNFOLDED + "AND e.license_no = :license\n" + WANTED;

  /** What the index of some blocks knows. */
  private static final String IN_BLOCKS =
      EVENT
          + """
          FROM usage_index i CROSS JOIN usage_events e
          WHERE i.block IN (<nos>) AND i.license_no = :license AND e.id = i.id
          """
          + WANTED;

  /** The next blocks that may hold something, the latest first. */
  private static final String BLOCKS =
      """
      SELECT block, last_at FROM usage_blocks
      WHERE last_at >= :from AND first_at < :to AND first_at <= :after_at
        AND (last_at, block) < (:seen_last_at, :seen_block)
      ORDER BY last_at DESC, block DESC LIMIT :rows
      """;

  private record Block(long no, long lastAt) {}

  private final Handle handle;
  private final long licenseNo;
  private final UsageQuery query;
  private List<UsageRecord> page = new ArrayList<>();

  UsageHistory(Handle handle, long licenseNo, UsageQuery query) {
    this.handle = handle;
    this.licenseNo = licenseNo;
    this.query = query;
  }

  List<UsageRecord> read() {
    merge(events(handle.createQuery(UNFOLDED)));
    Block seen = new Block(Long.MAX_VALUE, Long.MAX_VALUE);
    for (int size = 1; ; size = Math.min(size * 2, LARGEST_GROUP)) {
      List<Block> blocks = blocks(seen, size + 1);
      if (blocks.isEmpty() || isCertain(blocks.getFirst())) {
        return page;
      }
      List<Block> group = blocks.subList(0, Math.min(size, blocks.size()));
      List<Long> numbers = group.stream().map(Block::no).toList();
      merge(events(handle.createQuery(IN_BLOCKS).bind("nos", Rows.list(numbers))));
      if (blocks.size() <= size) {
        return page;
      }
      seen = group.getLast();
    }
  }

  /** Whether nothing in {@code next} or in a block after it belongs on the page. */
  private boolean isCertain(Block next) {
    return page.size() >= query.limit() && page.getLast().event().atMillis() > next.lastAt();
  }

  private void merge(List<UsageRecord> found) {
    page.addAll(found);
    page.sort(NEWEST_FIRST);
    if (page.size() > query.limit()) {
      page = new ArrayList<>(page.subList(0, query.limit()));
    }
  }

  private List<Block> blocks(Block seen, int rows) {
    return bindTimes(handle.createQuery(BLOCKS))
        .bind("seen_last_at", seen.lastAt())
        .bind("seen_block", seen.no())
        .bind("rows", rows)
        .map((row, context) -> new Block(row.getLong("block"), row.getLong("last_at")))
        .list();
  }

  private List<UsageRecord> events(Query events) {
    boolean refusedOnly = Boolean.FALSE.equals(query.valid());
    boolean validOnly = Boolean.TRUE.equals(query.valid());
    return bindTimes(events)
        .bind("license", licenseNo)
        .bind("lowest", refusedOnly ? 1 : 0)
        .bind("highest", validOnly ? 0 : Byte.MAX_VALUE)
        .bind("after_id", query.after() == null ? Long.MAX_VALUE : query.after().eventId())
        .bind("limit", query.limit())
        .map((row, context) -> record(row))
        .list();
  }

  private Query bindTimes(Query statement) {
    return statement
        .bind("from", millis(query.from(), Long.MIN_VALUE))
        .bind("to", millis(query.to(), Long.MAX_VALUE))
        .bind(
            "after_at", query.after() == null ? Long.MAX_VALUE : query.after().at().toEpochMilli());
  }

  private static long millis(@Nullable Instant instant, long otherwise) {
    return instant == null ? otherwise : instant.toEpochMilli();
  }

  private static UsageRecord record(ResultSet row) throws SQLException {
    return new UsageRecord(
        row.getLong("id"),
        new UsageEvent(
            row.getLong("license_no"),
            row.getLong("at"),
            Outcome.of(row.getInt("outcome")),
            row.getString("domain"),
            row.getString("fingerprint"),
            row.getString("ip"),
            row.getLong("domain_seat"),
            row.getLong("device_seat")));
  }
}
