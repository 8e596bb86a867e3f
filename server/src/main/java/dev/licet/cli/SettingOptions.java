package dev.licet.cli;

import dev.licet.config.Configuration;
import dev.licet.config.Setting;
import dev.licet.config.SettingCatalog;
import dev.licet.config.Sources;
import dev.licet.config.StartupException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;

/** The flags by which a command takes settings, one for each setting that may have one. */
final class SettingOptions {
  private static final String CONFIG = "--config";

  private static final Set<String> DATABASE =
      Set.of(
          "data-dir", "database-url", "database-pool-size", "secret", "secret-file", "log-level");

  private static final Set<String> GEOIP = Set.of("data-dir", "geoip.registry", "log-level");

  private final Terminal terminal;
  private final Predicate<String> names;
  private final Map<String, String> values = new LinkedHashMap<>();

  private SettingOptions(Terminal terminal, Predicate<String> names) {
    this.terminal = terminal;
    this.names = names;
  }

  /** For commands that every setting matters to. */
  static SettingOptions all(Terminal terminal) {
    return new SettingOptions(terminal, name -> true);
  }

  /** For commands that only look at the database. */
  static SettingOptions ofDatabase(Terminal terminal) {
    return new SettingOptions(terminal, DATABASE::contains);
  }

  /** For the command that fetches the table of countries. */
  static SettingOptions ofGeoip(Terminal terminal) {
    return new SettingOptions(terminal, GEOIP::contains);
  }

  /** Makes the command accept {@code --config} and the flags of its settings. */
  void addTo(CommandSpec command) {
    command.addOption(
        option(CONFIG, "FILE", "A settings file instead of ./licet.yaml [LICET_CONFIG].", CONFIG));
    for (Setting<?> setting : SettingCatalog.all()) {
      setting
          .flag()
          .filter(flag -> names.test(setting.name()))
          .ifPresent(flag ->
              command.addOption(
                  option(
                      flag,
                      setting.placeholder(),
                      setting.summary() + " [" + setting.environmentVariable() + "]",
                      setting.name())));
    }
  }

  /** What the flags, the environment and the settings file say together. */
  Configuration load() throws StartupException {
    Map<String, String> flags = new LinkedHashMap<>(values);
    Optional<Path> file = Optional.ofNullable(flags.remove(CONFIG)).map(Path::of);
    return Configuration.load(
        new Sources(Optional.of(terminal.directory()), file, terminal.environment(), flags));
  }

  private OptionSpec option(String flag, String placeholder, String summary, String name) {
    return OptionSpec.builder(flag)
        .type(String.class)
        .paramLabel(placeholder)
        .description(summary)
        .setter(
            new ISetter() {
              @Override
              public <T> @Nullable T set(@Nullable T value) {
                remember(name, (String) value);
                return null;
              }
            })
        .build();
  }

  private void remember(String name, @Nullable String value) {
    if (value == null) {
      values.remove(name);
    } else {
      values.put(name, value);
    }
  }
}
