package dev.licet.domain.usage;

import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The record of validations, by group commit: one thread appends all that are in flight in one
 * transaction and then answers them. No timer: a batch starts when the last commit has returned, so
 * that one request alone waits for one commit and a thousand share one.
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

  private final JournalStore store;
  private final Mode mode;
  private final long nodeNo;
  private final Thread writer;
  private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();

  private volatile boolean writerSleeps;
  private volatile boolean closing;
  private volatile boolean healthy = true;
  private volatile long nextId;

  /** Opens a journal for this process; the store gives it a number of its own. */
  public UsageJournal(JournalStore store, Mode mode) {
    this.store = store;
    this.mode = mode;
    this.nodeNo = store.openNode();
    this.nextId = JournalStore.firstId(nodeNo);
    this.writer = Thread.ofPlatform().name("usage-journal").unstarted(this::write);
  }

  public void start() {
    writer.start();
  }

  /** Hears what became of an event, on the executor of its lane. */
  public interface Acknowledgement {
    void committed();

    /** The database could not be reached: whether the event is recorded is unknown. */
    void failed();
  }

  private record Entry(
      long accountNo, UsageEvent event, Lane lane, Acknowledgement acknowledgement) {}

  /** A source of events, such as an event loop, with the thread on which it hears of them. */
  public final class Lane {
    private final Executor executor;

    /** What the writer answers next; only the writer touches it. */
    private List<Acknowledgement> answered = new ArrayList<>();

    private Lane(Executor executor) {
      this.executor = executor;
    }

    /**
     * Hands over an event.
     *
     * @param accountNo whose quota it counts against, unless it was refused for that
     * @return false when too many wait already; the event is not recorded then
     */
    public boolean submit(long accountNo, UsageEvent event, Acknowledgement acknowledgement) {
      if (closing || waitingCount.incrementAndGet() > MAX_WAITING) {
        waitingCount.decrementAndGet();
        return false;
      }
      waiting.add(new Entry(accountNo, event, this, acknowledgement));
      if (writerSleeps) {
        LockSupport.unpark(writer);
      }
      if (mode == Mode.QUEUED) {
        execute(acknowledgement::committed);
      }
      return true;
    }

    /** Runs something on the lane's thread. */
    public void execute(Runnable task) {
      executor.execute(task);
    }

    private void flush(boolean committed) {
      List<Acknowledgement> batch = answered;
      answered = new ArrayList<>(batch.size());
      try {
        executor.execute(() -> batch.forEach(each -> acknowledge(each, committed)));
      } catch (RejectedExecutionException e) {
        LOG.log(Level.WARNING, "a source of validations is gone: nobody waits for their answers");
      }
    }

    /** One answer that cannot be given does not keep the others from theirs. */
    private static void acknowledge(Acknowledgement acknowledgement, boolean committed) {
      try {
        if (committed) {
          acknowledgement.committed();
        } else {
          acknowledgement.failed();
        }
      } catch (RuntimeException e) {
        LOG.log(Level.WARNING, "an answer could not be given", e);
      }
    }
  }

  /** A lane that answers on {@code executor}. */
  public Lane lane(Executor executor) {
    return new Lane(executor);
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
    return healthy && writer.isAlive();
  }

  /** Whether nothing will be appended any more. */
  boolean ended() {
    return closing && !writer.isAlive();
  }

  /** Takes no more events and commits those that wait, for at most 5 seconds. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void write() {
    List<Entry> batch = new ArrayList<>(JournalStore.MAX_BATCH);
    while (true) {
      drain(batch);
      if (!batch.isEmpty()) {
        if (mode == Mode.QUEUED) {
          appendAtLast(batch);
          gather();
        } else {
          answer(batch, append(batch));
        }
        batch.clear();
      } else if (closing) {
        return;
      } else {
        sleep();
      }
    }
  }

  private void drain(List<Entry> batch) {
    while (batch.size() < JournalStore.MAX_BATCH) {
      Entry entry = waiting.poll();
      if (entry == null) {
        break;
      }
      batch.add(entry);
    }
    waitingCount.addAndGet(-batch.size());
  }

  /** Nobody waits for what is queued: a few commits a second with much in them cost least. */
  private void gather() {
    if (!closing && waitingCount.get() < JournalStore.MAX_BATCH) {
      LockSupport.parkNanos(this, GATHER_NANOS);
    }
  }

  private void sleep() {
    writerSleeps = true;
    if (waiting.isEmpty() && !closing) {
      LockSupport.park(this);
    }
    writerSleeps = false;
  }

  /**
   * What was answered before it was recorded is kept until it is recorded, or there is no more
   * time.
   */
  private void appendAtLast(List<Entry> batch) {
    long firstId = nextId;
    boolean done = append(batch);
    while (!done && !closing) {
      LockSupport.parkNanos(this, RETRY_NANOS);
      done = isThere(firstId) || append(batch);
    }
  }

  /** Whether a batch that seemed to fail was appended all the same. */
  private boolean isThere(long firstId) {
    try {
      nextId = store.nextId(nodeNo);
      healthy = true;
      return nextId > firstId;
    } catch (RuntimeException e) {
      return false;
    }
  }

  private boolean append(List<Entry> batch) {
    List<UsageEvent> events = new ArrayList<>(batch.size());
    MonthlyUses uses = new MonthlyUses();
    for (Entry entry : batch) {
      events.add(entry.event());
      uses.add(entry.accountNo(), entry.event());
    }
    try {
      if (!healthy) {
        nextId = store.nextId(nodeNo); // an earlier batch may be there although it seemed to fail
      }
      long firstId = nextId;
      store.append(firstId, events, uses.sums());
      nextId = firstId + events.size();
      healthy = true;
      return true;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      if (healthy) {
        LOG.log(Level.ERROR, "validations cannot be recorded", e);
      }
      healthy = false;
      return false;
    }
  }

  private void answer(List<Entry> batch, boolean committed) {
    List<Lane> lanes = new ArrayList<>();
    for (Entry entry : batch) {
      if (entry.lane().answered.isEmpty()) {
        lanes.add(entry.lane());
      }
      entry.lane().answered.add(entry.acknowledgement());
    }
    for (Lane lane : lanes) {
      lane.flush(committed);
    }
  }
}
