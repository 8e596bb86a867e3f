package dev.licet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.config.Settings.Acknowledge;
import dev.licet.config.Settings.CallLimits;
import dev.licet.config.Settings.GeoipSettings;
import dev.licet.config.Settings.Limits;
import dev.licet.config.Settings.LogLevel;
import dev.licet.config.Settings.WebhookSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfigurationTest {
  private static final String SECRET = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final String API_KEY = "licet_live_" + "a".repeat(38);

  @TempDir Path folder;

  @Test
  void everyDefaultIsAsDocumented() throws Exception {
    Settings settings = Settings.of(Map.of());
    assertEquals(8080, settings.port());
    assertEquals("127.0.0.1", settings.host());
    assertEquals(Optional.empty(), settings.publicUrl());
    assertTrue(settings.trustedProxies().isEmpty());
    assertEquals(Path.of("data"), settings.dataDir());
    assertEquals(Optional.empty(), settings.databaseUrl());
    assertEquals(10, settings.databasePoolSize());
    assertEquals(Optional.empty(), settings.bootstrapApiKey());
    assertEquals(Optional.empty(), settings.secret());
    assertEquals(Optional.empty(), settings.secretFile());
    assertEquals(new Limits(20, 600, 100), settings.limits());
    assertEquals(new CallLimits(1_200, 6_000), settings.callLimits());
    assertEquals(Acknowledge.COMMITTED, settings.usageAcknowledge());
    assertEquals(Duration.ofDays(30), settings.usageRetention());
    assertEquals(Duration.ofHours(1), settings.usageStaleLimit());
    assertEquals(1_024, settings.usageSpillMegabytes());
    assertEquals(
        new GeoipSettings(List.of(), URI.create("https://registry.npmjs.org")), settings.geoip());
    assertEquals(Duration.ofDays(90), settings.eventsRetention());
    assertEquals(Duration.ofMinutes(5), settings.cache().ttl());
    long third = Runtime.getRuntime().maxMemory() / 3 / (1 << 20);
    assertEquals(third, settings.cache().maxWeightMegabytes());
    assertEquals(new WebhookSettings(false, Duration.ofSeconds(20)), settings.webhook());
    assertEquals(Optional.empty(), settings.smtpUrl());
    assertEquals(LogLevel.INFO, settings.logLevel());
  }

  @Test
  void everySettingIsReadFromTheEnvironment() throws Exception {
    Map<String, String> environment =
        Map.ofEntries(
            Map.entry("LICET_PORT", "0"),
            Map.entry("LICET_HOST", "::1"),
            Map.entry("LICET_PUBLIC_URL", "https://licenses.example.com/"),
            Map.entry("LICET_TRUSTED_PROXIES", "10.0.0.0/8"),
            Map.entry("LICET_DATA_DIR", "/var/lib/licet"),
            Map.entry("LICET_DATABASE_URL", "postgresql://u:p@db/licet"),
            Map.entry("LICET_DATABASE_POOL_SIZE", "3"),
            Map.entry("LICET_BOOTSTRAP_API_KEY", API_KEY),
            Map.entry("LICET_SECRET", SECRET),
            Map.entry("LICET_UNKNOWN_KEYS_PER_MINUTE", "1"),
            Map.entry("LICET_LICENSE_VALIDATIONS_PER_MINUTE", "2"),
            Map.entry("LICET_LICENSE_VALIDATIONS_BURST", "3"),
            Map.entry("LICET_USAGE_ACKNOWLEDGE", "queued"),
            Map.entry("LICET_USAGE_RETENTION", "P1D"),
            Map.entry("LICET_EVENTS_RETENTION", "P7D"),
            Map.entry("LICET_CACHE_TTL", "PT1M"),
            Map.entry("LICET_CACHE_MAX_WEIGHT_MB", "7"),
            Map.entry("LICET_WEBHOOK_ALLOW_LOOPBACK", "true"),
            Map.entry("LICET_WEBHOOK_TIMEOUT", "PT5S"),
            Map.entry("LICET_LOG_LEVEL", "off"));
    Settings settings = load(environment, Map.of()).settings();
    assertEquals(0, settings.port());
    assertEquals("::1", settings.host());
    assertEquals(Optional.of(URI.create("https://licenses.example.com")), settings.publicUrl());
    assertFalse(settings.trustedProxies().isEmpty());
    assertEquals(Path.of("/var/lib/licet"), settings.dataDir());
    assertEquals("db:5432/licet", settings.databaseUrl().orElseThrow().display());
    assertEquals(3, settings.databasePoolSize());
    assertEquals(API_KEY, settings.bootstrapApiKey().orElseThrow().reveal());
    assertEquals(SECRET, settings.secret().orElseThrow().reveal());
    assertEquals(new Limits(1, 2, 3), settings.limits());
    assertEquals(Acknowledge.QUEUED, settings.usageAcknowledge());
    assertEquals(Duration.ofDays(1), settings.usageRetention());
    assertEquals(Duration.ofDays(7), settings.eventsRetention());
    assertEquals(Duration.ofMinutes(1), settings.cache().ttl());
    assertEquals(7, settings.cache().maxWeightMegabytes());
    assertEquals(new WebhookSettings(true, Duration.ofSeconds(5)), settings.webhook());
    assertEquals(LogLevel.OFF, settings.logLevel());

    Map<String, String> secretFile = Map.of("LICET_SECRET_FILE", "/run/secrets/licet");
    assertEquals(
        Optional.of(Path.of("/run/secrets/licet")),
        load(secretFile, Map.of()).settings().secretFile());
  }

  @Test
  void whatWaitsForTheDatabaseHasLimits() throws Exception {
    Map<String, String> environment =
        Map.of("LICET_USAGE_STALE_LIMIT", "PT9M", "LICET_USAGE_SPILL_LIMIT_MB", "9");
    Settings settings = load(environment, Map.of()).settings();
    assertEquals(Duration.ofMinutes(9), settings.usageStaleLimit());
    assertEquals(9, settings.usageSpillMegabytes());
  }

  @Test
  void severalFilesOfCountriesMayBeNamed() throws Exception {
    Map<String, String> environment =
        Map.of(
            "LICET_GEOIP_DATABASE", "/a/countries.mmdb, b.mmdb",
            "LICET_GEOIP_REGISTRY", "https://npm.example.com/");
    assertEquals(
        new GeoipSettings(
            List.of(Path.of("/a/countries.mmdb"), Path.of("b.mmdb")),
            URI.create("https://npm.example.com")),
        load(environment, Map.of()).settings().geoip());
  }

  @Test
  void aLaterSourceWins() throws Exception {
    Map<String, String> environment = Map.of("LICET_PORT", "2", "LICET_HOST", "10.0.0.2");
    yaml("port: 1\nhost: 10.0.0.1\nlog-level: off\n");
    Configuration configuration = load(environment, Map.of("port", "3"));
    assertEquals("3 from flag --port", row(configuration, "port"));
    assertEquals("10.0.0.2 from environment LICET_HOST", row(configuration, "host"));
    assertEquals("off from licet.yaml, line 3", row(configuration, "log-level"));
    assertEquals("PT5M from default", row(configuration, "cache.ttl"));
    assertEquals(3, configuration.settings().port());
  }

  @Test
  void aNamedFileTakesThePlaceOfTheUsualOne() throws Exception {
    yaml("port: 1\n");
    Path other = Files.writeString(folder.resolve("other.yaml"), "port: 2\n");
    Map<String, String> named = Map.of("LICET_CONFIG", other.toString());
    assertEquals("2 from " + other + ", line 1", row(load(named, Map.of()), "port"));

    Path third = Files.writeString(folder.resolve("third.yaml"), "port: 3\n");
    Sources flag = new Sources(Optional.of(folder), Optional.of(third), named, Map.of());
    assertEquals("3 from " + third + ", line 1", row(Configuration.load(flag), "port"));
  }

  @Test
  void sectionsMayBeNestedOrDotted() throws Exception {
    yaml(
        "cache.ttl: PT1M\n"
            + "cache:\n"
            + "  max-weight-mb: 5\n"
            + "trusted-proxies: [10.0.0.1, '::1']\n"
            + "usage:\n");
    Configuration configuration = load(Map.of(), Map.of());
    assertEquals("PT1M from licet.yaml, line 1", row(configuration, "cache.ttl"));
    assertEquals("5 from licet.yaml, line 3", row(configuration, "cache.max-weight-mb"));
    assertEquals("10.0.0.1,::1 from licet.yaml, line 4", row(configuration, "trusted-proxies"));
  }

  @Test
  void secretsAreMaskedWhereverTheyShow() throws Exception {
    Map<String, String> environment =
        Map.of(
            "LICET_SECRET",
            SECRET,
            "LICET_BOOTSTRAP_API_KEY",
            API_KEY,
            "LICET_SMTP_URL",
            "smtps://shop:hunter4@mail.example.com?from=keys@shop.example.com",
            "LICET_DATABASE_URL",
            "postgresql://licet:hunter2@db/licet?sslpassword=hunter3");
    Configuration configuration = load(environment, Map.of());
    String shown = configuration.rows() + configuration.settings().toString();
    for (String secret : new String[] {SECRET, API_KEY, "hunter2", "hunter4"}) {
      assertFalse(shown.contains(secret), secret);
    }
    assertTrue(
        row(configuration, "database-url").startsWith("postgresql://licet:********@db:5432"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "LICET_PORT|65536|port \"65536\" is not allowed (environment LICET_PORT). "
            + "Allowed is a whole number from 0 to 65535.",
        "LICET_PORT|web|port \"web\" is not allowed (environment LICET_PORT). "
            + "Allowed is a whole number from 0 to 65535.",
        "LICET_PROT|1|There is no setting LICET_PROT (environment). Did you mean LICET_PORT?",
        "LICET_COFFEE|1|There is no setting LICET_COFFEE (environment). "
            + "licet config lists all settings.",
        "LICET_SECRET|c2hvcnQ=|secret is not allowed (environment LICET_SECRET). "
            + "Allowed is 32 bytes in base64, such as \"openssl rand -base64 32\" prints.",
        "LICET_BOOTSTRAP_API_KEY|letmein|bootstrap-api-key is not allowed "
            + "(environment LICET_BOOTSTRAP_API_KEY). "
            + "Allowed is licet_live_ or licet_test_ and 38 letters and digits.",
        "LICET_DATABASE_URL|mysql://u:hunter2@db/x|database-url is not allowed "
            + "(environment LICET_DATABASE_URL). Allowed is "
            + "postgresql://user:password@host:port/database or jdbc:postgresql:..., "
            + "or nothing for SQLite.",
        "LICET_SMTP_URL|smtp://u:hunter2@mail|smtp-url is not allowed "
            + "(environment LICET_SMTP_URL). Allowed is "
            + "smtp://user:password@host:port?from=address, or smtps://..., or nothing.",
        "LICET_CACHE_TTL|PT0S|cache.ttl \"PT0S\" is not allowed (environment LICET_CACHE_TTL). "
            + "Allowed is an ISO 8601 duration from PT1S to P1D, such as PT5M.",
        "LICET_EVENTS_RETENTION|P6D|events.retention \"P6D\" is not allowed "
            + "(environment LICET_EVENTS_RETENTION). Allowed is an ISO 8601 duration from P7D to"
            + " P3650D, such as P90D.",
        "LICET_USAGE_ACKNOWLEDGE|maybe|usage.acknowledge \"maybe\" is not allowed "
            + "(environment LICET_USAGE_ACKNOWLEDGE). Allowed is committed or queued.",
        "LICET_WEBHOOK_ALLOW_LOOPBACK|yes|webhook.allow-loopback \"yes\" is not allowed "
            + "(environment LICET_WEBHOOK_ALLOW_LOOPBACK). Allowed is true or false.",
      })
  void aWrongVariableIsNamedWithWhatIsAllowed(String name, String value, String message) {
    assertEquals(message, failure(Map.of(name, value)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "prot: 1|There is no setting prot (licet.yaml, line 1). Did you mean port?",
        "cache: {tll: PT1M}|There is no setting cache.tll (licet.yaml, line 1). "
            + "Did you mean cache.ttl?",
        "cache: 5|There is no setting cache (licet.yaml, line 1). licet config lists all settings.",
        "port: [1, [2]]|licet.yaml, line 1 gives port a structure instead of a value. "
            + "Mend that line; licet config lists all settings.",
        "bootstrap-api-key: x|licet.yaml, line 1 sets bootstrap-api-key, "
            + "which only the environment may set. "
            + "Mend that line; licet config lists all settings.",
        "port: 99999|port \"99999\" is not allowed (licet.yaml, line 1). "
            + "Allowed is a whole number from 0 to 65535.",
        "port:|port \"\" is not allowed (licet.yaml, line 1). "
            + "Allowed is a whole number from 0 to 65535.",
        "'port: \"'|licet.yaml, line 1 is not valid YAML: "
            + "found unexpected end of stream. Mend that line.",
        "hello|licet.yaml, line 1 is not a list of \"name: value\". "
            + "Mend that line; licet config lists all settings.",
        "&a {port: *a}|licet.yaml, line 1 gives port a structure instead of a value. "
            + "Mend that line; licet config lists all settings.",
      })
  void aWrongFileIsNamedWithItsLine(String text, String message) throws Exception {
    yaml(text);
    assertEquals(message, failure(Map.of()));
  }

  @Test
  void aSettingThatIsSetTwiceIsAnError() throws Exception {
    yaml("port: 1\nhost: ::1\nport: 2\n");
    assertEquals(
        "licet.yaml, line 3 sets port again; it is set at licet.yaml, line 1. "
            + "Mend that line; licet config lists all settings.",
        failure(Map.of()));
  }

  @Test
  void twoSecretsAreAnError() {
    assertEquals(
        "Both secret (environment LICET_SECRET) and secret-file (environment LICET_SECRET_FILE)"
            + " are set. Set one of them.",
        failure(Map.of("LICET_SECRET", SECRET, "LICET_SECRET_FILE", "x")));
  }

  @Test
  void aMissingNamedFileIsAnError() {
    String message = failure(Map.of("LICET_CONFIG", folder.resolve("absent.yaml").toString()));
    assertTrue(message.contains("absent.yaml cannot be read"), message);
  }

  @Test
  void whatTheLauncherAndKubernetesSetIsNoSetting() throws Exception {
    Map<String, String> environment =
        Map.of(
            "LICET_HEAP", "1g",
            "LICET_API_KEY", "licet_live_x",
            "LICET_JAVA_OPTS", "-Dx=y",
            "LICET_SERVICE_HOST", "10.0.0.7",
            "LICET_SERVICE_PORT_HTTP", "80",
            "LICET_PORT", "tcp://10.0.0.7:80",
            "LICET_PORT_80_TCP_ADDR", "10.0.0.7",
            "LICET_HOST", "",
            "OTHER", "x");
    assertEquals(Settings.of(Map.of()).port(), load(environment, Map.of()).settings().port());
  }

  private void yaml(String text) throws IOException {
    Files.writeString(folder.resolve("licet.yaml"), text);
  }

  private Configuration load(Map<String, String> environment, Map<String, String> flags)
      throws StartupException {
    return Configuration.load(
        new Sources(Optional.of(folder), Optional.empty(), environment, flags));
  }

  private String failure(Map<String, String> environment) {
    String message =
        assertThrows(StartupException.class, () -> load(environment, Map.of())).getMessage();
    return message == null ? "" : message;
  }

  private static String row(Configuration configuration, String name) {
    return configuration.rows().stream()
        .filter(row -> row.name().equals(name))
        .map(row -> row.value() + " from " + row.origin())
        .findFirst()
        .orElseThrow();
  }
}
