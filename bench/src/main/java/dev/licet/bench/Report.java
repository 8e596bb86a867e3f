package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What {@code bench/run} prints and writes: Markdown, with what was measured beside what is to be
 * reached.
 */
final class Report {
  /** What stands in the report from here on was measured by other commands, and stays. */
  private static final String BY_OTHERS = "\n## Other commands\n";

  private final String command;
  private final String setting;
  private Map<String, Measurement> speed = Map.of();
  private Map<Integer, Measurement> sizes = Map.of();
  private int sizeRate;
  private String sizesHeap = "";
  private @Nullable StartTimes start;
  private @Nullable TwoServers two;
  private @Nullable Outage outage;

  Report(String command, int licenses, int connections, int rounds, int seconds) {
    this.command = command;
    this.setting =
        "%,d licenses, random known keys with a known domain, %d connections; median of %d rounds of %d s each, contenders in turn"
            .formatted(licenses, connections, rounds, seconds);
  }

  void speed(Map<String, Measurement> medians) {
    speed = new LinkedHashMap<>(medians);
  }

  void start(StartTimes times) {
    start = times;
  }

  void sizes(Map<Integer, Measurement> medians, int perSecond, String heap) {
    sizes = medians;
    sizeRate = perSecond;
    sizesHeap = heap;
  }

  void two(TwoServers measured) {
    two = measured;
  }

  void outage(Outage measured) {
    outage = measured;
  }

  /** The part of a report that this command does not write. */
  static String byOthers(Path report) throws IOException {
    String text = Files.exists(report) ? Files.readString(report) : "";
    int at = text.indexOf(BY_OTHERS);
    return at < 0 ? "" : text.substring(at);
  }

  String render() throws IOException {
    StringBuilder text = new StringBuilder("# Results\n\n");
    text.append("`%s`, %s\n\n".formatted(command.strip(), LocalDate.now(ZoneOffset.UTC)));
    text.append(
        "Machine, shared by server, database and load: %s.\n".formatted(Machine.describe()));
    text.append("Load: %s.\n".formatted(setting));
    if (!speed.isEmpty()) {
      text.append(SPEED_HEAD);
      speed.forEach((name, measured) -> text.append(row(name, measured)));
      text.append(SPEED_NOTES);
    }
    if (start != null) {
      text.append("\n## Start to first answer\n\n");
      text.append(
          "Median of 5: %.0f ms, with the AOT cache %.0f ms.\n"
              .formatted(start.plain(), start.cached()));
    }
    if (two != null) {
      text.append(onTwo(two));
    }
    if (outage != null) {
      text.append(without(outage));
    }
    if (!sizes.isEmpty()) {
      text.append("\n## Number of licenses\n\n");
      text.append(
          "With `LICET_HEAP=%s`, of which the cache takes a third, after all licenses were asked for once.\n\n"
              .formatted(sizesHeap));
      text.append(
          "| licenses | p50 ms at %,d/s | p50 ms at saturation | answers/s | resident MiB |"
              .formatted(sizeRate));
      text.append(" failures |\n|--:|--:|--:|--:|--:|--:|\n");
      sizes.forEach((size, measured) -> text.append(sizeRow(size, measured)));
    }
    return text.append(targets()).toString();
  }

  private static final String SPEED_HEAD =
      """

      ## Speed

      | | answers/s | x ceiling | x tutorial | p50 ms | p99 ms | p99 ms at half the rate | resident MiB | failures |
      |---|--:|--:|--:|--:|--:|--:|--:|--:|
      """;

  private static final String SPEED_NOTES =
      """

      p50 and p99 are those at saturation; the p99 at half the saturating rate is of a constant rate and counts from the moment at which a
      request was meant to leave. *ceiling* is the same HTTP server and JSON with a map lookup and nothing else. *tutorial* is Node, Hono and
      better-sqlite3 with one SELECT and one UPDATE, WAL and the driver's `synchronous=NORMAL`: it does not wait for the disk, Licet does.
      PostgreSQL keeps 64 files of its log (`min_wal_size = 1GB`) and has them from the start, as one has that has run for a while.
      """;

