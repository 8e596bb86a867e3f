package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The two peers that Licet is measured against. */
enum Peer {
  CEILING("ceiling"),
  TUTORIAL("tutorial");

  private final String label;

  Peer(String label) {
    this.label = label;
  }

  Contender on(Bench bench) {
    return switch (this) {
      case CEILING -> new CeilingContender(label, bench);
      case TUTORIAL -> new TutorialContender(label, bench);
    };
  }

  private record CeilingContender(String name, Bench bench) implements Contender {
    private static final Duration TRAINING = Duration.ofSeconds(15);
    private static final int CONNECTIONS = 32;

    /** Trains an AOT cache as Licet's launcher does. */
    @Override
    public void prepare() throws IOException, InterruptedException {
      Files.createDirectories(bench.data(name));
      try (ServerProcess server = start("-XX:AOTCacheOutput=" + cache())) {
        new Wrk(bench.script(), bench.keys(), CONNECTIONS).run(server.base(), TRAINING, false);
      }
      if (!Files.exists(cache())) {
        throw new IOException("The ceiling made no AOT cache; see " + bench.log(name));
      }
    }

    @Override
    public Running start() throws IOException, InterruptedException {
      return new Running(start("-XX:AOTCache=" + cache()), null);
    }

    private ServerProcess start(String option) throws IOException, InterruptedException {
      String port = Integer.toString(Ports.free());
      return ServerProcess.start(
          Jvm.running(option, Ceiling.class, bench.keys().toString(), port),
          Map.of(),
          bench.log(name));
    }

    private Path cache() {
      return bench.data(name).resolve("ceiling.aot");
    }
  }

  private record TutorialContender(String name, Bench bench) implements Contender {
    @Override
    public void prepare() throws IOException, InterruptedException {
      Bench.delete(data());
      Files.createDirectories(data());
      Process seed =
          new ProcessBuilder("node", script("seed.js"), bench.keys().toString(), database())
              .inheritIO()
              .start();
      if (seed.waitFor() != 0) {
        throw new IOException("Seeding the tutorial failed");
      }
    }

    @Override
    public Running start() throws IOException, InterruptedException {
      List<String> command =
          List.of("node", script("server.js"), database(), Integer.toString(Ports.free()));
      return new Running(ServerProcess.start(command, Map.of(), bench.log(name)), null);
    }

    private Path data() {
      return bench.data(name);
    }

    private String database() {
      return data().resolve("licenses.db").toString();
    }

    private String script(String file) {
      return bench.root().resolve("bench/peers/tutorial").resolve(file).toString();
    }
  }
}
