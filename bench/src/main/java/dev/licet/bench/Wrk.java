package dev.licet.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Saturating load by wrk with {@code bench/validate.lua}: one thread, a fixed number of
 * connections.
 */
final class Wrk {
  private static final Pattern PAIR = Pattern.compile("(\\w+)=(-?\\d+)");

  private final Path script;
  private final Path keys;
  private final int connections;

  Wrk(Path script, Path keys, int connections) {
    this.script = script;
    this.keys = keys;
    this.connections = connections;
  }

  /**
   * What wrk saw.
   *
   * @param failures answers that were not 200, or of which the body was checked and not valid, and
   *     broken or timed out connections
   */
  record Result(double perSecond, double p50Millis, double p99Millis, long failures) {}

  /** Loads a server; with {@code check}, which costs wrk much CPU, every answer's body is read. */
  Result run(URI base, Duration duration, boolean check) throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("wrk", "-t1", "-c" + connections, "-d" + duration.toSeconds() + "s"));
    command.addAll(List.of("--latency", "-s", script.toString(), base.toString(), "--"));
    command.add(keys.toString());
    if (check) {
      command.add("check");
    }
    Process wrk = Children.watch(new ProcessBuilder(command).redirectErrorStream(true).start());
    try {
      String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      wrk.waitFor(10, TimeUnit.SECONDS);
      return parse(output);
    } finally {
      wrk.destroyForcibly();
    }
  }

  private static Result parse(String output) throws IOException {
    String line =
        output
            .lines()
            .filter(candidate -> candidate.startsWith("result "))
            .findFirst()
            .orElseThrow(() -> new IOException("wrk gave no result: " + output));
    Map<String, Long> values = new HashMap<>();
    for (Matcher pair = PAIR.matcher(line); pair.find(); ) {
      values.put(pair.group(1), Long.valueOf(pair.group(2)));
    }
    output.lines().filter(text -> text.startsWith("first bad answer")).forEach(System.err::println);
    return new Result(
        value(values, "requests") * 1e6 / value(values, "micros"),
        value(values, "p50") / 1000.0,
        value(values, "p99") / 1000.0,
        value(values, "status") + value(values, "socket") + value(values, "invalid"));
  }

  private static long value(Map<String, Long> values, String name) throws IOException {
    Long value = values.get(name);
    if (value == null) {
      throw new IOException("wrk's result has no " + name);
    }
    return value;
  }
}
