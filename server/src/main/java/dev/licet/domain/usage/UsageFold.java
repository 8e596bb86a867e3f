package dev.licet.domain.usage;

import dev.licet.domain.FirstWarning;
import dev.licet.domain.usage.FoldStore.Node;
import dev.licet.domain.usage.FoldStore.Position;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Moves the journal's events into counters, last-seen times, rollups and the index of the history.
 *
 * <p>A round waits until enough events have come or enough time has passed, since a round over many
 * events touches each counter once. It is written in small slices, so that the commits of
 * validations pass between them. Every node folds its own events, and what nodes that rest or are
 * gone have left.
 */
public final class UsageFold implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UsageFold.class.getName());

  private static final int ROUND_EVENTS = FoldRows.MAX_EVENTS;
  private static final long ROUND_NANOS = 60_000_000_000L;
  private static final long OTHERS_NANOS = 15_000_000_000L;
  private static final long TICK_NANOS = 100_000_000L;
  private static final long CLOSE_MILLIS = 5_000;

  /** The part of a round's work that is to read it. */
  private static final double READING = 0.5;

  private static final int MIN_SLICE_ROWS = 64;
  private static final int MAX_SLICE_ROWS = 8_192;

  private final FoldStore store;
  private final UsageJournal journal;
  private final NodeWatch watch;
  private final Thread folder;
  private final FoldRows rows;
  private final LongSupplier clock;
  private final FoldPace pace;

  private volatile boolean closing;
  private volatile long closeBy;
  private volatile long foldedTo;
  private int sliceRows = 512;
  private long shownAt;
  private final FirstWarning trouble =
      new FirstWarning(LOG, "the fold of the usage journal waits: {0}");

  public UsageFold(FoldStore store, UsageJournal journal) {
    this(store, journal, new FoldRows());
  }

  /**
   * @param rows holds the events of a round
   */
  public UsageFold(FoldStore store, UsageJournal journal, FoldRows rows) {
    this(store, journal, rows, System::nanoTime);
  }

  /**
   * @param clock of nanoseconds, such as {@link System#nanoTime}
   */
  UsageFold(FoldStore store, UsageJournal journal, FoldRows rows, LongSupplier clock) {
    this.store = store;
    this.journal = journal;
    this.rows = rows;
    this.clock = clock;
    this.pace = new FoldPace(ROUND_EVENTS, this::lag, clock);
    this.shownAt = clock.getAsLong() - OTHERS_NANOS;
    this.watch = new NodeWatch(store.isShared());
    this.foldedTo = journal.nextId() - 1;
    this.folder = Thread.ofPlatform().name("usage-fold").daemon().unstarted(this::run);
  }

  public void start() {
    folder.start();
  }

  /** Events of this node that are not folded yet. */
  public long lag() {
    return Math.max(0, journal.nextId() - 1 - foldedTo);
  }

  /** Folds what there is, closes this node's journal in the database, and stops. */
  @Override
  public void close() {
    close(Duration.ofHours(1));
  }

  /** The same, but leaves to the next start what it has not folded after {@code limit}. */
  public void close(Duration limit) {
    closeBy = clock.getAsLong() + limit.toNanos();
    closing = true;
    LockSupport.unpark(folder);
    try {
      folder.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    long lastRound = clock.getAsLong();
    long lastOthers = lastRound - OTHERS_NANOS;
    while (!closing) {
      long now = clock.getAsLong();
      if (now - lastOthers >= OTHERS_NANOS) {
        guarded(this::visitOthers);
        lastOthers = now;
      }
      long lag = lag();
      if (lag >= ROUND_EVENTS || (lag > 0 && now - lastRound >= ROUND_NANOS)) {
        guarded(this::foldOwn);
        lastRound = clock.getAsLong();
      }
      LockSupport.parkNanos(this, TICK_NANOS);
    }
    guarded(this::finish);
  }

  private void finish() {
    long before;
    do {
      before = foldedTo;
      foldOwn();
    } while (foldedTo > before);
    if (journal.ended() && lag() == 0) {
      store.closeNode(journal.nodeNo(), Long.MAX_VALUE);
    }
  }

  /**
   * Folds one round of what this node has recorded. One only, since under load the next one is the
   * cheaper the longer it waits.
   */
  private void foldOwn() {
    Optional<Position> own = ownPosition();
    if (own.isEmpty()) {
      // It stood still, and another node took it for gone.
      store.keepAlive(journal.nodeNo(), foldedTo);
      own = ownPosition();
    }
    own.ifPresent(position -> foldedTo = foldNext(position).orElse(position).foldedTo());
  }

  private Optional<Position> ownPosition() {
    return store.positions().stream()
        .filter(position -> position.nodeNo() == journal.nodeNo())
        .findFirst();
  }

  /** Folds a round of each other node that appends nothing. */
  private void visitOthers() {
    showLife();
    List<Node> others = store.others(journal.nodeNo());
    Map<Long, NodeWatch.State> states = watch.look(others, clock.getAsLong());
    for (Node other : others) {
      NodeWatch.State state = states.get(other.no());
      if (closing || state == NodeWatch.State.BUSY) {
        continue;
      }
      foldNext(other.position());
      if (state == NodeWatch.State.GONE) {
        store.closeNode(other.no(), other.seenAt());
      }
    }
  }

  /**
   * Ends the open round or folds a new one; empty when nothing is left or another folder was first.
   */
  private Optional<Position> foldNext(Position position) {
    return position.roundOpen()
        ? foldRound(position)
        : store.openRound(position, ROUND_EVENTS).flatMap(this::foldRound);
  }

  /** Folds an open round; empty when another folder took it over, or there is no time for it. */
  private Optional<Position> foldRound(Position open) {
    Optional<Position> position = Optional.of(open);
    pace.begin(open.nodeNo() == journal.nodeNo());
    while (position.isPresent() && position.get().roundOpen()) {
      position = read(position.get()) ? write(position.get()) : Optional.empty();
    }
    return position;
  }

  /** Whether this fold closes, and leaves a round to whoever is next. */
  private boolean leaves(Position round) {
    return closing && (round.nodeNo() != journal.nodeNo() || clock.getAsLong() - closeBy > 0);
  }

  /** Counts the events that were read; empty as for a round. */
  private Optional<Position> write(Position begin) {
    Position position = begin;
    int row = 0;
    do {
      if (leaves(position)) {
        return Optional.empty();
      }
      int end = sliceEnd(rows, row);
      Position next = next(position, end);
      long start = clock.getAsLong();
      Optional<Duration> took = store.apply(rows, row, end, position, next);
      if (took.isEmpty()) {
        return Optional.empty();
      }
      adaptSlice(took.get());
      position = next;
      row = end;
      rest(clock.getAsLong() - start, READING + (1 - READING) * row / rows.size());
    } while (row < rows.size());
    return Optional.of(position);
  }

  /** Where the fold is when the rows before {@code row} are counted. */
  private Position next(Position position, int row) {
    if (row == rows.size() && rows.isWhole()) {
      return new Position(position.nodeNo(), position.roundTo(), position.roundTo(), 0);
    }
    long license = row == rows.size() ? rows.bound() : rows.license(row);
    return new Position(position.nodeNo(), position.foldedTo(), position.roundTo(), license);
  }

  /**
   * In parts with rests between them: a round's events at once would take a core for long.
   *
   * @return false when there is no time for it
   */
  private boolean read(Position open) {
    rows.clear(open);
    for (long from = open.foldedTo() + 1; from <= open.roundTo(); from += FoldRows.MAX_PART) {
      if (leaves(open)) {
        return false;
      }
      long begin = clock.getAsLong();
      store.read(open, from, Math.min(open.roundTo(), from + FoldRows.MAX_PART - 1), rows);
      rows.narrow();
      double read = (double) (from - open.foldedTo()) / (open.roundTo() - open.foldedTo());
      rest(clock.getAsLong() - begin, READING * read);
    }
    rows.sort();
    return true;
  }

  /** The end of a slice: all rows of a licence are in the same one. */
  private int sliceEnd(FoldRows rows, int start) {
    int end = Math.min(rows.size(), start + sliceRows);
    while (end > start && end < rows.size() && rows.license(end) == rows.license(end - 1)) {
      end++;
    }
    return end;
  }

  private void adaptSlice(Duration took) {
    if (took.compareTo(store.slice()) > 0) {
      sliceRows = Math.max(MIN_SLICE_ROWS, sliceRows / 2);
    } else if (took.multipliedBy(2).compareTo(store.slice()) < 0) {
      sliceRows = Math.min(MAX_SLICE_ROWS, sliceRows * 2);
    }
  }

  private void guarded(Runnable work) {
    try {
      work.run();
      trouble.worked();
    } catch (RuntimeException e) {
      trouble.failed(e);
    }
  }

  /** Says that this node lives, of which others would doubt in the course of a long round. */
  private void showLife() {
    long now = clock.getAsLong();
    if (store.isShared() && now - shownAt >= OTHERS_NANOS) {
      store.keepAlive(journal.nodeNo(), foldedTo);
      shownAt = now;
    }
  }

  /** Leaves the rest after a part of a round to others; one that closes takes none. */
  private void rest(long workedNanos, double done) {
    showLife();
    long nanos = pace.rest(workedNanos, done);
    if (!closing && nanos > 0) {
      LockSupport.parkNanos(this, nanos);
    }
  }
}
