package dev.licet.store.sqlite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.licet.TemporaryDirectory;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.store.sql.ChangeHub;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What another process changes is heard of, whatever becomes of the writer's session. */
@Timeout(60)
class SqliteChangePollerTest {
  @Test
  void changeBeforeTheWriterOpensAnotherSessionIsHeardOf() throws Exception {
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      Path file = directory.path().resolve("licet.db");
      new SqliteFiles(directory.path()).create();
      SqliteSchema.bringUpToDate(file);
      BlockingQueue<Change> heard = new LinkedBlockingQueue<>();
      ChangeHub hub = new ChangeHub();
      hub.add(ear(heard));
      try (SqliteWriter writer = new SqliteWriter(file, SqlitePragmas.WRITER);
          SqliteReaders readers = new SqliteReaders(file, 1);
          SqliteChangePoller poller = new SqliteChangePoller(writer, readers, hub)) {
        poller.start();
        for (long plan = 1; plan <= 3; plan++) {
          long number = plan;
          assertThrows(
              RuntimeException.class,
              () -> writer.exclusively(session -> changeBesideAndFail(file, number)));
          assertEquals(new Change(Change.Kind.PLAN, plan), heard.poll(10, TimeUnit.SECONDS));
        }
        assertEquals(0, heard.size());
      }
    }
  }

  private static boolean changeBesideAndFail(Path file, long plan) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO change_feed (kind, ref_no, at) VALUES ('PLAN', %d, 1)".formatted(plan));
    }
    throw new SQLException("busy");
  }

  private static ChangeListener ear(BlockingQueue<Change> heard) {
    return new ChangeListener() {
      @Override
      public void changed(Change change) {
        heard.add(change);
      }

      @Override
      public void everythingChanged() {
        throw new AssertionError("more than what changed");
      }
    };
  }
}
