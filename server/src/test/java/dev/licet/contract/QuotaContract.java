package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyQuota;
import dev.licet.domain.usage.MonthlyQuota.Admission;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageEvent;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The quota of validations in a month, on several nodes of one database. */
@Timeout(60)
abstract class QuotaContract extends Contract {
  private static final int MAY = 202605;

  private final MovableClock clock = new MovableClock(Instant.parse("2026-05-31T12:00:00Z"));
  private long account;
  private long one;
  private long two;

  @BeforeEach
  void openNodes() throws SQLException {
    account = fixture.account("metered").accountNo();
    one = database.journal().openNode();
    two = database.journal().openNode();
    see(one);
    see(two);
  }

  /** Has a node leave its sign of life at the time of the test. */
  private void see(long node) throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE usage_nodes SET seen_at = %d WHERE node_no = %d".formatted(clock.millis(), node));
    }
  }

  private MonthlyQuota node(long no) {
    return new MonthlyQuota(database.transactions(), clock, no);
  }

  private void record(long node, int month, int validations) {
    JournalStore journal = database.journal();
    UsageEvent event = Uses.valid(1, 1);
    journal.append(
        journal.nextId(node), List.of(event), List.of(new MonthlyUse(account, month, validations)));
  }

  private int admittedBy(MonthlyQuota node, long quota) {
    int admitted = 0;
    while (node.admitWaiting(account, quota)) {
      admitted++;
    }
    return admitted;
  }

  @Test
  void ofManyOnTwoNodesExactlyTheQuotaIsAdmitted() throws Exception {
    record(one, MAY, 100);
    record(two, MAY, 23);
    try (MonthlyQuota first = node(one);
        MonthlyQuota second = node(two);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<Integer>> clients = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        MonthlyQuota node = i % 2 == 0 ? first : second;
        clients.add(() -> admittedBy(node, 700));
      }
      int admitted = 0;
      for (var client : threads.invokeAll(clients)) {
        admitted += client.get();
      }
      assertEquals(700 - 123, admitted);
    }
  }

  @Test
  void whatANodeLeavesUnusedAnotherGets() {
    try (MonthlyQuota second = node(two)) {
      try (MonthlyQuota first = node(one)) {
        assertTrue(first.admitWaiting(account, 160));
        first.giveBack(account);
        assertTrue(first.admitWaiting(account, 160));
        record(one, MAY, 1);
        int admitted = admittedBy(second, 160);
        assertTrue(admitted >= 140 && admitted < 159, () -> "admitted " + admitted);
        record(two, MAY, admitted);
      }
      assertFalse(second.admitWaiting(account, 160), "asks the database once a second");
      clock.advance(Duration.ofSeconds(1));
      record(two, MAY, admittedBy(second, 160));
      assertEquals(160, recorded());
    }
  }

  @Test
  void aRestingNodeGivesBackWhatOthersNeed() throws InterruptedException {
    try (MonthlyQuota first = node(one);
        MonthlyQuota second = node(two)) {
      assertTrue(first.admitWaiting(account, 160));
      record(one, MAY, 1);
      int admitted = admittedBy(second, 160);
      record(two, MAY, admitted);
      for (int i = 0; i < 500 && admitted < 159; i++) {
        clock.advance(Duration.ofSeconds(2));
        int more = admittedBy(second, 160);
        record(two, MAY, more);
        admitted += more;
        Thread.sleep(10);
      }
      assertEquals(159, admitted);
    }
  }

  @Test
  void whatACrashedNodeWasGrantedIsFreeAfterAMinute() {
    MonthlyQuota crashed = node(one);
    assertTrue(crashed.admitWaiting(account, 160));
    record(one, MAY, 1);
    try (MonthlyQuota second = node(two)) {
      int admitted = admittedBy(second, 160);
      record(two, MAY, admitted);
      assertTrue(admitted < 159);
      clock.advance(Duration.ofSeconds(61));
      record(two, MAY, admittedBy(second, 160));
      assertEquals(160, recorded());
    }
    crashed.close();
  }

  @Test
  void whatIsNotKnownToBeRecordedIsLookedUp() {
    try (MonthlyQuota node = node(one)) {
      for (int i = 0; i < 10; i++) {
        assertTrue(node.admitWaiting(account, 10));
      }
      assertFalse(node.admitWaiting(account, 10));
      record(one, MAY, 7);
      fail(node, 3);
      assertEquals(Admission.UNKNOWN, node.admit(account, 10));
      assertEquals(3, admittedBy(node, 10));
    }
  }

  @Test
  void whatIsInFlightCountsWhileOthersFail() {
    try (MonthlyQuota node = node(one)) {
      assertEquals(10, admittedBy(node, 10));
      fail(node, 2);
      assertEquals(2, admittedBy(node, 10));
      fail(node, 1);
      record(one, MAY, 9);
      assertEquals(1, admittedBy(node, 10));
      record(one, MAY, 1);
      assertEquals(10, recorded());
    }
  }

  @Test
  void whatIsFoundRecordedThoughItFailedCounts() {
    try (MonthlyQuota node = node(one)) {
      assertEquals(10, admittedBy(node, 10));
      record(one, MAY, 10);
      fail(node, 10);
      assertEquals(Admission.UNKNOWN, node.admit(account, 10));
      assertEquals(0, admittedBy(node, 10));
    }
  }

  private void fail(MonthlyQuota node, int validations) {
    for (int i = 0; i < validations; i++) {
      node.forget(account);
    }
  }

  @Test
  void aChangedQuotaCountsAtOnceAndEachMonthBeginsAnew() {
    try (MonthlyQuota node = node(one)) {
      assertEquals(Admission.UNKNOWN, node.admit(account, 3));
      assertEquals(3, admittedBy(node, 3));
      assertEquals(Admission.REFUSED, node.admit(account, 3));
      record(one, MAY, 3);
      assertEquals(Admission.UNKNOWN, node.admit(account, 50));
      assertEquals(47, admittedBy(node, 50));
      assertEquals(0, admittedBy(node, 20));
      clock.advance(Duration.ofHours(12));
      assertEquals(Admission.UNKNOWN, node.admit(account, 20));
      assertEquals(20, admittedBy(node, 20));
    }
  }

  @Test
  void noValidationIsAdmittedToAnAccountThatIsGone() {
    try (MonthlyQuota node = node(one)) {
      assertFalse(node.admitWaiting(account + 1_000, 5));
    }
  }

  private long recorded() {
    return database
        .transactions()
        .read(s -> s.usage().validationsIn(YearMonth.of(2026, 5), List.of(account)))
        .get(account);
  }
}
