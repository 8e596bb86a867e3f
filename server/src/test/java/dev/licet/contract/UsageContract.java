package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.Acknowledgement;
import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageFold;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.usage.UsageSummary;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The journal, its fold and what is read of both, against a list in memory. */
@Timeout(120)
abstract class UsageContract extends Contract {
  private static final int LICENSES = 12;

  private final Random random = new Random(20_260_501);
  private UsageModel model;
  private JournalStore journal;

  @BeforeEach
  void journal() {
    model = new UsageModel(random, LICENSES);
    journal = database.journal();
  }

  @Test
  void nodeStartsAtItsFirstIdAndCountsOn() {
    long node = journal.openNode();
    assertEquals(JournalStore.firstId(node), journal.nextId(node));
    long next = append(node, 5);
    assertEquals(JournalStore.firstId(node) + 5, next);
    assertEquals(next, journal.nextId(node));
    assertTrue(journal.openNode() > node);
  }

  @Test
  void textsThatAreAbsentOrStrangeAreKept() {
    long node = journal.openNode();
    UsageEvent plain = Uses.valid(1, model.time());
    UsageEvent strange =
        Uses.event(
            1,
            model.time(),
            Outcome.DOMAIN_INVALID,
            "{\"a,b\"}\\ 'x' NULL \uD83D\uDD11",
            "NULL",
            "::1",
            0,
            0);
    journal.append(JournalStore.firstId(node), List.of(plain, strange), List.of());
    model.add(JournalStore.firstId(node), List.of(plain, strange));
    assertHistory(1, everything(10));
  }

  @Test
  void countersAgreeWithAListAtEveryStageOfAFold() {
    long one = journal.openNode();
    long two = journal.openNode();
    append(one, 300);
    append(two, 200);
    assertAllAgrees();
    for (Position start : database.fold().positions()) {
      Optional<Position> open = database.fold().openRound(start, 250);
      assertAllAgrees();
      append(start.nodeNo(), 50);
      FoldSlices.round(database.fold(), open.orElseThrow(), this::assertAllAgrees);
      assertAllAgrees();
    }
    FoldSlices.all(database.fold());
    assertAllAgrees();
  }

