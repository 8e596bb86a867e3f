package dev.licet.config;

import static dev.licet.config.Readers.optional;

import dev.licet.config.Setting.Reach;
import dev.licet.config.Settings.Acknowledge;
import dev.licet.config.Settings.LogLevel;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All settings there are, in the order in which people read about them. */
public final class SettingCatalog {
  static final Setting<Integer> PORT =
      Setting.open(
          "port",
          "PORT",
          "The TCP port to listen on; 0 takes any free one.",
          "a whole number from 0 to 65535",
          Readers.wholeNumber(0, 65_535));

  static final Setting<String> HOST =
      Setting.open(
          "host",
          "HOST",
          "The address or name to listen on.",
          "an IP address or a host name, such as 127.0.0.1 or 0.0.0.0",
          Readers::host);

  static final Setting<Optional<URI>> PUBLIC_URL =
      Setting.open(
          "public-url",
          "URL",
          "Where clients reach this server, if not at its own address.",
          "a URL such as https://licenses.example.com",
          optional(Readers::webUrl));

  static final Setting<TrustedProxies> TRUSTED_PROXIES =
      Setting.open(
          "trusted-proxies",
          "ADDRESSES",
          "Whose X-Forwarded-For is believed: addresses and CIDR blocks.",
          "IP addresses and CIDR blocks, separated by commas, such as 10.0.0.0/8, ::1",
          TrustedProxies::parse);

  static final Setting<Integer> MAX_CONNECTIONS =
      Setting.open(
          "max-connections",
          "NUMBER",
          "How many connections of clients may be open at once.",
          "a whole number from 1 to 1000000",
          Readers.wholeNumber(1, 1_000_000));

  static final Setting<Path> DATA_DIR =
      Setting.open(
          "data-dir",
          "DIRECTORY",
          "Where the SQLite database and the secret live.",
          "a directory, such as ./data",
          Readers::path);

  static final Setting<Optional<DatabaseUrl>> DATABASE_URL =
      new Setting<>(
          "database-url",
          "URL",
          "The PostgreSQL database; absent: SQLite in the data directory.",
          "postgresql://user:password@host:port/database or jdbc:postgresql:..., or nothing for"
              + " SQLite",
          Reach.ANYWHERE,
          text -> DatabaseUrl.parse(text).masked(),
          optional(DatabaseUrl::parse));

  static final Setting<Integer> DATABASE_POOL_SIZE =
      Setting.open(
          "database-pool-size",
          "NUMBER",
          "How many connections to PostgreSQL are kept.",
          "a whole number from 1 to 1000",
          Readers.wholeNumber(1, 1_000));

  static final Setting<Optional<Secret>> BOOTSTRAP_API_KEY =
      Setting.secret(
          "bootstrap-api-key",
          Reach.ENVIRONMENT_ONLY,
          "The first API key of a fresh database, instead of a random one.",
          "licet_live_ or licet_test_ and 38 letters and digits",
          optional(Readers::apiKey));

  static final Setting<Optional<Secret>> BOOTSTRAP_OPERATOR_KEY =
      Setting.secret(
          "bootstrap-operator-key",
          Reach.ENVIRONMENT_ONLY,
          "The first operator key of a database, instead of a random one.",
          "licet_operator_ and 38 letters and digits",
          optional(Readers::operatorKey));

  static final Setting<Optional<Secret>> SECRET =
      Setting.secret(
          "secret",
          Reach.NO_FLAG,
          "The secret that seals the keys at rest.",
          "32 bytes in base64, such as \"openssl rand -base64 32\" prints",
          optional(Readers::secret));

  static final Setting<Optional<Path>> SECRET_FILE =
      Setting.open(
          "secret-file",
          "FILE",
          "A file that holds the secret.",
          "a file, such as /run/secrets/licet",
          optional(Readers::path));

