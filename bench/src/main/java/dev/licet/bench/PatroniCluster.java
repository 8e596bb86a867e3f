package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** Two nodes of PostgreSQL under Patroni, with one etcd, in a folder of their own. */
final class PatroniCluster implements AutoCloseable {
  private static final String USER = "postgres";
  private static final int START_SECONDS = 120;

  private final Path folder;
  private final Path binaries;
  private final int etcdPort = Ports.free();
  private final Process etcd;
  private final List<PatroniNode> nodes;

  PatroniCluster() throws IOException, InterruptedException {
    folder = Files.createTempDirectory("licet-patroni");
    binaries = findBinaries();
    nodes = List.of(node("node1"), node("node2"));
    if (isRoot()) {
      new ProcessBuilder("chown", USER, folder.toString()).start().waitFor();
    }
    String client = "http://127.0.0.1:" + etcdPort;
    String peer = "http://127.0.0.1:" + Ports.free();
    etcd =
        start(
            "etcd",
            List.of(
                "etcd",
                "--data-dir=" + folder.resolve("etcd"),
                "--listen-client-urls=" + client,
                "--advertise-client-urls=" + client,
                "--listen-peer-urls=" + peer,
                "--initial-advertise-peer-urls=" + peer,
                "--initial-cluster=default=" + peer));
    try {
      for (PatroniNode node : nodes) {
        node.start();
      }
      awaitWhole();
    } catch (IOException | InterruptedException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private PatroniNode node(String name) {
    return new PatroniNode(this, name, Ports.free(), Ports.free());
  }

  private static Path findBinaries() throws IOException {
    try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.exists(bin.resolve("postgres")))
          .max(Comparator.naturalOrder())
          .orElseThrow(() -> new IOException("no PostgreSQL in /usr/lib/postgresql"));
    }
  }

  private static boolean isRoot() {
    return ProcessHandle.current().info().user().orElse("").equals("root");
  }

  /** Starts a process, not as root, whose output goes to a file of the folder. */
  Process start(String name, List<String> command) throws IOException {
    List<String> all = new ArrayList<>();
    if (isRoot()) {
      all.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
    }
    all.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile());
    builder.environment().put("HOME", folder.toString());
    return Children.watch(
        builder
            .redirectErrorStream(true)
            .redirectOutput(
                ProcessBuilder.Redirect.appendTo(folder.resolve(name + ".log").toFile()))
            .start());
  }

  Path folder() {
    return folder;
  }

  Path binaries() {
    return binaries;
  }

  int etcdPort() {
    return etcdPort;
  }

  /** The node that takes writes. */
  PatroniNode leader() throws IOException {
    return nodes.stream()
        .filter(PatroniNode::isLeader)
        .findFirst()
        .orElseThrow(() -> new IOException("no node leads; see " + folder));
  }

  PatroniNode other(PatroniNode node) {
    return nodes.getFirst() == node ? nodes.getLast() : nodes.getFirst();
  }

  /** Returns when one node leads and its commits wait for the other. */
  void awaitWhole() throws IOException, InterruptedException {
    await(() -> nodes.stream().anyMatch(node -> node.isLeader() && node.isFollowed()));
  }

  /** Returns when something is so, looking often. */
  void await(BooleanSupplier condition) throws IOException, InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > START_SECONDS * 1_000_000_000L) {
        throw new IOException("the nodes do not get ready; see the logs in " + folder);
      }
      Thread.sleep(20);
    }
  }

  /** For a server, whoever leads. */
  String jdbcUrl(String database) {
    return "jdbc:postgresql://127.0.0.1:%d,127.0.0.1:%d/%s?targetServerType=primary"
            .formatted(nodes.getFirst().port(), nodes.getLast().port(), database)
        + "&user=postgres&password=postgres";
  }

  /** Ends all processes. */
  @Override
  public void close() throws IOException {
    for (PatroniNode node : nodes) {
      node.close();
    }
    etcd.destroy();
    try {
      if (!etcd.waitFor(10, TimeUnit.SECONDS)) {
        etcd.destroyForcibly();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
