package dev.licet;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.Recurring;
import dev.licet.domain.usage.Geography;
import dev.licet.geo.GeoFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Knows where addresses are, and looks whether its files have changed. */
final class GeoWork implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(3);

  /** What {@code licet geoip install} writes, in the data directory. */
  private static final String INSTALLED = "geoip.mmdb";

  private final GeoFiles files;
  private final Recurring refresh;

  private GeoWork(GeoFiles files) {
    this.files = files;
    this.refresh = Recurring.start("geoip", LOOK, files::refresh);
  }

  /**
   * Opens the files that the settings name, or else the installed one, if it is there.
   *
   * @throws StartupException when one cannot be read
   */
  static GeoWork open(Settings settings) throws StartupException {
    List<Path> named = settings.geoip().databases();
    List<Path> paths = named.isEmpty() ? List.of(installed(settings)) : named;
    try {
      return new GeoWork(GeoFiles.open(paths, named.isEmpty()));
    } catch (IOException e) {
      throw new StartupException(
          "The file of countries cannot be used: " + e.getMessage(),
          named.isEmpty()
              ? "Remove it, or get it again by licet geoip install"
              : "Mend geoip.database, which names files in MaxMind's format (mmdb)",
          e);
    }
  }

  static Path installed(Settings settings) {
    return settings.dataDir().resolve(INSTALLED);
  }

  Geography geography() {
    return files;
  }

  @Override
  public void close() {
    refresh.close();
  }
}
