package dev.licet.domain.usage;

import dev.licet.domain.StoreUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A batch of the journal with its ids, on its way to where it is kept. */
final class Flight {
  private final long firstId;
  private final List<Entry> entries;
  private final long since = System.nanoTime();
  private final AtomicBoolean settled = new AtomicBoolean();
  private @Nullable Throwable fault;

  /** An event with who hears of it. */
  record Entry(
      long accountNo, UsageEvent event, JournalLane lane, Acknowledgement acknowledgement) {}

  /** What became of a batch. */
  enum Fate {
    APPENDED,
    /** The database is away; perhaps the batch is there all the same. */
    UNKNOWN,
    FAILED
  }

  Flight(long firstId, List<Entry> entries) {
    this.firstId = firstId;
    this.entries = entries;
  }

  long firstId() {
    return firstId;
  }

  /** The id after its last event. */
  long nextId() {
    return firstId + entries.size();
  }

  List<Entry> entries() {
    return entries;
  }

  /** Why it {@link Fate#FAILED} or is {@link Fate#UNKNOWN}. */
  @Nullable Throwable fault() {
    return fault;
  }

  boolean takesLongerThan(long nanos) {
    return System.nanoTime() - since > nanos;
  }

  /** Makes the caller the one who deals with it; false for all but the first. */
  boolean settle() {
    return settled.compareAndSet(false, true);
  }

  Spill.Batch batch() {
    return new Spill.Batch(firstId, entries.stream().map(Entry::event).toList());
  }

  Fate appendTo(JournalStore store) {
    List<UsageEvent> events = new ArrayList<>(entries.size());
    MonthlyUses uses = new MonthlyUses();
    for (Entry entry : entries) {
      events.add(entry.event());
      uses.add(entry.accountNo(), entry.event());
    }
    try {
      store.append(firstId, events, uses.sums());
      return Fate.APPENDED;
    } catch (StoreUnavailableException e) {
      fault = e;
      return Fate.UNKNOWN;
    } catch (RuntimeException | LinkageError | StackOverflowError e) {
      fault = e;
      return Fate.FAILED;
    }
  }
}
