package dev.licet;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/** One PostgreSQL server for all tests of this JVM, and a database of it for whoever asks. */
public final class PostgresDatabases {
  private static final AtomicInteger COUNT = new AtomicInteger();

  private PostgresDatabases() {}

  /** Starts at the first use; the JVM's end stops it. */
  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        return EmbeddedPostgres.builder().setServerConfig("max_connections", "200").start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** The URL of a new, empty database. */
  public static String fresh() {
    String name = "licet_" + COUNT.incrementAndGet();
    try (Connection connection = Shared.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    } catch (SQLException e) {
      throw new IllegalStateException("no database could be made", e);
    }
    return "postgresql://postgres@127.0.0.1:" + Shared.SERVER.getPort() + "/" + name;
  }
}
