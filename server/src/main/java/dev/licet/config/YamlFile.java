package dev.licet.config;

import dev.licet.config.Setting.Reach;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads the settings of a YAML file, with their lines. Values are taken as they are written, so
 * that {@code off} stays a word. Sections may be nested ({@code cache:} and {@code ttl:} below it)
 * or written with dots ({@code cache.ttl:}).
 */
final class YamlFile {
  private static final String DEFAULTS = "/licet-defaults.yaml";
  private static final int DEEPEST = 4;

  private final String name;
  private final Map<String, Entry> entries = new LinkedHashMap<>();

  private YamlFile(String name) {
    this.name = name;
  }

  /** The defaults, which are part of the program. */
  static Map<String, Entry> defaults() throws StartupException {
    try (InputStream stream = YamlFile.class.getResourceAsStream(DEFAULTS)) {
      if (stream == null) {
        throw new IllegalStateException(DEFAULTS + " is missing from the program");
      }
      YamlFile file = new YamlFile("the defaults");
      file.read(new InputStreamReader(stream, StandardCharsets.UTF_8));
      file.entries.replaceAll((setting, entry) -> new Entry(entry.text(), "default"));
      return file.entries;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A user's file. */
  static Map<String, Entry> at(Path path, String name) throws StartupException {
    try (Reader reader = Files.newBufferedReader(path)) {
      YamlFile file = new YamlFile(name);
      file.read(reader);
      return file.entries;
    } catch (IOException e) {
      throw new StartupException(
          "The settings file " + name + " cannot be read (" + e.getClass().getSimpleName() + ")",
          "Check that it exists, is readable and is UTF-8 text, or name another one with --config",
          e);
    }
  }

  private void read(Reader reader) throws StartupException {
    Node root = compose(reader);
    if (root == null || root.getTag().equals(Tag.NULL)) {
      return;
    }
    if (!(root instanceof MappingNode mapping)) {
      throw wrong(root, "is not a list of \"name: value\"");
    }
    readSection("", mapping, 1);
  }

  private @Nullable Node compose(Reader reader) throws StartupException {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions())).compose(reader);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new StartupException(
          at(line) + " is not valid YAML: " + e.getProblem(), "Mend that line", e);
    } catch (YAMLException e) {
      throw new StartupException(name + " is not valid YAML", "Check its characters and size", e);
    }
  }

  private void readSection(String prefix, MappingNode section, int depth) throws StartupException {
    for (NodeTuple tuple : section.getValue()) {
      if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
        throw wrong(tuple.getKeyNode(), "has a name that is no text");
      }
      String setting = prefix + key.getValue();
      boolean isSection = isSection(setting);
      if (isSection && tuple.getValueNode() instanceof MappingNode child && depth < DEEPEST) {
        readSection(setting + ".", child, depth + 1);
      } else if (!isSection || !tuple.getValueNode().getTag().equals(Tag.NULL)) {
        readSetting(setting, key, tuple.getValueNode());
      }
    }
  }

  private static boolean isSection(String name) {
    return SettingCatalog.all().stream().anyMatch(known -> known.name().startsWith(name + "."));
  }

  private void readSetting(String setting, Node key, Node value) throws StartupException {
    Setting<?> known = SettingCatalog.find(Setting::name, setting);
    int line = key.getStartMark().getLine() + 1;
    if (known == null) {
      throw UnknownSetting.named(setting, at(line), Setting::name);
    }
    String text = text(setting, value);
    // Empty is fine, so that a copy of the defaults is a valid file.
    if (known.reach() == Reach.ENVIRONMENT_ONLY && !text.isEmpty()) {
      throw wrong(key, "sets " + setting + ", which only the environment may set");
    }
    Entry previous = entries.put(setting, new Entry(text, at(line)));
    if (previous != null) {
      throw wrong(key, "sets " + setting + " again; it is set at " + previous.origin());
    }
  }

  private String text(String setting, Node value) throws StartupException {
    if (value instanceof ScalarNode scalar) {
      return scalar.getTag().equals(Tag.NULL) ? "" : scalar.getValue().strip();
    }
    if (value instanceof SequenceNode sequence
        && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      return sequence.getValue().stream()
          .map(item -> ((ScalarNode) item).getValue())
          .collect(Collectors.joining(","));
    }
    throw wrong(value, "gives " + setting + " a structure instead of a value");
  }

  private StartupException wrong(Node node, String what) {
    return new StartupException(
        at(node.getStartMark().getLine() + 1) + " " + what,
        "Mend that line; licet config lists all settings");
  }

  private String at(int line) {
    return name + ", line " + line;
  }
}
