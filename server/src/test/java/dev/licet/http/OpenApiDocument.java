package dev.licet.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The API's description, {@code spec/openapi.yaml}, as maps and lists. */
final class OpenApiDocument {
  private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");

  private final Map<String, Object> root;

  private OpenApiDocument(Map<String, Object> root) {
    this.root = root;
  }

  /**
   * Reads the copy on the class path, the one that the server serves. Duplicate keys are errors.
   */
  static OpenApiDocument load() {
    LoaderOptions options = new LoaderOptions();
    options.setAllowDuplicateKeys(false);
    try (InputStream in = OpenApiDocument.class.getResourceAsStream("/spec/openapi.yaml")) {
      return new OpenApiDocument(map(new Yaml(new SafeConstructor(options)).load(in)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One method of one path. */
  record Operation(
      String method, String path, Map<String, Object> pathItem, Map<String, Object> definition) {

    /** Who may call: {@code public}, {@code operatorKey}, or {@code apiKey} and the scope. */
    String access() {
      List<?> schemes = list(definition.get("security"));
      if (schemes.isEmpty()) {
        return "public";
      }
      Map.Entry<String, Object> scheme = map(schemes.getFirst()).entrySet().iterator().next();
      List<?> scopes = list(scheme.getValue());
      return scopes.isEmpty() ? scheme.getKey() : scheme.getKey() + " " + scopes.getFirst();
    }

    @Override
    public String toString() {
      return method.toUpperCase(Locale.ROOT) + " " + path;
    }
  }

  Map<String, Object> root() {
    return root;
  }

  Map<String, Object> components(String kind) {
    return map(map(root.get("components")).getOrDefault(kind, Map.of()));
  }

  List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    map(root.get("paths"))
        .forEach((path, item) -> {
          for (String method : METHODS) {
            if (map(item).get(method) instanceof Map<?, ?> definition) {
              operations.add(new Operation(method, path, map(item), map(definition)));
            }
          }
        });
    return operations;
  }

  /** The parameters of an operation and of its path, references resolved. */
  List<Map<String, Object>> parameters(Operation operation) {
    List<Map<String, Object>> parameters = new ArrayList<>();
    for (Map<String, Object> owner : List.of(operation.pathItem(), operation.definition())) {
      for (Object parameter : list(owner.getOrDefault("parameters", List.of()))) {
        parameters.add(resolve(parameter));
      }
    }
    return parameters;
  }

  /** The node itself, or what its {@code $ref} refers to. */
  Map<String, Object> resolve(Object node) {
    if (map(node).get("$ref") instanceof String reference) {
      Object target =
          find(reference)
              .orElseThrow(() -> new IllegalArgumentException("nothing at " + reference));
      return resolve(target);
    }
    return map(node);
  }

  /** What stands at a local reference such as {@code #/components/schemas/License}. */
  Optional<Object> find(String reference) {
    if (!reference.startsWith("#/")) {
      return Optional.empty();
    }
    Object node = root;
    for (String step : reference.substring(2).split("/")) {
      String name = step.replace("~1", "/").replace("~0", "~");
      node = node instanceof Map<?, ?> map ? map.get(name) : null;
    }
    return Optional.ofNullable(node);
  }

  /** Calls the visitor with every map in the document and the way to it. Examples are left out. */
  void walk(BiConsumer<String, Map<String, Object>> visitor) {
    walk("#", root, visitor);
  }

  private static void walk(
      String way, Object node, BiConsumer<String, Map<String, Object>> visitor) {
    if (node instanceof Map<?, ?>) {
      visitor.accept(way, map(node));
      map(node)
          .forEach((name, child) -> {
            if (!name.equals("value") || way.contains("/schemas/")) {
              walk(way + "/" + name, child, visitor);
            }
          });
    } else if (node instanceof List<?> children) {
      for (int i = 0; i < children.size(); i++) {
        walk(way + "/" + i, children.get(i), visitor);
      }
    }
  }

  @SuppressWarnings("unchecked")
  static Map<String, Object> map(Object node) {
    if (node instanceof Map<?, ?> map && map.keySet().stream().allMatch(String.class::isInstance)) {
      return (Map<String, Object>) map;
    }
    throw new IllegalArgumentException("not a map with text keys: " + node);
  }

  static List<?> list(Object node) {
    return (List<?>) node;
  }
}
