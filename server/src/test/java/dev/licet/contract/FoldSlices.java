package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.FoldRows;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.FoldStore.Position;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

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

  /** A slice of a round: its rows, and where the fold is before and after it. */
  private interface Slice {
    void apply(int fromRow, int toRow, Position from, Position to);
  }

  /** Folds the rest of an open round, with something between its slices, and says where it ends. */
  static Position round(FoldStore fold, Position open, Runnable between) {
    FoldRows rows = read(fold, open);
    return forEach(
        rows,
        open,
        (fromRow, toRow, from, to) -> {
          assertTrue(fold.apply(rows, fromRow, toRow, from, to).isPresent());
          between.run();
        });
  }

  /** Applies every slice, as if no one else did; how many were applied. */
  static int race(FoldStore fold, FoldRows rows, Position open) {
    AtomicInteger applied = new AtomicInteger();
    forEach(
        rows,
        open,
        (fromRow, toRow, from, to) -> {
          if (fold.apply(rows, fromRow, toRow, from, to).isPresent()) {
            applied.incrementAndGet();
          }
        });
    return applied.get();
  }

  private static Position forEach(FoldRows rows, Position open, Slice slice) {
    Position position = open;
    int row = 0;
    while (position.roundOpen()) {
      int end = end(rows, row);
      Position next = next(rows, end, position);
      slice.apply(row, end, position, next);
      position = next;
      row = end;
    }
    return position;
  }

  static Position position(FoldStore fold, long node) {
    return fold.positions().stream().filter(p -> p.nodeNo() == node).findFirst().orElseThrow();
  }

  /** Opens a round over what a node has appended. */
  static Position open(FoldStore fold, long node) {
    return fold.openRound(position(fold, node), ROUND).orElseThrow();
  }

  /** Where the fold is after a round. */
  static Position ended(Position open) {
    return new Position(open.nodeNo(), open.roundTo(), open.roundTo(), 0);
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
        ? ended(position)
        : new Position(
            position.nodeNo(), position.foldedTo(), position.roundTo(), rows.license(end));
  }
}
