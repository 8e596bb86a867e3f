package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code bench/run}: all contenders in turn, several rounds, medians, one report. */
@Command(
    name = "bench/run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures Licet beside its peers and writes bench/RESULTS.md.")
final class Run implements Callable<Integer> {
  private static final int FEW = 1_000;
  private static final int MANY = 1_000_000;

  /** What a server with a million licenses is given, so that all of them stay in memory. */
  private static final String SIZES_HEAP = "3g";

  /** Licenses that a warm-up asks for the first time in a second, at least. */
  private static final int FIRST_ASKED_PER_SECOND = 8_000;

  @Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Option(
      names = "--only",
      split = ",",
      description = "licet-sqlite, licet-postgres, licet-queued, ceiling, tutorial; all by default")
  private List<String> only =
      List.of("licet-sqlite", "licet-postgres", "licet-queued", "ceiling", "tutorial");

  @Option(
      names = "--parts",
      split = ",",
      description =
          "speed, start, sizes, two, outage; all by default (start and sizes are of licet-sqlite, "
              + "two and outage of licet-postgres)")
  private Set<String> parts = Set.of("speed", "start", "sizes", "two", "outage");

  @Option(names = "--rounds", description = "default ${DEFAULT-VALUE}")
  private int rounds = 3;

  @Option(names = "--seconds", description = "of each measured phase; default ${DEFAULT-VALUE}")
  private int seconds = 15;

  @Option(names = "--warm-up", description = "seconds before each round; default ${DEFAULT-VALUE}")
  private int warmUp = 40;

  @Option(names = "--licenses", description = "default ${DEFAULT-VALUE}")
  private int licenses = 100_000;

  @Option(names = "--connections", description = "of wrk; default ${DEFAULT-VALUE}")
  private int connections = 64;

  @Option(
      names = "--size-rate",
      description = "validations per second when sizes are compared; default ${DEFAULT-VALUE}")
  private int sizeRate = 5_000;

  @Option(
      names = "--away",
      description = "seconds without the database in \"outage\"; default ${DEFAULT-VALUE}")
  private int awaySeconds = 60;

  @Option(names = "--out", description = "the report; default ${DEFAULT-VALUE}")
  private Path out = Path.of("bench/RESULTS.md");

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new Run(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Bench bench = Bench.of(root, licenses);
    List<Contender> contenders = new ArrayList<>();
    for (String name : only) {
      contenders.add(contender(name, bench));
    }
    Report report = new Report(commandLine(), licenses, connections, rounds, seconds);
    if (parts.contains("speed")) {
      report.speed(speed(contenders, bench));
    }
    if (parts.contains("start")) {
      LicetContender licet = LicetContender.sqlite(bench);
      prepareUnlessDone(licet, bench);
      report.start(StartTimes.take(licet, bench));
    }
    runOnPostgres(report, bench);
    if (parts.contains("sizes")) {
      report.sizes(sizes(), sizeRate, SIZES_HEAP);
    }
    String text = report.render();
    System.out.println(text);
    Files.writeString(out, text + Report.byOthers(out));
    return 0;
  }

  private void runOnPostgres(Report report, Bench bench)
      throws IOException, InterruptedException, SQLException {
    LicetContender licet = LicetContender.postgres(bench);
    if (parts.contains("two") || parts.contains("outage")) {
      prepareUnlessDone(licet, bench);
    }
    if (parts.contains("two")) {
      TwoServers two = TwoServers.take(licet, bench, plan());
      say("two servers on one PostgreSQL: " + two);
      report.two(two);
    }
    if (parts.contains("outage")) {
      Outage outage =
          Outage.take(licet, bench, Duration.ofSeconds(warmUp), connections, awaySeconds);
      say("without PostgreSQL: " + outage);
      report.outage(outage);
    }
  }

  private Contender contender(String name, Bench bench) {
    return switch (name) {
      case "licet-sqlite" -> LicetContender.sqlite(bench);
      case "licet-postgres" -> LicetContender.postgres(bench);
      case "licet-queued" -> LicetContender.queued(bench);
      case "ceiling" -> Peer.CEILING.on(bench);
      case "tutorial" -> Peer.TUTORIAL.on(bench);
      default -> throw new ParameterException(spec().commandLine(), "No contender " + name);
    };
  }

  private CommandLine.Model.CommandSpec spec() {
    if (spec == null) {
      throw new IllegalStateException("not run as a command");
    }
    return spec;
  }

  private String commandLine() {
    return "bench/run " + String.join(" ", spec().commandLine().getParseResult().originalArgs());
  }

  private Measurement.Plan plan() {
    Duration measured = Duration.ofSeconds(seconds);
    return new Measurement.Plan(Duration.ofSeconds(warmUp), measured, measured, 0, connections);
  }

  private void prepareUnlessDone(Contender contender, Bench bench)
      throws IOException, InterruptedException, SQLException {
    if (!parts.contains("speed") || !only.contains(contender.name())) {
      say("seeding " + contender.name() + " with " + bench.licenses());
      contender.prepare();
    }
  }

  private Map<String, Measurement> speed(List<Contender> contenders, Bench bench)
      throws IOException, InterruptedException, SQLException {
    for (Contender contender : contenders) {
      say("seeding " + contender.name());
      contender.prepare();
    }
    Map<String, List<Measurement>> taken = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Contender contender : contenders) {
        Measurement measured = Measurement.take(contender, bench, plan());
        say("round %d, %s: %s".formatted(round, contender.name(), measured));
        taken.computeIfAbsent(contender.name(), _ -> new ArrayList<>()).add(measured);
      }
    }
    Map<String, Measurement> medians = new LinkedHashMap<>();
    taken.forEach((name, all) -> medians.put(name, Measurement.median(all)));
    return medians;
  }

  private Map<Integer, Measurement> sizes() throws IOException, InterruptedException, SQLException {
    Map<Integer, List<Measurement>> taken = new TreeMap<>();
    List<Bench> benches = List.of(Bench.of(root, FEW), Bench.of(root, MANY));
    for (Bench bench : benches) {
      say("seeding licet-sqlite with " + bench.licenses());
      LicetContender.sqlite(bench).prepare();
    }
    for (int round = 1; round <= rounds; round++) {
      for (Bench bench : benches) {
        int sweep = Math.max(warmUp, bench.licenses() / FIRST_ASKED_PER_SECOND);
        Measurement measured =
            Measurement.take(
                LicetContender.sqlite(bench).withJava("-Xmx" + SIZES_HEAP),
                bench,
                plan().atRate(sizeRate).withWarmUp(Duration.ofSeconds(sweep)));
        say("round %d, %d licenses: %s".formatted(round, bench.licenses(), measured));
        taken.computeIfAbsent(bench.licenses(), _ -> new ArrayList<>()).add(measured);
      }
    }
    Map<Integer, Measurement> medians = new TreeMap<>();
    taken.forEach((size, all) -> medians.put(size, Measurement.median(all)));
    return medians;
  }

  private static void say(String text) {
    System.err.println(text);
  }
}
