package dev.licet.store.sql;

import dev.licet.domain.usage.FoldRows;

/**
 * Where the events of a run of licences stand, as bytes. The first byte is the version of the form,
 * 1. Then, for each event by rising licence number, what it adds to the event before: licence, id
 * and time; and the outcome's number.
 */
final class RunCodec {
  private static final byte VERSION = 1;
  private static final int USUAL_BYTES = 10;

  /** Hears of an event. */
  interface Use {
    void event(long id, long atMillis, int outcome);
  }

  private RunCodec() {}

  /** The rows from {@code fromRow} to before {@code toRow}. */
  static byte[] encode(FoldRows rows, int fromRow, int toRow) {
    PackedWriter out = new PackedWriter((toRow - fromRow) * USUAL_BYTES);
    out.write(VERSION);
    long license = 0;
    long id = 0;
    long at = 0;
    for (int row = fromRow; row < toRow; row++) {
      out.number(rows.license(row) - license);
      out.step(rows.id(row) - id);
      out.step(rows.atMillis(row) - at);
      out.number(rows.outcome(row));
      license = rows.license(row);
      id = rows.id(row);
      at = rows.atMillis(row);
    }
    return out.toByteArray();
  }

  /** Shows each event of a licence. */
  static void forEach(byte[] run, long licenseNo, Use use) {
    PackedReader in = new PackedReader(run);
    if (in.atEnd() || in.next() != VERSION) {
      throw new IllegalStateException("a run of the history is not in a form that is known");
    }
    long license = 0;
    long id = 0;
    long at = 0;
    while (!in.atEnd() && license <= licenseNo) {
      license += in.number();
      id += in.step();
      at += in.step();
      int outcome = (int) in.number();
      if (license == licenseNo) {
        use.event(id, at, outcome);
      }
    }
  }
}
