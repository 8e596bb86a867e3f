package dev.licet.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.usage.FoldStore.Node;
import dev.licet.domain.usage.FoldStore.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A fold whose store takes its time. */
@Timeout(60)
class UsageFoldTest {
  private static final long SECOND = 1_000_000_000L;

  /** What is read in four parts. */
  private static final int ROUND = 10_000;

  private final AtomicLong now = new AtomicLong(7 * SECOND);
  private final List<String> calls = Collections.synchronizedList(new ArrayList<>());

  @Test
  void aLongRoundShowsTheLifeOfItsNode() {
    fold(new SlowStore(true, 16 * SECOND));
    assertEquals(
        List.of("read", "alive", "read", "alive", "read", "alive", "read", "alive", "apply"),
        afterTheFirstRead());
  }

  @Test
  void aRoundOfShortPartsShowsItNotAtEachOfThem() {
    fold(new SlowStore(true, 8 * SECOND));
    assertEquals(
        List.of("read", "read", "alive", "read", "read", "alive", "apply"), afterTheFirstRead());
  }

  @Test
  void whereNobodyElseIsThereIsNobodyToShowItTo() {
    fold(new SlowStore(false, 16 * SECOND));
    assertEquals(List.of("read", "read", "read", "read", "apply"), List.copyOf(calls));
  }

  private List<String> afterTheFirstRead() {
    assertEquals("alive", calls.getFirst());
    return List.copyOf(calls.subList(1, calls.size()));
  }

  /** Folds one round, when it closes, which is when it rests between the parts no longer. */
  private void fold(SlowStore store) {
    UsageJournal journal = new UsageJournal(new EmptyJournal(), UsageJournal.Mode.COMMITTED);
    UsageFold fold = new UsageFold(store, journal, new FoldRows(), now::get);
    fold.start();
    while (!store.visited) {
      Thread.onSpinWait();
    }
    fold.close(Duration.ofHours(1));
  }

  /** Has one round of one node, and takes long for each part of it. */
  private final class SlowStore implements FoldStore {
    private final boolean shared;
    private final long partNanos;
    private volatile boolean visited;
    private Position position = new Position(1, 0, 0, 0);

    SlowStore(boolean shared, long partNanos) {
      this.shared = shared;
      this.partNanos = partNanos;
    }

    @Override
    public boolean isShared() {
      return shared;
    }

    @Override
    public List<Node> others(long nodeNo) {
      visited = true;
      return List.of();
    }

    @Override
    public void keepAlive(long nodeNo, long foldedTo) {
      calls.add("alive");
    }

    @Override
    public Duration slice() {
      return Duration.ofMillis(50);
    }

    @Override
    public List<Position> positions() {
      return List.of(position);
    }

    @Override
    public Optional<Position> openRound(Position from, int maxEvents) {
      return from.foldedTo() > 0 ? Optional.empty() : Optional.of(new Position(1, 0, ROUND, 0));
    }

    @Override
    public void read(Position round, long fromId, long toId, FoldRows rows) {
      calls.add("read");
      now.addAndGet(partNanos);
    }

    @Override
    public Optional<Duration> apply(
        FoldRows rows, int fromRow, int toRow, Position from, Position to) {
      calls.add("apply");
      position = to;
      return Optional.of(Duration.ofMillis(1));
    }

    @Override
    public boolean closeNode(long nodeNo, long seenAt) {
      return true;
    }
  }

  /** Of a node that has recorded nothing since it started. */
  private static final class EmptyJournal implements JournalStore {
    @Override
    public long openNode() {
      return 1;
    }

    @Override
    public void append(long firstId, List<UsageEvent> events, List<MonthlyUse> uses) {}

    @Override
    public long nextId(long nodeNo) {
      return JournalStore.firstId(nodeNo);
    }
  }
}
