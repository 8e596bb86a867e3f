package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code bench/fuzz}: Jazzer on the bodies of every write, one after the other. */
@Command(
    name = "bench/fuzz",
    mixinStandardHelpOptions = true,
    description =
        "Searches for bodies that end in a 5xx, hang or make the heap grow. Exit code 1 if any.")
final class FuzzCommand implements Callable<Integer> {
  private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");
  private static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

  @Option(names = "--seconds", description = "for each write; default ${DEFAULT-VALUE}")
  private int seconds = 60;

  @Option(
      names = "--only",
      description =
          "only writes whose method and path hold this text, such as \"POST /api/v1/plans\"")
  private String only = "";

  private final Path root = Path.of("").toAbsolutePath();

  public static void main(String[] arguments) {
    Commands.run(new FuzzCommand(), arguments);
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    boolean passed = true;
    for (SpecWrites.Write write : SpecWrites.read(root.resolve("spec/openapi.yaml"))) {
      if (write.name().contains(only)) {
        passed &= fuzz(write);
      }
    }
    return passed ? 0 : 1;
  }

  private boolean fuzz(SpecWrites.Write write) throws IOException, InterruptedException {
    String folderName = write.name().replaceAll("[^A-Za-z]+", "-");
    Path folder = root.resolve("bench/target/fuzz/" + folderName);
    Bench.delete(folder);
    Path corpus = Files.createDirectories(folder.resolve("corpus"));
    for (int i = 0; i < write.examples().size(); i++) {
      Files.writeString(corpus.resolve("example-" + i), write.examples().get(i));
    }
    Path log = folder.resolve("jazzer.log");
    ProcessBuilder builder = new ProcessBuilder(command(write, corpus)).directory(folder.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    LicetServer.settings(folder.resolve("data")).forEach(builder.environment()::put);
    builder.environment().put("LICET_PORT", Integer.toString(Ports.free()));
    builder.environment().put("LICET_CACHE_MAX_WEIGHT_MB", "8");
    int exitCode = Children.watch(builder.start()).waitFor();
    Matcher runs = RUNS.matcher(Files.readString(log));
    String count = runs.find() ? runs.group(1) : "?";
    boolean passed = exitCode == 0 && !count.equals("?");
    System.out.printf(
        "%-70s %8s bodies  %s%n", write.name(), count, passed ? "ok" : "FOUND, see " + log);
    return passed;
  }

  private List<String> command(SpecWrites.Write write, Path corpus) {
    List<String> command =
        new ArrayList<>(
            List.of(
                Jvm.java(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-Djdk.virtualThreadScheduler.parallelism=8",
                "-Dfuzz.method=" + write.method(),
                "-Dfuzz.path=" + write.path(),
                "-Dfuzz.content-type=" + write.contentType(),
                "-cp",
                absolute(System.getProperty("java.class.path")),
                JAZZER));
    command.add("--target_class=" + FuzzTarget.class.getName());
    command.add("--instrumentation_includes=dev.licet.**");
    // It takes every connection for a finding, and the bodies go over one.
    command.add(
        "--disabled_hooks=com.code_intelligence.jazzer.sanitizers.ServerSideRequestForgery");
    command.add("-max_total_time=" + seconds);
    command.add("-timeout=15");
    command.add("-rss_limit_mb=3000");
    command.add("-max_len=8192");
    command.add(corpus.toString());
    return command;
  }

  /** The class path as it is found from another directory. */
  private String absolute(String classPath) {
    List<String> entries = new ArrayList<>();
    for (String entry : classPath.split(":", -1)) {
      entries.add(root.resolve(entry).toString());
    }
    return String.join(":", entries);
  }
}
