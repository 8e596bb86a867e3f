package dev.licet.store.sql;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * A page of a licence's history, newest first.
 *
 * <p>Walks the blocks of the journal from the latest down, in groups that grow: a licence in use
 * has its page in the first ones, one that is not needs few statements to find out. Stops as soon
 * as no block that is left can hold anything that belongs on the page.
 */
final class UsageHistory {
  private static final int LARGEST_GROUP = 256;

  private static final Comparator<Place> NEWEST_FIRST =
      Comparator.comparingLong(Place::at).thenComparingLong(Place::id).reversed();

  /** What the index of some blocks knows, the latest first. */
  private static final String IN_BLOCKS =
      """
      SELECT id, at FROM usage_index
      WHERE day BETWEEN :first_day AND :last_day AND block <in_nos> AND license_no = :license
        AND at >= :from AND at < :to AND outcome BETWEEN :lowest AND :highest
        AND (at, id) < (:after_at, :after_id)
      ORDER BY at DESC, id DESC LIMIT :limit
      """;

  /** The runs that hold a licence's events of some rounds, if any. */
  private static final String IN_RUNS =
      """
      SELECT r.places FROM usage_blocks b
      JOIN usage_runs r ON r.day = b.day AND r.round_to = -b.block AND r.last_license = (
        SELECT MIN(last_license) FROM usage_runs
        WHERE day = b.day AND round_to = -b.block AND last_license >= :license)
      WHERE b.day BETWEEN :first_day AND :last_day AND b.block <in_nos>
      """;

  /** The batch that holds an event. */
  private static final String BATCH =
      """
      SELECT first_id, events FROM usage_batches
      WHERE first_id <= :id ORDER BY first_id DESC LIMIT 1
      """;

  /** The next blocks that may hold something, the latest first. */
  private static final String BLOCKS =
      """
      SELECT day, block, last_at FROM usage_blocks
      WHERE last_at >= :from AND first_at < :to AND first_at <= :after_at
        AND (last_at, block, day) < (:seen_last_at, :seen_block, :seen_day)
      ORDER BY last_at DESC, block DESC, day DESC LIMIT :rows
      """;

  private record Block(long day, long no, long lastAt) {}

  /** Where an event stands in the order of the history. */
  private record Place(long at, long id) {}

  private final Handle handle;
  private final long licenseNo;
  private final UsageQuery query;
  private final long from;
  private final long to;
  private final Place after;
  private List<Place> page = new ArrayList<>();

  UsageHistory(Handle handle, long licenseNo, UsageQuery query) {
    this.handle = handle;
    this.licenseNo = licenseNo;
    this.query = query;
    this.from = query.from() == null ? Long.MIN_VALUE : query.from().toEpochMilli();
    this.to = query.to() == null ? Long.MAX_VALUE : query.to().toEpochMilli();
    this.after =
        query.after() == null
            ? new Place(Long.MAX_VALUE, Long.MAX_VALUE)
            : new Place(query.after().at().toEpochMilli(), query.after().eventId());
  }

  List<UsageRecord> read() {
    merge(unfolded());
    Block seen = new Block(Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE);
    for (int size = 1; ; size = Math.min(size * 2, LARGEST_GROUP)) {
      List<Block> blocks = blocks(seen, size + 1);
      if (blocks.isEmpty() || isCertain(blocks.getFirst())) {
        return events();
      }
      List<Block> group = blocks.subList(0, Math.min(size, blocks.size()));
      merge(indexed(group));
      merge(inRuns(group));
      if (blocks.size() <= size) {
        return events();
      }
      seen = group.getLast();
    }
  }

  /** Whether nothing in {@code next} or in a block after it belongs on the page. */
  private boolean isCertain(Block next) {
    return page.size() >= query.limit() && page.getLast().at() > next.lastAt();
  }

