package dev.licet.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads the settings in the environment, {@code LICET_*}. An empty variable sets nothing. */
final class Environment {
  /** Names the settings file, so it cannot be a setting. */
  static final String CONFIG = "LICET_CONFIG";

  private static final String PREFIX = "LICET_";

  /** What the launcher reads, and what those who call the API keep in their shells. */
  private static final Set<String> NOT_SETTINGS =
      Set.of(
          CONFIG,
          "LICET_HEAP",
          "LICET_JAVA_OPTS",
          "LICET_JVM_FOLDERS",
          "LICET_API_KEY",
          "LICET_OPERATOR_KEY",
          "LICET_URL");

  /**
   * What Kubernetes puts into every container beside a service named "licet": {@code
   * LICET_SERVICE_HOST}, {@code LICET_PORT_8080_TCP_ADDR}, and {@code
   * LICET_PORT=tcp://10.0.0.1:80}.
   */
  private static final Pattern SERVICE_LINK =
      Pattern.compile(
          "LICET_SERVICE_(HOST|PORT)(_\\w+)?=.*|LICET_PORT_\\d+_\\w+=.*|LICET_PORT=\\w+://.*");

  private Environment() {}

  static Map<String, Entry> read(Map<String, String> environment) throws StartupException {
    Map<String, Entry> entries = new LinkedHashMap<>();
    for (Map.Entry<String, String> variable : new TreeMap<>(environment).entrySet()) {
      String name = variable.getKey();
      String text = variable.getValue().strip();
      if (!name.startsWith(PREFIX)
          || NOT_SETTINGS.contains(name)
          || SERVICE_LINK.matcher(name + "=" + text).matches()) {
        continue;
      }
      Setting<?> setting = SettingCatalog.find(Setting::environmentVariable, name);
      if (setting == null) {
        throw UnknownSetting.named(name, "environment", Setting::environmentVariable);
      }
      if (!text.isEmpty()) {
        entries.put(setting.name(), new Entry(text, "environment " + name));
      }
    }
    return entries;
  }
}
