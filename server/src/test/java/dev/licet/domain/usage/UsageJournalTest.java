package dev.licet.domain.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.StoreUnavailableException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the journal does with batches while its store is away. */
@Timeout(60)
class UsageJournalTest {
  private final FakeStore store = new FakeStore();
  private final MemorySpill spill = new MemorySpill();
  private final DatabaseState state = new DatabaseState();
  private final UsageJournal journal =
      new UsageJournal(store, UsageJournal.Mode.COMMITTED, spill, new SpillReplay(store), state);
  private int submitted;

  UsageJournalTest() {
    journal.start();
  }

  @AfterEach
  void close() {
    store.fault = Fault.NONE;
    journal.close();
  }

  @Test
  void whatFailsIsAcknowledgedFromTheSpillAndRecordedOnceWhenTheStoreIsBack() throws Exception {
    assertTrue(submit());
    store.fault = Fault.AWAY;
    for (int i = 0; i < 20; i++) {
      assertTrue(submit());
    }
    assertTrue(state.isAway());
    assertFalse(journal.healthy());
    assertTrue(journal.records());
    assertEquals(20, spill.events());
    store.fault = Fault.NONE;
    awaitBack();
    assertTrue(submit());
    assertRecorded();
  }

  @Test
  void aBatchThatWasAppendedAlthoughItSeemedToFailIsNotAppendedAgain() throws Exception {
    store.fault = Fault.APPENDS_AND_FAILS;
    assertTrue(submit());
    assertTrue(submit());
    store.fault = Fault.NONE;
    awaitBack();
    assertTrue(submit());
    assertRecorded();
  }

  @Test
  void aBatchWhoseCommitTakesTooLongIsAcknowledgedWithinASecondAndRecordedOnce() throws Exception {
    store.fault = Fault.HANGS;
    long start = System.nanoTime();
    assertTrue(submit());
    assertTrue(submit());
    assertTrue(System.nanoTime() - start < 1_500_000_000L);
    store.fault = Fault.NONE; // what hung is carried out only now
    awaitBack();
    assertTrue(submit());
    assertRecorded();
  }

  /** The late commit fails while its batch is being taken over, and others wait already. */
  @Test
  void whileABatchIsTakenOverNoOtherGetsItsIds() throws Exception {
    PrintStream errors = System.err;
    List<CompletableFuture<Boolean>> pending = new ArrayList<>();
    store.fault = Fault.HANGS;
    System.setErr(
        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8) {
          @Override
          public void println(@Nullable String line) {
            if (line != null && line.contains("takes too long")) {
              store.fault = Fault.AWAY;
              pause(); // the writer has time for its next batch
            }
          }
        });
    try {
      for (int i = 0; i < 10; i++) {
        pending.add(submitLater());
        pause();
      }
      for (CompletableFuture<Boolean> answer : pending) {
        assertTrue(answer.get(10, TimeUnit.SECONDS));
      }
    } finally {
      System.setErr(errors);
    }
    assertEquals(Fault.AWAY, store.fault, "it was taken over");
    store.fault = Fault.NONE;
    awaitBack();
    assertRecorded();
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void withoutRoomNothingIsAcknowledgedThatIsNotSafe() throws Exception {
    store.fault = Fault.AWAY;
    spill.full = true;
    assertFalse(submit());
    assertFalse(submit());
    assertFalse(journal.records());
    submitted = 0;
    spill.full = false;
    assertTrue(submit());
    store.fault = Fault.NONE;
    awaitBack();
    assertTrue(submit());
    assertRecorded();
  }

  private boolean submit() throws Exception {
    return submitLater().get(10, TimeUnit.SECONDS);
  }

  private CompletableFuture<Boolean> submitLater() {
    CompletableFuture<Boolean> answer = new CompletableFuture<>();
    submitted++;
    assertTrue(journal.lane(Runnable::run).submit(1, event(submitted), acknowledge(answer)));
    return answer;
  }

  private void awaitBack() throws InterruptedException {
    for (int i = 0; i < 500 && !journal.healthy(); i++) {
      Thread.sleep(10);
    }
    assertTrue(journal.healthy() && !state.isAway());
  }

  private void assertRecorded() {
    List<Long> numbers = store.events.stream().map(UsageEvent::licenseNo).sorted().toList();
    List<Long> expected = new ArrayList<>();
    for (long number = 1; number <= submitted; number++) {
      expected.add(number);
    }
    assertEquals(expected, numbers);
    assertEquals(submitted, store.uses);
  }

  private static UsageEvent event(long number) {
    return new UsageEvent(
        number,
        new UsageGroup(1, true, 1, 1),
        1_700_000_000_000L,
        Outcome.VALID,
        null,
        null,
        new UsageOrigin(null, null, 0, null),
        0,
        0);
  }

  private static Acknowledgement acknowledge(CompletableFuture<Boolean> answer) {
    return new Acknowledgement() {
      @Override
      public void committed() {
        answer.complete(true);
      }

      @Override
      public void failed() {
        answer.complete(false);
      }
    };
  }

  private enum Fault {
    NONE,
    AWAY,
    APPENDS_AND_FAILS,
    HANGS
  }

  /** A journal in memory. */
  private static final class FakeStore implements JournalStore {
    private final List<UsageEvent> events = new ArrayList<>();
    private volatile Fault fault = Fault.NONE;
    private volatile int uses;
    private long nextId = JournalStore.firstId(1);

    @Override
    public long openNode() {
      return 1;
    }

    @Override
    public void append(long firstId, List<UsageEvent> added, List<MonthlyUse> monthly) {
      Fault met = fault;
      while (met == Fault.HANGS && fault == Fault.HANGS) {
        Thread.onSpinWait();
      }
      if (met == Fault.AWAY || fault == Fault.AWAY) {
        throw away();
      }
      synchronized (this) {
        if (firstId < nextId) {
          throw new IllegalStateException("these ids are taken");
        }
        events.addAll(added);
        uses += monthly.stream().mapToInt(MonthlyUse::validations).sum();
        nextId = firstId + added.size();
      }
      if (met == Fault.APPENDS_AND_FAILS) {
        fault = Fault.AWAY;
        throw away();
      }
    }

    @Override
    public synchronized long nextId(long nodeNo) {
      if (fault != Fault.NONE) {
        throw away();
      }
      return nextId;
    }

    private static StoreUnavailableException away() {
      return new StoreUnavailableException("away", new TimeoutException());
    }
  }

  /** A spill in memory. */
  private static final class MemorySpill implements Spill {
    private final List<Batch> batches = new ArrayList<>();
    private volatile boolean full;

    @Override
    public synchronized boolean add(Batch batch) {
      return !full && batches.add(batch);
    }

    @Override
    public synchronized List<Batch> first(int maxEvents) {
      return List.copyOf(batches.subList(0, Math.min(3, batches.size())));
    }

    @Override
    public synchronized void drop(int count) {
      batches.subList(0, count).clear();
    }

    @Override
    public synchronized boolean isEmpty() {
      return batches.isEmpty();
    }

    @Override
    public boolean hasRoom() {
      return !full;
    }

    @Override
    public long bytes() {
      return events();
    }

    @Override
    public synchronized long events() {
      return batches.stream().mapToInt(batch -> batch.events().size()).sum();
    }
  }
}