  @Test
  void smallBatchesAreFoundByTheirLicensesAndThoseOfAVersionBeforeToo() throws SQLException {
    long node = journal.openNode();
    long first = JournalStore.firstId(node);
    for (int i = 0; i < 60; i++) {
      append(node, 1 + random.nextInt(3));
    }
    assertAllAgrees();
    long size = journal.nextId(node) - first;
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO usage_batches (first_id, size, events, day)"
              + " SELECT first_id + "
              + size
              + ", size, events, day FROM usage_batches");
    }
    model.repeat(size);
    assertAllAgrees();
    FoldSlices.all(database.fold());
    assertAllAgrees();
  }

  @Test
  void foldGoesOnWhereAStoppedOneWas() {
    long node = journal.openNode();
    append(node, 400);
    FoldStore fold = database.fold();
    Position open = fold.openRound(FoldSlices.position(fold, node), 1_000).orElseThrow();
    FoldRows rows = FoldSlices.read(fold, open);
    int end = FoldSlices.end(rows, 0);
    Position reached = new Position(node, open.foldedTo(), open.roundTo(), rows.license(end));
    assertTrue(fold.apply(rows, 0, end, open, reached).isPresent());
    reopen();
    assertAllAgrees();
    Position found = FoldSlices.position(database.fold(), node);
    assertEquals(reached, found);
    FoldSlices.round(database.fold(), found, () -> {});
    assertAllAgrees();
  }

  @Test
  void ofTwoRacingFoldersEachEventIsCountedByOne() throws Exception {
    long node = journal.openNode();
    append(node, 600);
    FoldStore fold = database.fold();
    Position open = fold.openRound(FoldSlices.position(fold, node), 1_000).orElseThrow();
    FoldRows rows = FoldSlices.read(fold, open);
    List<Callable<Integer>> folders = new ArrayList<>();
    for (int folder = 0; folder < 4; folder++) {
      folders.add(() -> FoldSlices.race(fold, rows, open));
    }
    int applied = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
      for (Future<Integer> folder : threads.invokeAll(folders)) {
        applied += folder.get();
      }
    }
    assertTrue(applied > 1);
    assertFalse(FoldSlices.position(fold, node).roundOpen());
    assertAllAgrees();
  }

  @Test
  void closedNodeIsAskedNoMore() {
    long node = journal.openNode();
    append(node, 20);
    FoldSlices.all(database.fold());
    assertTrue(database.fold().closeNode(node, Long.MAX_VALUE));
    assertEquals(List.of(), database.fold().positions());
    assertAllAgrees();
  }

  @Test
  void nodeIsClosedOnlyWhenItIsSilentAndFolded() {
    long own = journal.openNode();
    long other = journal.openNode();
    FoldStore fold = database.fold();
    long next = append(other, 20);
    FoldStore.Node node = other(own);
    assertEquals(
        new FoldStore.Node(FoldSlices.position(fold, other), next - 1, node.seenAt()), node);
    assertFalse(fold.closeNode(other, node.seenAt()));
    FoldSlices.round(
        fold, fold.openRound(FoldSlices.position(fold, other), 10).orElseThrow(), () -> {});
    assertFalse(fold.closeNode(other, node.seenAt()));
    FoldSlices.all(fold);
    assertFalse(fold.closeNode(other, node.seenAt() - 1));
    assertTrue(fold.closeNode(other, node.seenAt()));
    assertAllAgrees();
  }

  private FoldStore.Node other(long own) {
    List<FoldStore.Node> others = database.fold().others(own);
    assertEquals(1, others.size());
    return others.getFirst();
  }

  @Test
  void nodeThatWasTakenForGoneComesBackWithItsEvents() {
    long node = journal.openNode();
    append(node, 20);
    FoldStore fold = database.fold();
    FoldSlices.all(fold);
    assertTrue(fold.closeNode(node, Long.MAX_VALUE));
    append(node, 30);
    fold.keepAlive(node, Long.MAX_VALUE); // where it stands is known
    assertAllAgrees();
    FoldSlices.all(fold);
    assertAllAgrees();
  }

  @Test
  void foldOpensItsOwnNodeAgain() throws Exception {
    UsageJournal own = new UsageJournal(journal, UsageJournal.Mode.COMMITTED);
    UsageFold fold = new UsageFold(database.fold(), own);
    own.start();
    fold.start();
    assertTrue(database.fold().closeNode(own.nodeNo(), Long.MAX_VALUE));
    record(own, 1);
    own.close();
    fold.close();
    assertEquals(List.of(), database.fold().positions());
    assertAllAgrees();
  }

  @Test
  void whatAStopHasNoTimeForIsFoldedByTheNext() throws Exception {
    UsageJournal own = new UsageJournal(journal, UsageJournal.Mode.COMMITTED);
    UsageFold fold = new UsageFold(database.fold(), own);
    own.start();
    fold.start();
    record(own, 100);
    own.close();
    fold.close(Duration.ZERO);
    assertEquals(100, fold.lag());
    assertAllAgrees();
    FoldSlices.all(database.fold());
    assertAllAgrees();
    assertTrue(database.fold().closeNode(own.nodeNo(), Long.MAX_VALUE));
  }

  @Test
  void roundForWhichThereIsNoRoomIsFoldedInParts() throws Exception {
    UsageJournal own = new UsageJournal(journal, UsageJournal.Mode.COMMITTED);
    FoldRows small = new FoldRows(4, 4);
    UsageFold fold = new UsageFold(database.fold(), own, small);
    own.start();
    fold.start();
    record(own, 300);
    own.close();
    fold.close();
    assertEquals(List.of(), database.fold().positions());
    assertTrue(small.isWhole(), "the last part has the last licences");
    assertTrue(small.size() < 300, "but not all events");
    assertAllAgrees();
  }

  private void record(UsageJournal own, int count) throws Exception {
    List<UsageEvent> events = model.random(count);
    for (UsageEvent event : events) {
      CompletableFuture<Boolean> committed = new CompletableFuture<>();
      assertTrue(own.lane(Runnable::run).submit(1, event, acknowledgement(committed)));
      assertTrue(committed.get(10, TimeUnit.SECONDS));
    }
    model.add(JournalStore.firstId(own.nodeNo()), events);
  }

  private static Acknowledgement acknowledgement(CompletableFuture<Boolean> outcome) {
    return new Acknowledgement() {
      @Override
      public void committed() {
        outcome.complete(true);
      }

      @Override
      public void failed() {
        outcome.complete(false);
      }
    };
  }

  @Test
  void openingARoundTwiceMovesOnlyOnce() {
    long node = journal.openNode();
    append(node, 20);
    Position start = FoldSlices.position(database.fold(), node);
    assertTrue(database.fold().openRound(start, 10).isPresent());
    assertTrue(database.fold().openRound(start, 10).isEmpty());
  }

  @Test
  void historyOfManyBlocksComesInPages() {
    long one = journal.openNode();
    long two = journal.openNode();
    for (int block = 0; block < 9; block++) {
      appendAt(one, JournalStore.firstId(one) + block * 65_536L, 23);
      appendAt(two, JournalStore.firstId(two) + block * 65_536L, 17);
      if (block == 6) {
        foldGaps(one);
        foldGaps(two);
      }
    }
    assertAllAgrees();
    for (int limit : new int[] {1, 3, 7, 1_000}) {
      for (long license = 1; license <= 3; license++) {
        assertPages(license, limit);
      }
    }
  }

  @Test
  void smallRoundsAfterALargeOneGoOnInTheNextBlock() {
    long node = journal.openNode();
    long at = appendAt(node, JournalStore.firstId(node) + 65_536 - 5, 3);
    foldGaps(node);
    for (int round = 0; round < 5; round++) {
      at = appendAt(node, at, 4);
      FoldSlices.all(database.fold());
      assertAllAgrees();
    }
    for (long license = 1; license <= 3; license++) {
      assertPages(license, 2);
    }
  }

  @Test
  void eventsSurviveReopening() {
    long node = journal.openNode();
    append(node, 64);
    reopen();
    journal = database.journal();
    assertEquals(JournalStore.firstId(node) + 64, journal.nextId(node));
    assertAllAgrees();
  }

  private long append(long node, int size) {
    return appendAt(node, journal.nextId(node), size);
  }

  private long appendAt(long node, long firstId, int size) {
    List<UsageEvent> events = model.random(size);
    journal.append(firstId, events, List.of());
    model.add(firstId, events);
    return firstId + size;
  }

  /** Folds events that have gaps between their blocks, which a round over all of them may. */
  private void foldGaps(long node) {
    FoldStore fold = database.fold();
    FoldSlices.round(
        fold, fold.openRound(FoldSlices.position(fold, node), 10_000_000).orElseThrow(), () -> {});
  }

  private void assertAllAgrees() {
    List<Long> licenses = model.licenses();
    assertEquals(
        model.totals(licenses), database.transactions().read(s -> s.usage().totals(licenses)));
    for (long license : licenses) {
      List<Long> one = List.of(license);
      assertEquals(model.totals(one), database.transactions().read(s -> s.usage().totals(one)));
      UsageSummary summary =
          database
              .transactions()
              .read(s -> s.usage().summary(Uses.TENANT, license, UsageModel.NOW));
      assertEquals(model.summary(license), summary);
      assertHistory(license, everything(1_000));
      assertHistory(license, everything(5));
      assertHistory(license, model.randomQuery());
    }
  }

  private void assertPages(long license, int limit) {
    List<UsageRecord> all = model.history(license, everything(Integer.MAX_VALUE));
    List<UsageRecord> read = new ArrayList<>();
    UsageQuery.Position after = null;
    do {
      UsageQuery query = new UsageQuery(null, null, null, limit, after);
      List<UsageRecord> page = database.transactions().read(s -> s.usage().history(license, query));
      read.addAll(page);
      after = page.isEmpty() ? null : UsageModel.position(page.getLast());
    } while (after != null);
    assertEquals(all, read);
  }

  private void assertHistory(long license, UsageQuery query) {
    assertEquals(
        model.history(license, query),
        database.transactions().read(s -> s.usage().history(license, query)));
  }

  private static UsageQuery everything(int limit) {
    return new UsageQuery(null, null, null, limit, null);
  }
}
