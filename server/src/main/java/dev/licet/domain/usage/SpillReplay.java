package dev.licet.domain.usage;

import java.util.ArrayList;
import java.util.List;

/**
 * Puts what waits in a {@link Spill} into the journal, each event once. The journal itself tells
 * what it has already: a node's ids have no gaps there and are appended in order, so that all below
 * {@link JournalStore#nextId} are in it.
 */
public final class SpillReplay {
  /** Opens a node that others took for gone: see {@link FoldStore#keepAlive}. */
  public interface KeepAlive {
    void keepAlive(long nodeNo, long foldedTo);
  }

  private final JournalStore store;
  private final KeepAlive keepAlive;

  /** Replays where no node is ever taken for gone. */
  public SpillReplay(JournalStore store) {
    this(store, (node, foldedTo) -> {});
  }

  public SpillReplay(JournalStore store, KeepAlive keepAlive) {
    this.store = store;
    this.keepAlive = keepAlive;
  }

  /**
   * Puts all that waits into the journal.
   *
   * @return how many events there were
   * @throws dev.licet.domain.StoreUnavailableException when the database is away; the rest waits on
   */
  public long all(Spill spill) {
    long events = spill.events();
    while (step(spill)) {
      // until nothing waits
    }
    return events;
  }

  /**
   * Puts the oldest batches into the journal.
   *
   * @return false when nothing waits
   * @throws dev.licet.domain.StoreUnavailableException when the database is away; all waits on
   */
  public boolean step(Spill spill) {
    List<Spill.Batch> batches = sameDay(spill.first(JournalStore.MAX_BATCH));
    if (batches.isEmpty()) {
      return false;
    }
    long firstId = batches.getFirst().firstId();
    long node = JournalStore.nodeNo(firstId);
    keepAlive.keepAlive(node, firstId - 1);
    append(batches, store.nextId(node));
    spill.drop(batches.size());
    return true;
  }

  /**
   * The batches that follow one another and belong to the day of the first one. An append of which
   * nobody knows whether it will still be carried out has the same first id and the same day as one
   * that repeats it, so that the database takes one of both.
   */
  private static List<Spill.Batch> sameDay(List<Spill.Batch> batches) {
    List<Spill.Batch> same = new ArrayList<>();
    for (Spill.Batch batch : batches) {
      boolean follows = same.isEmpty() || same.getLast().nextId() == batch.firstId();
      if (!follows || day(batch) != day(batches.getFirst())) {
        break;
      }
      same.add(batch);
    }
    return same;
  }

  private static long day(Spill.Batch batch) {
    return MonthlyUse.day(batch.events().getLast().atMillis());
  }

  /** Appends what the journal does not have. */
  private void append(List<Spill.Batch> batches, long nextId) {
    List<UsageEvent> events = new ArrayList<>();
    MonthlyUses uses = new MonthlyUses();
    long firstId = Math.max(nextId, batches.getFirst().firstId());
    for (Spill.Batch batch : batches) {
      int known = Math.clamp(nextId - batch.firstId(), 0, batch.events().size());
      for (UsageEvent event : batch.events().subList(known, batch.events().size())) {
        events.add(event);
        uses.add(event.group().accountNo(), event);
      }
    }
    if (!events.isEmpty()) {
      store.append(firstId, events, uses.sums());
    }
  }
}
