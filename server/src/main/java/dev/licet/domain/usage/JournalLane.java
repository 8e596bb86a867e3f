package dev.licet.domain.usage;

import dev.licet.domain.usage.Flight.Entry;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A source of events, such as an event loop, with the thread on which it hears of them. */
public final class JournalLane {
  private static final System.Logger LOG = System.getLogger(JournalLane.class.getName());

  private final UsageJournal journal;
  private final Executor executor;

  /** What is answered next; only the thread that has the batch touches it. */
  private List<Acknowledgement> answered = new ArrayList<>();

  JournalLane(UsageJournal journal, Executor executor) {
    this.journal = journal;
    this.executor = executor;
  }

  /**
   * Hands over an event.
   *
   * @param accountNo whose quota it counts against, unless it was refused for that
   * @return false when too many wait already; the event is not recorded then
   */
  public boolean submit(long accountNo, UsageEvent event, Acknowledgement acknowledgement) {
    if (!journal.accept(new Entry(accountNo, event, this, acknowledgement))) {
      return false;
    }
    if (journal.acknowledgesAtOnce()) {
      execute(acknowledgement::committed);
    }
    return true;
  }

  /** Runs something on the lane's thread. */
  public void execute(Runnable task) {
    executor.execute(task);
  }

  /** Answers a batch, each lane's part of it on the lane's thread. */
  static void answer(List<Entry> batch, boolean committed) {
    List<JournalLane> lanes = new ArrayList<>();
    for (Entry entry : batch) {
      if (entry.lane().answered.isEmpty()) {
        lanes.add(entry.lane());
      }
      entry.lane().answered.add(entry.acknowledgement());
    }
    for (JournalLane lane : lanes) {
      lane.flush(committed);
    }
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
