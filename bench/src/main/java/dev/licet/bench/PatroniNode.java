package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL under Patroni on 127.0.0.1. */
final class PatroniNode implements AutoCloseable {
  private final PatroniCluster cluster;
  private final String name;
  private final int port;
  private final int restPort;
  private @Nullable Process patroni;

  PatroniNode(PatroniCluster cluster, String name, int port, int restPort) {
    this.cluster = cluster;
    this.name = name;
    this.port = port;
    this.restPort = restPort;
  }

  int port() {
    return port;
  }

  String name() {
    return name;
  }

  void start() throws IOException {
    Path settings = cluster.folder().resolve(name + ".yml");
    Files.writeString(settings, settings());
    patroni = cluster.start(name, List.of("patroni", settings.toString()));
  }

  /** A lost leader is replaced after {@code ttl} seconds; 20 is the least that Patroni takes. */
  private String settings() {
    return """
    scope: licet
    name: %1$s
    restapi: {listen: "127.0.0.1:%2$d", connect_address: "127.0.0.1:%2$d"}
    etcd3: {host: "127.0.0.1:%3$d"}
    bootstrap:
      dcs:
        ttl: 20
        loop_wait: 2
        retry_timeout: 3
        synchronous_mode: true
        postgresql: {use_pg_rewind: true, parameters: {wal_log_hints: "on"}}
      initdb: [{encoding: UTF8}, data-checksums]
      pg_hba:
        - host all all 127.0.0.1/32 scram-sha-256
        - host replication all 127.0.0.1/32 scram-sha-256
    postgresql:
      listen: "127.0.0.1:%4$d"
      connect_address: "127.0.0.1:%4$d"
      data_dir: "%5$s"
      bin_dir: "%6$s"
      pgpass: "%5$s.pgpass"
      authentication:
        superuser: {username: postgres, password: postgres}
        replication: {username: replicator, password: postgres}
      parameters: {unix_socket_directories: "%7$s", password_encryption: scram-sha-256}
    """
        .formatted(
            name, restPort, cluster.etcdPort(), port, data(), cluster.binaries(), cluster.folder());
  }

  private Path data() {
    return cluster.folder().resolve(name);
  }

  /** Whether it takes writes. */
  boolean isLeader() {
    return "f".equals(ask("postgres", "SELECT pg_is_in_recovery()"));
  }

  /** Whether a commit waits for another node. */
  boolean isFollowed() {
    return "1"
        .equals(
            ask("postgres", "SELECT count(*) FROM pg_stat_replication WHERE sync_state = 'sync'"));
  }

  /** Runs a statement; the first column of its first row, null if it fails. */
  @Nullable String ask(String database, String sql) {
    String url =
        "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&password=postgres&loginTimeout=2"
            .formatted(port, database);
    try (Connection connection = DriverManager.getConnection(url + "&socketTimeout=5");
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return "";
      }
      try (ResultSet row = statement.getResultSet()) {
        row.next();
        return row.getString(1);
      }
    } catch (SQLException e) {
      return null;
    }
  }

  /** Ends Patroni and PostgreSQL at once, as a node that loses power. */
  void kill() throws IOException, InterruptedException {
    List<ProcessHandle> all = new ArrayList<>();
    Process running = patroni;
    if (running != null) {
      all.add(running.toHandle());
      all.addAll(running.descendants().toList());
    }
    ProcessHandle postmaster = postmaster();
    if (postmaster != null) {
      all.add(postmaster);
      all.addAll(postmaster.descendants().toList());
    }
    all.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : all) {
      for (int i = 0; i < 500 && process.isAlive(); i++) {
        Thread.sleep(10);
      }
    }
  }

  private @Nullable ProcessHandle postmaster() throws IOException {
    Path file = data().resolve("postmaster.pid");
    if (!Files.exists(file)) {
      return null;
    }
    ProcessHandle process =
        ProcessHandle.of(Long.parseLong(Files.readAllLines(file).getFirst().strip())).orElse(null);
    // The file may be of a process that was killed, and its number another's by now.
    return process != null
            && process.info().command().orElse("").startsWith(cluster.binaries().toString())
        ? process
        : null;
  }

  @Override
  public void close() throws IOException {
    Process running = patroni;
    try {
      if (running != null) {
        running.destroy();
        running.waitFor(10, TimeUnit.SECONDS);
      }
      kill();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
