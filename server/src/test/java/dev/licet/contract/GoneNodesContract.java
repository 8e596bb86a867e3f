package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.job.Job;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.QuotaGrants.Taken;
import dev.licet.domain.usage.UsageJobs;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What nodes leave that are gone: it is added up, and then they go. */
@Timeout(60)
abstract class GoneNodesContract extends Contract {
  private static final int MAY = 202605;
  private static final Duration RECORDS = Duration.ofDays(30);
  private static final Instant NOW = Instant.now();
  private static final Instant DAY_LATER = NOW.plus(Duration.ofDays(1)).plusSeconds(60);
  private static final Instant MONTH_LATER = NOW.plus(Duration.ofDays(31)).plusSeconds(60);

  private JournalStore journal;
  private FoldStore fold;
  private long account;
  private long alive;

  @BeforeEach
  void openNode() {
    journal = database.journal();
    fold = database.fold();
    account = fixture.account("metered").accountNo();
    alive = journal.openNode();
  }

  private void record(long node, int month, int validations) {
    journal.append(
        journal.nextId(node),
        List.of(Uses.valid(1, 1)),
        List.of(new MonthlyUse(account, month, validations)));
  }

  private void grant(long node, long granted) {
    database
        .transactions()
        .run(s -> s.grants().grant(account, YearMonth.of(2026, 5), node, granted));
  }

  private void end(long node) {
    fixture.foldAll();
    assertTrue(fold.closeNode(node, Long.MAX_VALUE));
  }

  private long goneNode(int month, int validations) {
    long node = journal.openNode();
    record(node, month, validations);
    end(node);
    return node;
  }

  private void runJob(String name, Instant now) {
    for (Job job : UsageJobs.all(RECORDS)) {
      if (job.name().equals(name)) {
        fixture.run(job, now);
      }
    }
  }

  @Test
  void whatGoneNodesCountedIsOneSumAndCountsAsBefore() throws SQLException {
    record(alive, MAY, 2);
    grant(alive, 10);
    List<Long> gone = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      gone.add(goneNode(MAY, 100));
    }
    grant(gone.getFirst(), 5_000);
    runJob("usage-nodes", NOW);
    assertEquals(6, count("account_usage"), "they may come back within a day");
    runJob("usage-nodes", DAY_LATER);
    assertCounted(302);
    goneNode(MAY, 50);
    runJob("usage-nodes", DAY_LATER);
    assertCounted(352);
    assertEquals(2, count("account_usage WHERE node_no > 0 OR validations = 10"));
  }

  private void assertCounted(int validations) throws SQLException {
    assertEquals(3, count("account_usage"));
    assertEquals(validations, counted());
    Taken taken =
        database
            .transactions()
            .write(s -> s.grants().lock(account, YearMonth.of(2026, 5), alive, NOW));
    assertEquals(new Taken(10, 2, validations - 2), taken);
  }

  @Test
  void sumsOfMonthsThatAreLongOverGo() throws SQLException {
    goneNode(MAY, 1);
    goneNode(202606, 1);
    Instant at = Instant.parse("2028-07-05T00:00:00Z");
    runJob("usage-nodes", at);
    runJob("usage-sums", at);
    assertEquals(0, count("account_usage WHERE month = 202605"));
    assertEquals(1, count("account_usage WHERE month = 202606"));
  }

  @Test
  void nodesThatNothingRefersToGoAfterAMonthAndTheirNumbersDoNotComeBack() throws SQLException {
    long first = goneNode(MAY, 1);
    long last = goneNode(MAY, 1);
    runJob("usage-nodes", MONTH_LATER);
    assertEquals(3, count("usage_nodes"), "there are records of them");
    removeRecords();
    runJob("usage-nodes", DAY_LATER);
    assertEquals(3, count("usage_nodes"), "they were seen");
    runJob("usage-nodes", MONTH_LATER);
    assertEquals(0, count("usage_nodes WHERE node_no >= " + first));
    assertEquals(1, count("usage_nodes"), "one is open");
    assertEquals(2, counted());
    assertEquals(last + 1, journal.openNode());
    reopen();
    assertEquals(last + 2, database.journal().openNode());
  }

  @Test
  void aNodeThatIsNotKnownAnyMoreComesBackWithItsEvents() throws SQLException {
    long node = goneNode(MAY, 1);
    removeRecords();
    runJob("usage-nodes", MONTH_LATER);
    long waits = JournalStore.firstId(node) + 1_000_000;
    fold.keepAlive(node, waits - 1);
    assertEquals(waits, journal.nextId(node));
    record(node, MAY, 20);
    assertEquals(waits, FoldSlices.position(fold, node).foldedTo() + 1);
    assertEquals(21, counted());
    end(node);
    assertEquals(node + 1, journal.openNode());
  }

  @Test
  void aNumberThatIsTakenIsNotGivenAgain() {
    fold.keepAlive(alive + 1, JournalStore.firstId(alive + 1) - 1);
    fold.keepAlive(alive + 2, JournalStore.firstId(alive + 2) - 1);
    assertEquals(alive + 3, journal.openNode());
  }

  private void removeRecords() throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM usage_batches");
    }
  }

  private long counted() {
    return database
        .transactions()
        .read(s -> s.usage().validationsIn(YearMonth.of(2026, 5), List.of(account)))
        .get(account);
  }
}
