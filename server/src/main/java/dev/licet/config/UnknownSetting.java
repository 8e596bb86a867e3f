package dev.licet.config;

import java.util.List;
import java.util.function.Function;

/** Says that there is no such setting, and which one was probably meant. */
final class UnknownSetting {
  private UnknownSetting() {}

  /**
   * @param trait what the person wrote instead of: a name or an environment variable
   */
  static StartupException named(String text, String origin, Function<Setting<?>, String> trait) {
    List<String> known = SettingCatalog.all().stream().map(trait).toList();
    return new StartupException(
        "There is no setting " + text + " (" + origin + ")",
        Spelling.nearest(text, known)
            .map(name -> "Did you mean " + name + "?")
            .orElse("licet config lists all settings"));
  }
}
