package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageErasure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a crash of the database undoes of the fold, which need not be on the disk, is done again.
 */
@Timeout(60)
abstract class FoldUndoneContract extends Contract {
  private static final List<String> FOLDED =
      List.of(
          "usage_names",
          "usage_hours",
          "usage_daily",
          "usage_accounts",
          "usage_index",
          "usage_blocks");

  @Test
  void namesAreWrittenAgainWhenThePositionIsFoundBeforeWhereItWas() throws SQLException {
    long node = openNode();
    Position before = FoldSlices.position(database.fold(), node);
    fixture.foldAll();
    assertEquals(2, count("usage_names"));
    undo(before);
    assertEquals(0, count("usage_names"));
    fixture.foldAll();
    assertEquals(2, count("usage_names"));
  }

  @Test
  void namesAreWrittenAgainWhenASliceDoesNotFit() throws SQLException {
    long node = openNode();
    Position open = FoldSlices.open(database.fold(), node);
    FoldRows rows = FoldSlices.read(database.fold(), open);
    Position end = FoldSlices.ended(open);
    assertTrue(database.fold().apply(rows, 0, rows.size(), open, end).isPresent());
    undo(open);
    assertTrue(database.fold().apply(rows, 0, 0, end, end).isEmpty());
    FoldSlices.round(database.fold(), open, () -> {});
    assertEquals(2, count("usage_names"));
  }

  @Test
  void aRoundThatWasReadBeforeAnErasureIsReadAnew() throws SQLException {
    long node = openNode();
    Position open = FoldSlices.open(database.fold(), node);
    FoldRows rows = FoldSlices.read(database.fold(), open);
    Set<Long> licenses = Set.of(1L);
    database
        .transactions()
        .write(stores -> {
          var part = stores.erasure().find(UsageErasure.START, licenses);
          stores.erasure().erase(part.batches(), licenses);
          stores.erasure().endReading();
          return part;
        });
    Position end = FoldSlices.ended(open);
    assertTrue(database.fold().apply(rows, 0, rows.size(), open, end).isEmpty());
    fixture.foldAll();
    assertEquals(end, FoldSlices.position(database.fold(), node));
    assertEquals(0, count("usage_names"));
  }

  @Test
  void whatComesAfterAnErasureHasItsNamesAgain() throws SQLException {
    long node = openNode();
    fixture.foldAll();
    database
        .transactions()
        .write(stores -> {
          stores.erasure().endReading();
          stores.erasures().removeNames(List.of(1L));
          return true;
        });
    append(node);
    fixture.foldAll();
    assertEquals(2, count("usage_names"));
  }

  /** A node with one event that names a domain and a device. */
  private long openNode() {
    long node = database.journal().openNode();
    append(node);
    return node;
  }

  private void append(long node) {
    var event = Uses.event(1, 1, Outcome.VALID, "a.example", "device", null, 0, 0);
    database.journal().append(database.journal().nextId(node), List.of(event), List.of());
  }

  private void undo(Position position) throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      for (String table : FOLDED) {
        statement.execute("DELETE FROM " + table);
      }
      statement.execute(
          "UPDATE usage_nodes SET folded_to = %d, round_to = %d, next_license = %d WHERE node_no = %d"
              .formatted(
                  position.foldedTo(),
                  position.roundTo(),
                  position.nextLicense(),
                  position.nodeNo()));
    }
  }
}
