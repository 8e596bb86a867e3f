package dev.licet;

import dev.licet.cli.Program;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.account.ApiKeyText;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** The whole program in this JVM, on a free port, with data that nobody else has. */
public final class TestServer implements AutoCloseable {
  /** The first API key of every server under test. */
  public static final String API_KEY =
      ApiKeyText.generate(ApiKeyText.Kind.LIVE, new SplittableRandom(1)).text();

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
    Map<String, String> settings = new HashMap<>(database.settings());
    settings.put("port", "0");
    settings.put("data-dir", directory.path().toString());
    settings.put("bootstrap-api-key", API_KEY);
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