  private void merge(List<Place> found) {
    SortedSet<Place> merged = new TreeSet<>(NEWEST_FIRST); // a block may be looked into twice
    merged.addAll(page);
    merged.addAll(found);
    page = new ArrayList<>(merged);
    if (page.size() > query.limit()) {
      page = new ArrayList<>(page.subList(0, query.limit()));
    }
  }

  private List<Place> unfolded() {
    List<Place> found = new ArrayList<>();
    UsageTail.forEachOf(
        handle,
        licenseNo,
        event -> addWanted(event.id(), event.atMillis(), event.outcome(), found));
    return found;
  }

  private void addWanted(long id, long at, int outcome, List<Place> found) {
    Place place = new Place(at, id);
    boolean wanted = query.valid() == null || query.valid() == (outcome == Outcome.VALID.number());
    if (at >= from && at < to && wanted && NEWEST_FIRST.compare(place, after) > 0) {
      found.add(place);
    }
  }

  private List<Block> blocks(Block seen, int rows) {
    return bindTimes(handle.createQuery(BLOCKS))
        .bind("seen_last_at", seen.lastAt())
        .bind("seen_block", seen.no())
        .bind("seen_day", seen.day())
        .bind("rows", rows)
        .map((row, context) ->
            new Block(row.getLong("day"), row.getLong("block"), row.getLong("last_at")))
        .list();
  }

  private List<Place> inRuns(List<Block> group) {
    List<Place> found = new ArrayList<>();
    bindDays(handle.createQuery(IN_RUNS), group)
        .bind("nos", Rows.list(group.stream().map(Block::no).filter(no -> no < 0).toList()))
        .bind("license", licenseNo)
        .map((row, context) -> row.getBytes("places"))
        .forEach(run ->
            RunCodec.forEach(
                run, licenseNo, (id, at, outcome) -> addWanted(id, at, outcome, found)));
    return found;
  }

  private List<Place> indexed(List<Block> group) {
    boolean refusedOnly = Boolean.FALSE.equals(query.valid());
    boolean validOnly = Boolean.TRUE.equals(query.valid());
    return bindDays(bindTimes(handle.createQuery(IN_BLOCKS)), group)
        .bind("nos", Rows.list(group.stream().map(Block::no).toList()))
        .bind("license", licenseNo)
        .bind("lowest", refusedOnly ? 1 : 0)
        .bind("highest", validOnly ? 0 : Byte.MAX_VALUE)
        .bind("after_id", after.id())
        .bind("limit", query.limit())
        .map((row, context) -> new Place(row.getLong("at"), row.getLong("id")))
        .list();
  }

  private static Query bindDays(Query statement, List<Block> group) {
    return statement
        .bind("first_day", group.stream().mapToLong(Block::day).min().orElseThrow())
        .bind("last_day", group.stream().mapToLong(Block::day).max().orElseThrow());
  }

  private Query bindTimes(Query statement) {
    return statement.bind("from", from).bind("to", to).bind("after_at", after.at());
  }

  /** The events of the page; neighbors often stand in the same batch, which is read once. */
  private List<UsageRecord> events() {
    Map<Long, UsageEvent> known = new HashMap<>();
    Set<Long> wanted = new HashSet<>();
    page.forEach(place -> wanted.add(place.id()));
    List<UsageRecord> records = new ArrayList<>(page.size());
    for (Place place : page) {
      if (!known.containsKey(place.id())) {
        readBatch(place.id(), wanted, known);
      }
      UsageEvent event = known.get(place.id());
      if (event != null) {
        records.add(new UsageRecord(place.id(), event));
      }
    }
    return records;
  }

  private void readBatch(long id, Set<Long> wanted, Map<Long, UsageEvent> known) {
    handle
        .createQuery(BATCH)
        .bind("id", id)
        .map((row, context) -> new EventReader(row.getLong(1), row.getBytes(2)))
        .findOne() // it may be gone a little before the index that names it
        .ifPresent(events -> {
          while (events.next()) {
            if (wanted.contains(events.id())) {
              known.put(events.id(), events.event());
            }
          }
        });
  }
}
