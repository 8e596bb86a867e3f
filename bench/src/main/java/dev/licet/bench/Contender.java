package dev.licet.bench;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A server that the load is put on, seeded with the licenses of one key list. */
interface Contender {
  /** As the tables show it. */
  String name();

  /** Seeds its data, once, before it is started. */
  void prepare() throws IOException, InterruptedException, SQLException;

  /** Starts it on its data and waits until it is ready. */
  Running start() throws IOException, InterruptedException, SQLException;

  /** A started contender, with the database that was started for it. */
  record Running(ServerProcess server, @Nullable BenchPostgres postgres) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      server.close();
      if (postgres != null) {
        postgres.close();
      }
    }
  }
}
