package dev.licet;

import dev.licet.cli.Program;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.account.ApiKeyText;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/** The whole program in this JVM, on a free port, with data that nobody else has. */
public final class TestServer implements AutoCloseable {
  /** The first API key of every server under test. */
  public static final String API_KEY =
      ApiKeyText.generate(ApiKeyText.Kind.LIVE, new SplittableRandom(1)).text();

  /** The operator key of every server under test. */
  public static final String OPERATOR_KEY =
      ApiKeyText.generate(ApiKeyText.Kind.OPERATOR, new SplittableRandom(2)).text();

  private final TemporaryDirectory directory;
  private final Map<String, String> settings;
  private Program.Server server;

  private TestServer(TemporaryDirectory directory, Map<String, String> settings) {
    this.directory = directory;
    this.settings = settings;
    this.server = boot(settings);
  }

  /** On an empty database, calls unlimited. */
  public static TestServer start(TestDatabase database) {
    return start(database, Map.of());
  }

  /**
   * On an empty database.
   *
   * @param changes settings by their names
   */
  public static TestServer start(TestDatabase database, Map<String, String> changes) {
    TemporaryDirectory directory = TemporaryDirectory.create();
    Map<String, String> settings = new HashMap<>(database.settings(directory.path()));
    settings.put("port", "0");
    settings.put("data-dir", directory.path().toString());
    settings.put("bootstrap-api-key", API_KEY);
    settings.put("bootstrap-operator-key", OPERATOR_KEY);
    settings.put("unknown-keys-per-minute", "0");
    settings.put("license-validations-per-minute", "0");
    settings.put("api-key-requests-per-minute", "0");
    settings.put("address-requests-per-minute", "0");
    settings.putAll(changes);
    return new TestServer(directory, settings);
  }

  /** Stops it in good order and starts it again on the same data, on another port. */
  public void restart() {
    server.close();
    server = boot(settings);
  }

  /** What commands on the same database are told in their environment. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>();
    for (String name : List.of("data-dir", "database-url")) {
      if (settings.containsKey(name)) {
        environment.put(
            "LICET_" + name.toUpperCase(Locale.ROOT).replace('-', '_'), settings.get(name));
      }
    }
    return environment;
  }

  /** The program, to run commands with. */
  public static Program program() {
    return new LicetProgram();
  }

  public URI address() {
    return server.address();
  }

  public Path dataDirectory() {
    return directory.path();
  }

  /** A client that has the API key. */
  public TestClient client() {
    return new TestClient(address(), API_KEY);
  }

  /** What {@code licet audit verify} finds, while the server runs. */
  public List<Program.AuditReport> verifyAudit() {
    try {
      return new LicetProgram().verifyAudit(Settings.of(settings));
    } catch (StartupException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Runs a statement behind the server's back; how many rows it changed. */
  public int sql(String statement) {
    String url = settings.getOrDefault("database-url", "");
    String location =
        url.isEmpty()
            ? "jdbc:sqlite:" + dataDirectory().resolve("licet.db")
            : "jdbc:postgresql://" + url.substring(url.indexOf('@') + 1);
    try (Connection connection = DriverManager.getConnection(location, "postgres", "postgres");
        Statement sql = connection.createStatement()) {
      return sql.executeUpdate(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A client of another account than that of {@link #client}, which has the same plans. */
  public TestClient stranger() {
    String account = "{\"name\": \"stranger\", \"email\": \"s@stranger.example\"}";
    Reply created = operator().post("/api/v1/accounts", account).expect(201);
    return new TestClient(address(), created.text("/api_key"));
  }

  /** A client that has the operator key. */
  public TestClient operator() {
    return new TestClient(address(), OPERATOR_KEY);
  }

  @Override
  public void close() {
    server.close();
    directory.close();
  }

  private static Program.Server boot(Map<String, String> settings) {
    try {
      return new LicetProgram().start(Settings.of(settings));
    } catch (StartupException e) {
      throw new IllegalStateException(e);
    }
  }
}
