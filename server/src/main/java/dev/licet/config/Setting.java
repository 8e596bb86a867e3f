package dev.licet.config;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One thing to set: its name in {@code licet.yaml}, and how its text is read. The names of its
 * environment variable and its flag follow from that name.
 *
 * @param name lower-case words joined by hyphens, sections by dots: {@code cache.max-weight-mb}
 * @param placeholder what stands for its value in a help text, such as {@code PORT}
 * @param summary what it is, in a line of a help text
 * @param allowed what may be set, as the end of the sentence "Allowed is ..."
 * @param reach where it may be set
 * @param mask turns its text into what people may see; null: all of it
 * @param reader turns its text into its value; throws {@link IllegalArgumentException}
 */
public record Setting<T>(
    String name,
    String placeholder,
    String summary,
    String allowed,
    Reach reach,
    @Nullable Function<String, String> mask,
    Function<String, T> reader) {

  /** Where a setting may be set. */
  public enum Reach {
    /** In {@code licet.yaml}, in the environment, and by a flag. */
    ANYWHERE,
    /** Not by a flag: every user of the machine can read a command line. */
    NO_FLAG,
    /** In the environment only: it is of use once, and a file would keep it. */
    ENVIRONMENT_ONLY
  }

  static <T> Setting<T> open(
      String name, String placeholder, String summary, String allowed, Function<String, T> reader) {
    return new Setting<>(name, placeholder, summary, allowed, Reach.ANYWHERE, null, reader);
  }

  static <T> Setting<T> secret(
      String name, Reach reach, String summary, String allowed, Function<String, T> reader) {
    return new Setting<>(name, "", summary, allowed, reach, text -> Secret.MASK, reader);
  }

  /** Such as {@code LICET_CACHE_MAX_WEIGHT_MB}. */
  public String environmentVariable() {
    return "LICET_" + name.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Such as {@code --cache-max-weight-mb}; absent if no flag may set it. */
  public Optional<String> flag() {
    return reach == Reach.ANYWHERE ? Optional.of("--" + name.replace('.', '-')) : Optional.empty();
  }

  /** The text as people may see it. */
  String shown(String text) {
    return mask == null || text.isEmpty() ? text : mask.apply(text);
  }

  /** Whether people may see all of it. */
  boolean isOpen() {
    return mask == null;
  }
}
