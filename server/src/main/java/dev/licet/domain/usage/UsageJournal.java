package dev.licet.domain.usage;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.usage.Flight.Entry;
import dev.licet.domain.usage.Flight.Fate;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The record of validations, by group commit: one thread appends all that are in flight in one
 * transaction and then answers them. No timer: a batch starts when the last commit has returned, so
 * that one request alone waits for one commit and a thousand share one.
 *
 * <p>While the database is away, batches go into a {@link Spill} instead. A second thread writes
 * them; it also takes over a batch whose commit does not return in time. Meanwhile the first one
 * waits for the database, and replays. A batch has its ids before it goes either way.
 */
public final class UsageJournal implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(UsageJournal.class.getName());

  /** When events are acknowledged. */
  public enum Mode {
    /** When they are committed. */
    COMMITTED,
    /** When they are queued: a crash loses what was not yet committed. */
    QUEUED
  }

  private static final int MAX_WAITING = 65_536;
  private static final long CLOSE_MILLIS = 5_000;
  private static final long RETRY_NANOS = 200_000_000L;
  private static final long GATHER_NANOS = 10_000_000L;

  /** A commit that takes longer waits alone: those who wait for it are answered from the spill. */
  private static final long PATIENCE_NANOS = 600_000_000L;

  private static final long WATCH_NANOS = 50_000_000L;

  private final JournalStore store;
  private final Mode mode;
  private final Spill spill;
  private final SpillReplay replay;
  private final DatabaseState database;
  private final long nodeNo;
  private final Thread writer;
  private final Thread spiller;
  private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();

  /** Held while a batch is taken over or goes into the spill, and while the way back is taken. */
  private final ReentrantLock turn = new ReentrantLock();

  private volatile boolean writerSleeps;
  private volatile boolean spillerSleeps;
  private volatile boolean closing;
  private volatile boolean healthy = true;
  private volatile boolean away;
  private volatile long nextId;
  private volatile @Nullable Flight flight;

  /** What was answered and is not safe yet. */
  private volatile @Nullable Flight kept;

  /** Opens a journal that answers nobody while the database is away. */
  public UsageJournal(JournalStore store, Mode mode) {
    this(store, mode, Spill.NONE, new SpillReplay(store), new DatabaseState());
  }

  /** Opens a journal for this process; the store gives it a number of its own. */
  public UsageJournal(
      JournalStore store, Mode mode, Spill spill, SpillReplay replay, DatabaseState database) {
    this.store = store;
    this.mode = mode;
    this.spill = spill;
    this.replay = replay;
    this.database = database;
    this.nodeNo = store.openNode();
    this.nextId = JournalStore.firstId(nodeNo);
    this.writer = Thread.ofPlatform().name("usage-journal").unstarted(this::write);
    this.spiller = Thread.ofPlatform().name("usage-spill").daemon().unstarted(this::spill);
  }

  public void start() {
    writer.start();
    spiller.start();
  }

  /** A lane that answers on {@code executor}. */
  public JournalLane lane(Executor executor) {
    return new JournalLane(this, executor);
  }

  /** Takes an event; false when too many wait already. */
  boolean accept(Entry entry) {
    if (closing || waitingCount.incrementAndGet() > MAX_WAITING) {
      waitingCount.decrementAndGet();
      return false;
    }
    waiting.add(entry);
    if (writerSleeps) {
      LockSupport.unpark(writer);
    }
    if (spillerSleeps) {
      LockSupport.unpark(spiller);
    }
    return true;
  }

  /** Whether events are acknowledged when they are accepted. */
  boolean acknowledgesAtOnce() {
    return mode == Mode.QUEUED;
  }

  /** The number of this process among all that ever wrote to the database. */
  public long nodeNo() {
    return nodeNo;
  }

  /** The id that the next event gets: how far the journal is. */
  public long nextId() {
    return nextId;
  }

  /** Events that wait for their commit. */
  public int waiting() {
    return waitingCount.get();
  }

  /** Whether the last batch reached the database, and the next one will be tried. */
  public boolean healthy() {
    return healthy && !away && writer.isAlive();
  }

  /** Whether what is recorded now survives a crash, in the database or where it waits for it. */
  public boolean records() {
    return writer.isAlive() && (away ? spill.hasRoom() : healthy);
  }

  /** Whether nothing will be appended any more. */
  boolean ended() {
    return closing && !writer.isAlive() && !away;
  }

  /** Takes no more events and commits those that wait, for at most 5 seconds. */
  @Override
  public void close() {
    closing = true;
    long end = System.nanoTime() + CLOSE_MILLIS * 1_000_000;
    try {
      for (Thread thread : List.of(writer, spiller)) {
        LockSupport.unpark(thread);
        thread.join(Math.max(1, (end - System.nanoTime()) / 1_000_000));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    while (true) {
      List<Entry> batch = away ? List.of() : drain();
      if (!batch.isEmpty()) {
        append(new Flight(nextId, batch));
        gather();
      } else if (closing) {
        LockSupport.unpark(spiller);
        return;
      } else if (!away) {
        sleep();
      } else if (!comesBack()) {
        LockSupport.parkNanos(this, RETRY_NANOS);
      }
    }
  }

  private List<Entry> drain() {
    if (waiting.isEmpty()) {
      return List.of();
    }
    List<Entry> batch = new ArrayList<>();
    while (batch.size() < JournalStore.MAX_BATCH) {
      Entry entry = waiting.poll();
      if (entry == null) {
        break;
      }
      batch.add(entry);
    }
    waitingCount.addAndGet(-batch.size());
    return batch;
  }

  /** Nobody waits for what is queued: a few commits a second with much in them cost least. */
  private void gather() {
    if (mode == Mode.QUEUED && !closing && waitingCount.get() < JournalStore.MAX_BATCH) {
      LockSupport.parkNanos(this, GATHER_NANOS);
    }
  }

  private void sleep() {
    writerSleeps = true;
    if (waiting.isEmpty() && !closing && !away) {
      LockSupport.park(this);
    }
    writerSleeps = false;
  }

  private void append(Flight started) {
    flight = started;
    Fate fate = started.appendTo(store);
    flight = null;
    if (!started.settle()) {
      awaitTakeOver();
      return;
    }
    if (fate == Fate.APPENDED) {
      nextId = started.nextId();
      healthy = true;
      answer(started, true);
    } else if (fate == Fate.UNKNOWN || mode == Mode.QUEUED) {
      LOG.log(Level.WARNING, "validations wait elsewhere: {0}", String.valueOf(started.fault()));
      leave(started);
    } else {
      fail(started);
    }
  }

  /** The other thread has the batch: until it has taken it away, the next one has no ids yet. */
  private void awaitTakeOver() {
    turn.lock();
    try {
      LOG.log(Level.DEBUG, "a batch was taken over; the next id is {0}", nextId);
    } finally {
      turn.unlock();
    }
  }

  private void fail(Flight started) {
    if (healthy) {
      LOG.log(Level.ERROR, "validations cannot be recorded", started.fault());
    }
    healthy = false;
    answer(started, false);
    renumber();
  }

  /** A batch that seemed to fail may be there: the next one has other ids in any case. */
  private void renumber() {
    try {
      nextId = Math.max(nextId, store.nextId(nodeNo));
    } catch (RuntimeException e) {
      LOG.log(Level.DEBUG, "the journal cannot be read", e);
    }
  }

  /**
   * Sends a batch of which nobody knows whether it was appended, and all that follow, elsewhere.
   */
  private void leave(Flight inDoubt) {
    turn.lock();
    try {
      away = true;
      database.recording(false);
      spill(inDoubt);
      nextId = inDoubt.nextId(); // whatever became of it
    } finally {
      turn.unlock();
    }
    LockSupport.unpark(writer);
    LockSupport.unpark(spiller);
  }

  /** Writes batches elsewhere while the database is away, and looks for one that takes too long. */
  private void spill() {
    while (!closing || away || writer.isAlive()) {
      Flight late = flight;
      if (away) {
        spillWaiting();
        if (closing && (waiting.isEmpty() || kept != null)) {
          return;
        }
      } else if (late != null && late.takesLongerThan(PATIENCE_NANOS)) {
        takeOver(late);
      } else {
        LockSupport.parkNanos(this, WATCH_NANOS);
      }
    }
  }

  private void takeOver(Flight late) {
    turn.lock();
    try {
      if (late.settle()) {
        LOG.log(Level.WARNING, "the database takes too long: validations wait for it elsewhere");
        leave(late);
      }
    } finally {
      turn.unlock();
    }
  }

  private void spillWaiting() {
    turn.lock();
    try {
      Flight next = kept;
      if (next == null && away) {
        List<Entry> batch = drain();
        next = batch.isEmpty() ? null : new Flight(nextId, batch);
      }
      if (next != null && spill(next)) {
        nextId = next.nextId();
      }
    } finally {
      turn.unlock();
    }
    spillerSleeps = true;
    if ((waiting.isEmpty() || kept != null) && away && !closing) {
      LockSupport.parkNanos(this, WATCH_NANOS);
    }
    spillerSleeps = false;
  }

  /** Writes a batch elsewhere. What was answered already is kept when there is no room. */
  private boolean spill(Flight batch) {
    boolean safe = spill.add(batch.batch());
    kept = !safe && mode == Mode.QUEUED ? batch : null;
    answer(batch, safe);
    return safe;
  }

  /** Replays, and takes the way back when nothing waits any more; false when it is not there. */
  private boolean comesBack() {
    if (!database.isReachable()) {
      return false;
    }
    try {
      while (replay.step(spill)) {
        if (closing) {
          return false;
        }
      }
      return takeWayBack();
    } catch (StoreUnavailableException e) {
      return false;
    } catch (RuntimeException e) {
      if (healthy) {
        LOG.log(Level.ERROR, "validations that wait cannot be recorded", e);
      }
      healthy = false;
      return false;
    }
  }

  private boolean takeWayBack() {
    turn.lock();
    try {
      long there = store.nextId(nodeNo);
      if (!spill.isEmpty() || !appendKept(there)) {
        return false;
      }
      nextId = Math.max(nextId, there);
      away = false;
      healthy = true;
      database.recording(true);
      LOG.log(Level.INFO, "validations are recorded in the database again");
      return true;
    } finally {
      turn.unlock();
    }
  }

  private boolean appendKept(long there) {
    Flight last = kept;
    if (last != null && there <= last.firstId() && last.appendTo(store) != Fate.APPENDED) {
      return false;
    }
    if (last != null) {
      nextId = last.nextId();
      kept = null;
    }
    return true;
  }

  private void answer(Flight batch, boolean committed) {
    if (mode != Mode.QUEUED) {
      JournalLane.answer(batch.entries(), committed);
    }
  }
}
