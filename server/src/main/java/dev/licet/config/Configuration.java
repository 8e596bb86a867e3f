package dev.licet.config;

import dev.licet.config.Settings.CacheSettings;
import dev.licet.config.Settings.CallLimits;
import dev.licet.config.Settings.GeoipSettings;
import dev.licet.config.Settings.Limits;
import dev.licet.config.Settings.WebhookSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The settings and where each comes from. A later source wins: the defaults, {@code licet.yaml},
 * the environment, the flags.
 */
public final class Configuration {
  private static final String USUAL_FILE = "licet.yaml";

  private final Map<String, Entry> entries;
  private final Settings settings;

  private Configuration(Map<String, Entry> entries) throws StartupException {
    this.entries = entries;
    this.settings = read();
  }

  /** A setting as people may see it, its secret masked. */
  public record Row(String name, String value, String origin) {}

  /**
   * Reads all sources and checks every value.
   *
   * @throws StartupException if a name is unknown, a value is not allowed, or a file cannot be read
   */
  public static Configuration load(Sources sources) throws StartupException {
    Map<String, Entry> entries = new LinkedHashMap<>(YamlFile.defaults());
    Optional<Path> file = file(sources);
    if (file.isPresent()) {
      entries.putAll(YamlFile.at(file.get(), shortName(file.get(), sources)));
    }
    entries.putAll(Environment.read(sources.environment()));
    for (Map.Entry<String, String> flag : sources.flags().entrySet()) {
      entries.put(flag.getKey(), flagEntry(flag.getKey(), flag.getValue().strip()));
    }
    return new Configuration(entries);
  }

  public Settings settings() {
    return settings;
  }

  /** All settings in the order of the catalog. */
  public List<Row> rows() {
    return SettingCatalog.all().stream().map(setting -> row(setting, entry(setting))).toList();
  }

  private static Row row(Setting<?> setting, Entry entry) {
    return new Row(setting.name(), setting.shown(entry.text()), entry.origin());
  }

  private static Optional<Path> file(Sources sources) {
    if (sources.file().isPresent()) {
      return sources.file();
    }
    String named = sources.environment().getOrDefault(Environment.CONFIG, "");
    if (!named.isBlank()) {
      return Optional.of(Path.of(named.strip()));
    }
    return sources.directory().map(folder -> folder.resolve(USUAL_FILE)).filter(Files::exists);
  }

  private static String shortName(Path file, Sources sources) {
    boolean usual =
        sources.directory().map(folder -> folder.resolve(USUAL_FILE)).equals(Optional.of(file));
    return usual ? USUAL_FILE : file.toString();
  }

  private static Entry flagEntry(String name, String text) throws StartupException {
    Setting<?> setting = SettingCatalog.find(Setting::name, name);
    if (setting == null) {
      throw UnknownSetting.named(name, "given to the program", Setting::name);
    }
    return new Entry(text, setting.flag().map(flag -> "flag " + flag).orElse("the program"));
  }

  private Entry entry(Setting<?> setting) {
    Entry entry = entries.get(setting.name());
    if (entry == null) {
      throw new IllegalStateException("The defaults lack " + setting.name());
    }
    return entry;
  }

  private <T> T value(Setting<T> setting) throws StartupException {
    Entry entry = entry(setting);
    try {
      return setting.reader().apply(entry.text());
    } catch (IllegalArgumentException e) {
      // Only an open setting may be quoted; what the reader says never quotes the text.
      String quoted = setting.isOpen() ? " \"" + entry.text() + "\"" : "";
      throw new StartupException(
          setting.name() + quoted + " is not allowed (" + entry.origin() + ")",
          "Allowed is " + setting.allowed(),
          e);
    }
  }

  private Settings read() throws StartupException {
    Optional<Secret> secret = value(SettingCatalog.SECRET);
    Optional<Path> secretFile = value(SettingCatalog.SECRET_FILE);
    if (secret.isPresent() && secretFile.isPresent()) {
      throw new StartupException(
          "Both secret (%s) and secret-file (%s) are set"
              .formatted(
                  entry(SettingCatalog.SECRET).origin(),
                  entry(SettingCatalog.SECRET_FILE).origin()),
          "Set one of them");
    }
    return new Settings(
        value(SettingCatalog.PORT),
        value(SettingCatalog.HOST),
        value(SettingCatalog.PUBLIC_URL),
        value(SettingCatalog.TRUSTED_PROXIES),
        value(SettingCatalog.MAX_CONNECTIONS),
        value(SettingCatalog.DATA_DIR),
        value(SettingCatalog.DATABASE_URL),
        value(SettingCatalog.DATABASE_POOL_SIZE),
        value(SettingCatalog.BOOTSTRAP_API_KEY),
        value(SettingCatalog.BOOTSTRAP_OPERATOR_KEY),
        secret,
        secretFile,
        value(SettingCatalog.ACCOUNT_DELETION_GRACE),
        value(SettingCatalog.LICENSE_EXPIRING_DAYS),
        new Limits(
            value(SettingCatalog.UNKNOWN_KEYS_PER_MINUTE),
            value(SettingCatalog.LICENSE_VALIDATIONS_PER_MINUTE),
            value(SettingCatalog.LICENSE_VALIDATIONS_BURST)),
        new CallLimits(
            value(SettingCatalog.API_KEY_REQUESTS_PER_MINUTE),
            value(SettingCatalog.ADDRESS_REQUESTS_PER_MINUTE)),
        value(SettingCatalog.USAGE_ACKNOWLEDGE),
        value(SettingCatalog.USAGE_RETENTION),
        value(SettingCatalog.USAGE_STALE_LIMIT),
        value(SettingCatalog.USAGE_SPILL_LIMIT_MB),
        new GeoipSettings(
            value(SettingCatalog.GEOIP_DATABASE), value(SettingCatalog.GEOIP_REGISTRY)),
        value(SettingCatalog.EVENTS_RETENTION),
        new CacheSettings(
            value(SettingCatalog.CACHE_TTL), value(SettingCatalog.CACHE_MAX_WEIGHT_MB)),
        new WebhookSettings(
            value(SettingCatalog.WEBHOOK_ALLOW_LOOPBACK), value(SettingCatalog.WEBHOOK_TIMEOUT)),
        value(SettingCatalog.SMTP_URL),
        value(SettingCatalog.LOG_LEVEL));
  }
}
