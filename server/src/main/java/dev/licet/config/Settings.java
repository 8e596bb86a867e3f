package dev.licet.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set, checked. {@code licet-defaults.yaml} describes each one.
 *
 * @param port the TCP port to listen on, 0 to 65535; 0 takes any free one
 * @param host the address or name to listen on
 * @param publicUrl where clients reach this server, if that is not its own address; no trailing
 *     slash
 * @param trustedProxies whose {@code X-Forwarded-For} is believed
 * @param maxConnections connections of clients that may be open at once, 1 to 1000000
 * @param dataDir where the SQLite database, the secret and the spill files live; normalized, may be
 *     relative
 * @param databaseUrl the PostgreSQL database; absent: SQLite in the data directory
 * @param databasePoolSize connections to PostgreSQL, 1 to 1000
 * @param bootstrapApiKey the first API key of a fresh database; absent: a random one. Only its
 *     shape has been checked, its check characters have not
 * @param bootstrapOperatorKey the first operator key, likewise
 * @param secret 32 bytes in base64, from which the keys at rest are derived; absent: see {@link
 *     #secretFile}
 * @param secretFile a file that holds such a secret; absent, too: one is kept in the data directory
 * @param accountDeletionGrace how long the rows of a deleted account are kept, up to ten years
 * @param licenseExpiringDays how many days before its end a license is announced to expire
 * @param usageRetention how long the records of single validations are kept, a day to ten years
 * @param usageStaleLimit how long licenses in memory are used while the database is away
 * @param usageSpillMegabytes what validations that wait for the database may take in the data
 *     directory, in MiB
 * @param eventsRetention how long events are kept, a week to ten years
 * @param smtpUrl where mail with license keys goes; absent: none is sent
 */
public record Settings(
    int port,
    String host,
    Optional<URI> publicUrl,
    TrustedProxies trustedProxies,
    int maxConnections,
    Path dataDir,
    Optional<DatabaseUrl> databaseUrl,
    int databasePoolSize,
    Optional<Secret> bootstrapApiKey,
    Optional<Secret> bootstrapOperatorKey,
    Optional<Secret> secret,
    Optional<Path> secretFile,
    Duration accountDeletionGrace,
    List<Integer> licenseExpiringDays,
    Limits limits,
    CallLimits callLimits,
    Acknowledge usageAcknowledge,
    Duration usageRetention,
    Duration usageStaleLimit,
    int usageSpillMegabytes,
    GeoipSettings geoip,
    Duration eventsRetention,
    CacheSettings cache,
    WebhookSettings webhook,
    Optional<SmtpUrl> smtpUrl,
    LogLevel logLevel) {

  /**
   * How often the public endpoints may be called.
   *
   * @param unknownKeysPerMinute validations of unknown keys per address; 0: no limit
   * @param licenseValidationsPerMinute validations per license, in the long run; 0: no limit
   * @param licenseValidationsBurst validations per license at once, at least 1
   */
  public record Limits(
      int unknownKeysPerMinute, int licenseValidationsPerMinute, int licenseValidationsBurst) {}

  /**
   * How often the management API may be called.
   *
   * @param perKeyAndMinute calls with one API key; 0: no limit
   * @param perAddressAndMinute calls from one address; 0: no limit
   */
  public record CallLimits(int perKeyAndMinute, int perAddressAndMinute) {}

  /** When a validation is answered. */
  public enum Acknowledge {
    /** After its record is committed: a crash loses none that was answered. */
    COMMITTED,
    /** As soon as its record is queued: a crash may lose the last moments. */
    QUEUED
  }

  /**
   * How the countries of addresses are found.
   *
   * @param databases files in MaxMind's format; empty: the one that was installed, if there is one
   * @param registry the npm registry that it is installed from; no trailing slash
   */
  public record GeoipSettings(List<Path> databases, URI registry) {}

  /**
   * The licenses kept in memory.
   *
   * @param ttl how long an entry lives after it was written
   * @param maxWeightMegabytes what they may weigh together, in MiB
   */
  public record CacheSettings(Duration ttl, int maxWeightMegabytes) {}

  /**
   * How the receivers of webhooks are called.
   *
   * @param allowLoopback whether this machine may be called, also by http
   * @param timeout how long a receiver may take to answer
   */
  public record WebhookSettings(boolean allowLoopback, Duration timeout) {}

  /** How much is logged. */
  public enum LogLevel {
    TRACE,
    DEBUG,
    INFO,
    WARN,
    ERROR,
    OFF
  }

  /**
   * The defaults with some settings changed, by their names: {@code of(Map.of("port", "0"))}. Looks
   * neither at the environment nor at any file of the user's.
   *
   * @throws StartupException if a name or a value is wrong
   */
  public static Settings of(Map<String, String> changes) throws StartupException {
    return Configuration.load(Sources.only(changes)).settings();
  }
}