  private String onTwo(TwoServers measured) {
    Measurement one = speed.get("licet-postgres");
    return "\n## Two servers on one PostgreSQL\n\n%,.0f answers/s together%s, 99%% within %.1f ms, %d failures. All share the machine.\n"
        .formatted(
            measured.perSecond(),
            one == null
                ? ""
                : ", %.2f x one server".formatted(measured.perSecond() / one.perSecond()),
            measured.slowerP99Millis(),
            measured.failures());
  }

  private static String without(Outage measured) {
    return """

    ## Without the database

    PostgreSQL stopped for %d s in the middle of %,.0f validations a second (half of what saturates): %,d asked for,
    %d without a valid answer, %d of the answered ones not counted in the end, %d counted twice; all were counted %.1f s
    after the last. 99%% within %.1f ms, the longest %.0f ms.
    """
        .formatted(
            measured.awaySeconds(),
            measured.perSecond(),
            measured.planned(),
            measured.failures(),
            measured.lost(),
            measured.countedTwice(),
            measured.replaySeconds(),
            measured.p99Millis(),
            measured.longestMillis());
  }

  private String row(String name, Measurement measured) {
    return "| %s | %,.0f | %s | %s | %.2f | %.2f | %.2f | %.0f | %d |%n"
        .formatted(
            name,
            measured.perSecond(),
            number(ratio(name, "ceiling")),
            number(ratio(name, "tutorial")),
            measured.p50Millis(),
            measured.p99Millis(),
            measured.steadyP99Millis(),
            measured.residentMebibytes(),
            measured.failures());
  }

  private static String sizeRow(int size, Measurement measured) {
    return "| %,d | %.3f | %.2f | %,.0f | %.0f | %d |%n"
        .formatted(
            size,
            measured.steadyP50Millis(),
            measured.p50Millis(),
            measured.perSecond(),
            measured.residentMebibytes(),
            measured.failures());
  }

  private @Nullable Double ratio(String name, String to) {
    Measurement one = speed.get(name);
    Measurement other = speed.get(to);
    return one == null || other == null ? null : one.perSecond() / other.perSecond();
  }

  private String targets() {
    StringBuilder text = new StringBuilder();
    atLeast(text, "SQLite committed, x ceiling", ratio("licet-sqlite", "ceiling"), 0.5);
    atLeast(text, "SQLite committed, x tutorial", ratio("licet-sqlite", "tutorial"), 5);
    atLeast(text, "PostgreSQL committed, x ceiling", ratio("licet-postgres", "ceiling"), 0.4);
    atLeast(text, "queued, x ceiling", ratio("licet-queued", "ceiling"), 0.8);
    for (String name : new String[] {"licet-sqlite", "licet-postgres", "licet-queued"}) {
      Measurement measured = speed.get(name);
      if (measured != null) {
        atMost(text, name + ", p99 ms at half the rate", measured.steadyP99Millis(), 10);
        atMost(text, name + ", resident MiB", measured.residentMebibytes(), 400);
      }
    }
    if (start != null) {
      atMost(text, "start to first answer with the AOT cache, ms", start.cached(), 1500);
    }
    if (outage != null) {
      atMost(
          text,
          "validations without an answer while the database is away",
          (double) outage.failures(),
          0);
      atMost(text, "validations lost to that", (double) (outage.lost() + outage.countedTwice()), 0);
    }
    if (sizes.size() == 2) {
      double[] p50 = sizes.values().stream().mapToDouble(Measurement::steadyP50Millis).toArray();
      atMost(text, "median time at 1,000,000 licenses, x that at 1,000", p50[1] / p50[0], 1.2);
    }
    return text.isEmpty()
        ? ""
        : "\n## To reach\n\n| | to reach | measured | |\n|---|--:|--:|---|\n" + text;
  }

  private static void atLeast(
      StringBuilder text, String what, @Nullable Double value, double goal) {
    if (value != null) {
      line(text, what, ">= " + number(goal), value, value >= goal);
    }
  }

  private static void atMost(StringBuilder text, String what, double value, double goal) {
    line(text, what, "<= " + number(goal), value, value <= goal);
  }

  private static void line(
      StringBuilder text, String what, String goal, double value, boolean reached) {
    text.append(
        "| %s | %s | %s | %s |%n".formatted(what, goal, number(value), reached ? "yes" : "**no**"));
  }

  private static String number(@Nullable Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, value >= 100 ? "%.0f" : "%.2f", value);
  }
}
