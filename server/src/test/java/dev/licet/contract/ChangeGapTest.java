package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.event.Change;
import dev.licet.store.Database;
import java.sql.Connection;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Changes by other servers while there is no connection on which to hear of them. */
@Timeout(60)
class ChangeGapTest {
  private static final int GAPS = 3;

  /** Cuts the connections on which servers listen. */
  private static final String CUT =
      """
      SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%change_feed c%'
      """;

  @Test
  void whatHappenedMeanwhileIsHeardOfOnceAndNothingElseIsReadAgain() throws Exception {
    try (Backend backend = Backend.postgres();
        Database listening = backend.open();
        Database other = backend.open();
        Connection beside = backend.connect();
        Statement statement = beside.createStatement()) {
      AccountsContract.Ear ear = new AccountsContract.Ear();
      listening.addListener(ear);
      for (int gap = 1; gap <= GAPS; gap++) {
        Thread.sleep(700); // so that it listens again
        statement.execute(CUT);
        assertHears(ear, other, gap);
      }
      Thread.sleep(700);
      assertEquals(GAPS, ear.heard.size(), () -> ear.heard.toString());
      assertEquals(0, ear.everything.get());
    }
  }

  @Test
  void whatANewerServerTellsOfMayBeAnything() throws Exception {
    try (Backend backend = Backend.postgres();
        Database listening = backend.open();
        Database other = backend.open();
        Connection beside = backend.connect();
        Statement statement = beside.createStatement()) {
      AccountsContract.Ear ear = new AccountsContract.Ear();
      listening.addListener(ear);
      statement.execute("INSERT INTO change_feed (kind, ref_no, at) VALUES ('NEWER', 1, 0)");
      for (int i = 0; i < 1_000 && ear.everything.get() == 0; i++) {
        Thread.sleep(10);
      }
      assertHears(ear, other, 7);
      assertEquals(1, ear.everything.get());
    }
  }

  @Test
  void aServerThatHearsNothingThoughTheDatabaseAnswersKnowsIt() throws Exception {
    try (Backend backend = Backend.postgres();
        Database listening = backend.open();
        Connection beside = backend.connect();
        Statement statement = beside.createStatement()) {
      assertFalse(listening.state().isDeaf());
      statement.execute("ALTER TABLE change_feed RENAME TO change_feed_away");
      awaitDeaf(listening, true);
      assertTrue(listening.state().isReachable());
      statement.execute("ALTER TABLE change_feed_away RENAME TO change_feed");
      awaitDeaf(listening, false);
    }
  }

  private static void awaitDeaf(Database database, boolean deaf) throws InterruptedException {
    for (int i = 0; i < 1_000 && database.state().isDeaf() != deaf; i++) {
      Thread.sleep(10);
    }
    assertEquals(deaf, database.state().isDeaf());
  }

  private static void assertHears(AccountsContract.Ear ear, Database other, long license)
      throws InterruptedException {
    Change change = new Change(Change.Kind.LICENSE, license);
    other
        .transactions()
        .write(stores -> {
          stores.changes().licenseChanged(license);
          return change;
        });
    for (int i = 0; i < 1_000 && !ear.heard.contains(change); i++) {
      Thread.sleep(10);
    }
    assertTrue(ear.heard.contains(change), "change " + license);
  }
}
