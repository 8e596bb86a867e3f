package dev.licet.bench;

import dev.licet.domain.license.KeyVault;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the drivers start the product: by its launcher, on a free port, with its rate limits off. */
final class LicetServer {
  /** The first API key of every server that the drivers start. */
  static final String API_KEY = BootstrapKey.of("benchbenchbenchbenchbenchbench00");

  private static final byte[] SECRET = new byte[KeyVault.SECRET_BYTES];

  private final Path launcher;
  private final Path log;
  private final Map<String, String> environment = new HashMap<>();

  /**
   * @param root the repository
   * @param dataDirectory the server's own files; the SQLite database when there is no URL
   * @param databaseUrl a PostgreSQL, or null
   */
  LicetServer(Path root, Path dataDirectory, @Nullable String databaseUrl, Path log) {
    this.launcher = root.resolve("licet");
    this.log = log;
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.putAll(settings(dataDirectory));
    if (databaseUrl != null) {
      environment.put("LICET_DATABASE_URL", databaseUrl);
    }
  }

  /** The environment of every server that the drivers start. */
  static Map<String, String> settings(Path dataDirectory) {
    return Map.of(
        "LICET_PORT", "0",
        "LICET_HOST", "127.0.0.1",
        "LICET_DATA_DIR", dataDirectory.toString(),
        "LICET_BOOTSTRAP_API_KEY", API_KEY,
        "LICET_SECRET", Base64.getEncoder().encodeToString(SECRET),
        "LICET_LICENSE_VALIDATIONS_PER_MINUTE", "0",
        "LICET_UNKNOWN_KEYS_PER_MINUTE", "0",
        "LICET_API_KEY_REQUESTS_PER_MINUTE", "0",
        "LICET_ADDRESS_REQUESTS_PER_MINUTE", "0");
  }

  /** What the servers read and write keys with. */
  static KeyVault vault() {
    return new KeyVault(SECRET, new SecureRandom());
  }

  LicetServer with(String setting, String value) {
    environment.put(setting, value);
    return this;
  }

  ServerProcess start() throws IOException, InterruptedException {
    return ServerProcess.start(List.of(launcher.toString(), "serve"), environment, log);
  }
}
