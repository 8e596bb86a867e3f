package dev.licet.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The operations of the API's description that take a body. */
final class SpecWrites {
  private static final List<String> METHODS = List.of("post", "put", "patch", "delete");
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Map<?, ?> root;

  /**
   * A write.
   *
   * @param path with {@code {name}} for parts that vary
   * @param examples bodies from the description
   */
  record Write(String method, String path, String contentType, List<String> examples) {
    String name() {
      return method + " " + path;
    }
  }

  private SpecWrites(Map<?, ?> root) {
    this.root = root;
  }

  static List<Write> read(Path spec) throws IOException {
    try (Reader reader = Files.newBufferedReader(spec)) {
      Map<?, ?> root = new Yaml(new SafeConstructor(new LoaderOptions())).load(reader);
      return new SpecWrites(root).writes();
    }
  }

  private List<Write> writes() throws IOException {
    List<Write> writes = new ArrayList<>();
    for (Map.Entry<?, ?> path : map(root, "paths").entrySet()) {
      for (String method : METHODS) {
        Map<?, ?> body = map(map((Map<?, ?>) path.getValue(), method), "requestBody");
        for (Map.Entry<?, ?> content : map(body, "content").entrySet()) {
          writes.add(
              new Write(
                  method.toUpperCase(Locale.ROOT),
                  path.getKey().toString(),
                  content.getKey().toString(),
                  examples((Map<?, ?>) content.getValue())));
        }
      }
    }
    return writes;
  }

  private List<String> examples(Map<?, ?> content) throws IOException {
    List<String> examples = new ArrayList<>();
    Map<?, ?> named = map(content, "examples");
    for (Object name : named.keySet()) {
      Object value = map(named, name.toString()).get("value");
      examples.add(value instanceof String text ? text : MAPPER.writeValueAsString(value));
    }
    return examples;
  }

  /** The object in a field, its reference followed; empty when there is none. */
  private Map<?, ?> map(Map<?, ?> parent, String name) {
    if (!(parent.get(name) instanceof Map<?, ?> child)) {
      return Map.of();
    }
    if (!(child.get("$ref") instanceof String reference)) {
      return child;
    }
    Map<?, ?> target = root;
    String[] steps = reference.substring(2).split("/", -1);
    for (String step : steps) {
      target = map(target, step);
    }
    return target;
  }
}
