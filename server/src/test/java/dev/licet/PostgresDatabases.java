package dev.licet;

import dev.licet.store.postgres.PostgresAddress;
import dev.licet.store.postgres.PostgresDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One PostgreSQL server for all tests of this JVM, with its promises of durability kept, and a
 * database of it for whoever asks.
 */
public final class PostgresDatabases {
  private static final String USER = "postgres";
  private static final AtomicInteger COUNT = new AtomicInteger();

  private PostgresDatabases() {}

  /** Starts at the first use; the JVM's end stops it. */
  private static final class Shared {
    static final EmbeddedPostgres SERVER = start();

    private static EmbeddedPostgres start() {
      try {
        EmbeddedPostgres server =
            EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("max_connections", "200")
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server)));
        return server;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static void stop(EmbeddedPostgres server) {
      try {
        server.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** A database with an empty schema of the newest version, made at the first use. */
  private static final class Template {
    static final String NAME = make();

    private static String make() {
      String name = createBare();
      String location = location(name);
      PostgresDatabase.migrate(
          new PostgresAddress("jdbc:postgresql://" + location, USER, USER, location));
      return name;
    }
  }

  /**
   * The name of a new database with an empty schema of the newest version. It is not made ahead
   * beside other tests: events wait for the oldest transaction of the whole server.
   */
  public static String create() {
    return create(" TEMPLATE " + Template.NAME + " STRATEGY wal_log");
  }

  /** The name of a new database that was never migrated. */
  private static String createBare() {
    return create("");
  }

  private static String create(String from) {
    String name = "licet_" + COUNT.incrementAndGet();
    execute("CREATE DATABASE " + name + from);
    return name;
  }

  public static void drop(String name) {
    execute("DROP DATABASE " + name + " WITH (FORCE)");
  }

  /** Where a database is: {@code host:port/name}. */
  public static String location(String name) {
    return "127.0.0.1:" + Shared.SERVER.getPort() + "/" + name;
  }

  /** The URL of a new database, as a setting takes it; its schema is there and empty. */
  public static String fresh() {
    return url(create());
  }

  /** As {@link #fresh}, but without a schema: who opens it migrates it. */
  public static String bare() {
    return url(createBare());
  }

  private static String url(String name) {
    return "postgresql://" + USER + ":" + USER + "@" + location(name);
  }

  private static void execute(String sql) {
    try (Connection connection = Shared.SERVER.getPostgresDatabase().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
