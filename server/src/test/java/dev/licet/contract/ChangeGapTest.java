package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.store.Database;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Remembers what it heard. */
  private static final class Ear implements ChangeListener {
    final List<Change> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger everything = new AtomicInteger();

    @Override
    public void changed(Change change) {
      heard.add(change);
    }

    @Override
    public void everythingChanged() {
      everything.incrementAndGet();
    }
  }

  @Test
  void whatHappenedMeanwhileIsHeardOfOnceAndNothingElseIsReadAgain() throws Exception {
    try (Backend backend = Backend.postgres();
        Database listening = backend.open();
        Database other = backend.open();
        Connection beside = backend.connect();
        Statement statement = beside.createStatement()) {
      Ear ear = new Ear();
      listening.addListener(ear);
      for (int gap = 1; gap <= GAPS; gap++) {
        Thread.sleep(700); // so that it listens again
        statement.execute(CUT);
        Change change = new Change(Change.Kind.LICENSE, gap);
        other
            .transactions()
            .write(stores -> {
              stores.changes().licenseChanged(change.no());
              return change;
            });
        for (int i = 0; i < 1_000 && !ear.heard.contains(change); i++) {
          Thread.sleep(10);
        }
        assertTrue(ear.heard.contains(change), "gap " + gap);
      }
      Thread.sleep(700);
      assertEquals(GAPS, ear.heard.size(), () -> ear.heard.toString());
      assertEquals(0, ear.everything.get());
    }
  }
}
