package dev.licet.cli;

import java.io.PrintStream;
import java.util.Locale;

/** A line that shows how far something is, on a terminal; nothing anywhere else. */
final class ProgressBar {
  private static final int WIDTH = 30;
  private static final double MEGABYTE = 1e6;

  private final PrintStream out;
  private final boolean interactive;
  private int shown;

  ProgressBar(PrintStream out, boolean interactive) {
    this.out = out;
    this.interactive = interactive;
  }

  /**
   * Shows where it stands.
   *
   * @param total 0 when it is not known
   * @param note what else there is to say
   */
  void show(long done, long total, String note) {
    if (interactive) {
      String text = text(done, total, note);
      out.print("\r" + text + " ".repeat(Math.max(0, shown - text.length())));
      out.flush();
      shown = text.length();
    }
  }

  /** Takes the line away, so that something else can be printed. */
  void clear() {
    if (interactive && shown > 0) {
      out.print("\r" + " ".repeat(shown) + "\r");
      out.flush();
      shown = 0;
    }
  }

  static String text(long done, long total, String note) {
    if (total <= 0) {
      return String.format(Locale.ROOT, "%.1f MB  %s", done / MEGABYTE, note);
    }
    int filled = (int) Math.min(WIDTH, done * WIDTH / total);
    return String.format(
        Locale.ROOT,
        "[%s%s] %3d%%  %s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        Math.min(100, done * 100 / total),
        note);
  }
}
