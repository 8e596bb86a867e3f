package dev.licet.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.billing.Scene;
import dev.licet.domain.job.JobState;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A program whose server is {@link FakeLicenses}. It also runs as a process: see {@link #main}. */
final class FakeProgram implements Program {
  private final int domainLimit;
  private final PrintStream log;
  @Nullable Settings started;
  boolean closed;
  boolean fresh = true;

  FakeProgram(int domainLimit) {
    this(domainLimit, new PrintStream(OutputStream.nullOutputStream(), true, UTF_8));
  }

  private FakeProgram(int domainLimit, PrintStream log) {
    this.domainLimit = domainLimit;
    this.log = log;
  }

  /**
   * Runs the command line; the properties {@code slow.start}, {@code slow.answer} and {@code
   * slow.close} hold it up for ms.
   */
  public static void main(String[] arguments) {
    System.exit(CommandLineInterface.run(new FakeProgram(3, System.err), arguments));
  }

  @Override
  public Server start(Settings settings) throws StartupException {
    if (settings.port() == 1) {
      throw new StartupException("Port 1 is in use", "Choose another one with --port");
    }
    if (settings.port() == 2) {
      throw new IllegalStateException("a bug\nof two lines");
    }
    started = settings;
    log.println("starting");
    pause("slow.start");
    try {
      Files.createDirectories(settings.dataDir());
      Files.writeString(settings.dataDir().resolve("licet.db"), "data");
      return new FakeServer(new FakeLicenses(domainLimit));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public MigrationReport migrate(Settings settings) {
    started = settings;
    return fresh
        ? new MigrationReport("", "3", 3, "SQLite, data/licet.db")
        : new MigrationReport("3", "3", 0, "SQLite, data/licet.db");
  }

  @Override
  public BackupReport backup(Settings settings, Path target) {
    return new BackupReport(target, 1_234_567);
  }

  @Override
  public List<AuditReport> verifyAudit(Settings settings) {
    started = settings;
    Optional<String> fault = fresh ? Optional.empty() : Optional.of("row 4 is missing");
    return List.of(new AuditReport("acc_1", 3, new byte[] {1, 2}, fault));
  }

  @Override
  public SimulatedMessage simulate(String provider, Scene scene, String secret) {
    return new SimulatedMessage(scene.toString(), Map.of("X-Secret", secret), scene.order());
  }

  @Override
  public List<JobState> jobs(Settings settings) {
    Instant noon = Instant.parse("2026-05-01T12:00:00Z");
    return List.of(
        job("sweep", null, noon, 0, null),
        job("purge", 7L, null, 0, null),
        job("broken", null, noon, 3, "java.lang.IllegalStateException: no\nroom"),
        JobState.initial("never", noon));
  }

  private static JobState job(
      String name,
      @Nullable Long holder,
      @Nullable Instant finishedAt,
      int failures,
      @Nullable String error) {
    Instant started = Instant.parse("2026-05-01T11:59:58.500Z");
    Instant next = Instant.parse("2026-05-01T12:01:00Z");
    return new JobState(
        name,
        9,
        holder,
        next,
        started,
        finishedAt,
        Duration.ofMillis(1_500),
        40,
        failures,
        error,
        error == null ? null : finishedAt);
  }

  @Override
  public GeoipReport installGeoip(Settings settings) {
    started = settings;
    return new GeoipReport(settings.dataDir().resolve("geoip.mmdb"), "2026.11.1", 8_123_456);
  }

  @Override
  public void onAccounts(Settings settings, OfficeWork work) throws StartupException {
    throw new StartupException("There are no accounts", "Start a real program");
  }

  static void pause(String property) {
    try {
      Thread.sleep(Long.getLong(property, 0));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class FakeServer implements Server {
    private final FakeLicenses licenses;

    FakeServer(FakeLicenses licenses) {
      this.licenses = licenses;
    }

    @Override
    public URI address() {
      return licenses.address();
    }

    @Override
    public String database() {
      return "SQLite, data/licet.db";
    }

    @Override
    public Optional<String> firstApiKey() {
      return fresh ? Optional.of(FakeLicenses.API_KEY) : Optional.empty();
    }

    @Override
    public Optional<String> firstOperatorKey() {
      return Optional.empty();
    }

    @Override
    public void close() {
      pause("slow.close");
      licenses.close();
      closed = true;
      log.println("closed in good order");
    }
  }
}