  static final Setting<Duration> ACCOUNT_DELETION_GRACE =
      Setting.open(
          "account-deletion-grace",
          "DURATION",
          "How long the rows of a deleted account are kept.",
          "an ISO 8601 duration from PT0S to P3650D, such as P30D",
          Readers.duration(Duration.ZERO, Duration.ofDays(3_650)));

  static final Setting<List<Integer>> LICENSE_EXPIRING_DAYS =
      Setting.open(
          "license-expiring-days",
          "DAYS",
          "How many days before its end a license is announced to expire.",
          "at most 10 whole numbers from 1 to 3650, separated by commas, such as 30, 7, 1",
          Readers.wholeNumbers(10, 1, 3_650));

  static final Setting<Integer> UNKNOWN_KEYS_PER_MINUTE =
      Setting.open(
          "unknown-keys-per-minute",
          "NUMBER",
          "Validations of unknown keys per address; 0: no limit.",
          "a whole number from 0 to 1000000",
          Readers.wholeNumber(0, 1_000_000));

  static final Setting<Integer> LICENSE_VALIDATIONS_PER_MINUTE =
      Setting.open(
          "license-validations-per-minute",
          "NUMBER",
          "Validations per license in the long run; 0: no limit.",
          "a whole number from 0 to 1000000",
          Readers.wholeNumber(0, 1_000_000));

  static final Setting<Integer> LICENSE_VALIDATIONS_BURST =
      Setting.open(
          "license-validations-burst",
          "NUMBER",
          "Validations per license at once.",
          "a whole number from 1 to 1000000",
          Readers.wholeNumber(1, 1_000_000));

  static final Setting<Integer> API_KEY_REQUESTS_PER_MINUTE =
      Setting.open(
          "api-key-requests-per-minute",
          "NUMBER",
          "Management calls per API key; 0: no limit.",
          "a whole number from 0 to 1000000",
          Readers.wholeNumber(0, 1_000_000));

  static final Setting<Integer> ADDRESS_REQUESTS_PER_MINUTE =
      Setting.open(
          "address-requests-per-minute",
          "NUMBER",
          "Management calls per address; 0: no limit.",
          "a whole number from 0 to 1000000",
          Readers.wholeNumber(0, 1_000_000));

  static final Setting<Acknowledge> USAGE_ACKNOWLEDGE =
      Setting.open(
          "usage.acknowledge",
          "WHEN",
          "When a validation is answered: committed or queued.",
          "committed or queued",
          Readers.oneOf(Acknowledge.class));

  static final Setting<Duration> USAGE_RETENTION =
      Setting.open(
          "usage.retention",
          "DURATION",
          "How long the records of single validations are kept.",
          "an ISO 8601 duration from P1D to P3650D, such as P30D",
          Readers.duration(Duration.ofDays(1), Duration.ofDays(3_650)));

  static final Setting<Duration> USAGE_STALE_LIMIT =
      Setting.open(
          "usage.stale-limit",
          "DURATION",
          "How long known licenses are validated while the database is away.",
          "an ISO 8601 duration from PT0S to P1D, such as PT1H",
          Readers.duration(Duration.ZERO, Duration.ofDays(1)));

  static final Setting<Integer> USAGE_SPILL_LIMIT_MB =
      Setting.open(
          "usage.spill-limit-mb",
          "MEGABYTES",
          "How much may wait in the data directory for the database.",
          "a whole number from 1 to 1000000",
          Readers.wholeNumber(1, 1_000_000));

  static final Setting<List<Path>> GEOIP_DATABASE =
      Setting.open(
          "geoip.database",
          "FILES",
          "Files of countries or networks in MaxMind's format.",
          "files, separated by commas, such as /var/lib/GeoIP/GeoLite2-Country.mmdb",
          Readers::paths);

  static final Setting<URI> GEOIP_REGISTRY =
      Setting.open(
          "geoip.registry",
          "URL",
          "The npm registry that \"licet geoip install\" asks.",
          "a URL such as https://registry.npmjs.org",
          Readers::webUrl);

