package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.FoldStore.Position;
import java.util.Optional;

/** Folds the journal by hand, in slices so small that a round has many. */
final class FoldSlices {
  /** Events of a slice, at least: those of one licence stay together. */
  private static final int SLICE = 37;

  /**
   * Events that are read from the journal at once, so that a part does not end where a batch does.
   */
  private static final long PART = 333;

  private static final int ROUND = 1_000_000;

  private FoldSlices() {}

  /** Folds all that every open node has. */
  static void all(FoldStore fold) {
    for (Position start : fold.positions()) {
      Optional<Position> open =
          start.roundOpen() ? Optional.of(start) : fold.openRound(start, ROUND);
      while (open.isPresent()) {
        open = fold.openRound(round(fold, open.get(), () -> {}), ROUND);
      }
    }
  }

  /** Folds the rest of an open round, with something between its slices, and says where it ends. */
  static Position round(FoldStore fold, Position open, Runnable between) {
    FoldRows rows = read(fold, open);
    Position position = open;
    int row = 0;
    while (position.roundOpen()) {
      int end = end(rows, row);
      Position next = next(rows, end, position);
      assertTrue(fold.apply(rows, row, end, position, next).isPresent());
      between.run();
      position = next;
      row = end;
    }
    return position;
  }

  /** Applies every slice, as if no one else did; how many were applied. */
  static int race(FoldStore fold, FoldRows rows, Position open) {
    int applied = 0;
    Position position = open;
    int row = 0;
    while (position.roundOpen()) {
      int end = end(rows, row);
      Position next = next(rows, end, position);
      applied += fold.apply(rows, row, end, position, next).isPresent() ? 1 : 0;
      position = next;
      row = end;
    }
    return applied;
  }

  static Position position(FoldStore fold, long node) {
    return fold.positions().stream().filter(p -> p.nodeNo() == node).findFirst().orElseThrow();
  }

  /** The events of an open round, in their order. */
  static FoldRows read(FoldStore fold, Position open) {
    FoldRows rows = new FoldRows();
    rows.clear(open);
    for (long from = open.foldedTo() + 1; from <= open.roundTo(); from += PART) {
      fold.read(open, from, Math.min(open.roundTo(), from + PART - 1), rows);
    }
    rows.sort();
    return rows;
  }

  /** Where the slice ends that starts at a row. */
  static int end(FoldRows rows, int start) {
    int end = Math.min(rows.size(), start + SLICE);
    while (end > start && end < rows.size() && rows.license(end) == rows.license(end - 1)) {
      end++;
    }
    return end;
  }

  private static Position next(FoldRows rows, int end, Position position) {
    return end == rows.size()
        ? new Position(position.nodeNo(), position.roundTo(), position.roundTo(), 0)
        : new Position(
            position.nodeNo(), position.foldedTo(), position.roundTo(), rows.license(end));
  }
}