  static final Setting<Duration> EVENTS_RETENTION =
      Setting.open(
          "events.retention",
          "DURATION",
          "How long events are kept.",
          "an ISO 8601 duration from P7D to P3650D, such as P90D",
          Readers.duration(Duration.ofDays(7), Duration.ofDays(3_650)));

  static final Setting<Duration> CACHE_TTL =
      Setting.open(
          "cache.ttl",
          "DURATION",
          "How long a license is kept in memory.",
          "an ISO 8601 duration from PT1S to P1D, such as PT5M",
          Readers.duration(Duration.ofSeconds(1), Duration.ofDays(1)));

  static final Setting<Integer> CACHE_MAX_WEIGHT_MB =
      Setting.open(
          "cache.max-weight-mb",
          "MEGABYTES",
          "How much memory the licenses kept may take.",
          "auto or a whole number from 1 to 1000000",
          Readers::cacheWeight);

  static final Setting<Boolean> WEBHOOK_ALLOW_LOOPBACK =
      Setting.open(
          "webhook.allow-loopback",
          "BOOLEAN",
          "Whether webhooks may call this machine, also by http.",
          "true or false",
          Readers::trueOrFalse);

  static final Setting<Duration> WEBHOOK_TIMEOUT =
      Setting.open(
          "webhook.timeout",
          "DURATION",
          "How long a webhook's receiver may take to answer.",
          "an ISO 8601 duration from PT1S to PT1M, such as PT20S",
          Readers.duration(Duration.ofSeconds(1), Duration.ofMinutes(1)));

  static final Setting<LogLevel> LOG_LEVEL =
      Setting.open(
          "log-level",
          "LEVEL",
          "How much is logged: trace, debug, info, warn, error or off.",
          "trace, debug, info, warn, error or off",
          Readers.oneOf(LogLevel.class));

  static final Setting<Optional<SmtpUrl>> SMTP_URL =
      new Setting<>(
          "smtp-url",
          "URL",
          "Where mail with license keys goes; absent: none is sent.",
          "smtp://user:password@host:port?from=address, or smtps://..., or nothing",
          Reach.ANYWHERE,
          text -> SmtpUrl.parse(text).masked(),
          optional(SmtpUrl::parse));

  private static final List<Setting<?>> ALL =
      List.of(
          PORT,
          HOST,
          PUBLIC_URL,
          TRUSTED_PROXIES,
          MAX_CONNECTIONS,
          DATA_DIR,
          DATABASE_URL,
          DATABASE_POOL_SIZE,
          BOOTSTRAP_API_KEY,
          BOOTSTRAP_OPERATOR_KEY,
          SECRET,
          SECRET_FILE,
          ACCOUNT_DELETION_GRACE,
          LICENSE_EXPIRING_DAYS,
          UNKNOWN_KEYS_PER_MINUTE,
          LICENSE_VALIDATIONS_PER_MINUTE,
          LICENSE_VALIDATIONS_BURST,
          API_KEY_REQUESTS_PER_MINUTE,
          ADDRESS_REQUESTS_PER_MINUTE,
          USAGE_ACKNOWLEDGE,
          USAGE_RETENTION,
          USAGE_STALE_LIMIT,
          USAGE_SPILL_LIMIT_MB,
          GEOIP_DATABASE,
          GEOIP_REGISTRY,
          EVENTS_RETENTION,
          CACHE_TTL,
          CACHE_MAX_WEIGHT_MB,
          WEBHOOK_ALLOW_LOOPBACK,
          WEBHOOK_TIMEOUT,
          SMTP_URL,
          LOG_LEVEL);

  private SettingCatalog() {}

  public static List<Setting<?>> all() {
    return ALL;
  }

  /** The setting whose name, environment variable or other trait is the given text. */
  static @Nullable Setting<?> find(Function<Setting<?>, String> trait, String text) {
    for (Setting<?> setting : ALL) {
      if (trait.apply(setting).equals(text)) {
        return setting;
      }
    }
    return null;
  }
}
