package dev.licet.http;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Validates JSON against the schemas of an {@link OpenApiDocument} (JSON Schema 2020-12). */
final class SpecSchemas {
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String IN_DOCUMENT = "#/components/schemas/";
  private static final String IN_SCHEMA = "#/$defs/";

  private final SchemaRegistry registry =
      SchemaRegistry.withDefaultDialect(
          SpecificationVersion.DRAFT_2020_12,
          builder ->
              builder.schemaRegistryConfig(
                  SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));
  private final Map<Map<String, Object>, Schema> compiled = new ConcurrentHashMap<>();
  private final Object definitions;

  SpecSchemas(OpenApiDocument document) {
    definitions = moved(document.components("schemas"));
  }

  /** Where and how the value breaks the schema, a schema object of the document. Empty: it fits. */
  List<String> violations(Map<String, Object> schema, Object value) {
    JsonNode node = value instanceof JsonNode tree ? tree : JSON.valueToTree(value);
    return compiled.computeIfAbsent(schema, this::compile).validate(node).stream()
        .map(error -> error.getInstanceLocation() + ": " + error.getMessage())
        .sorted()
        .toList();
  }

  private Schema compile(Map<String, Object> schema) {
    Map<String, Object> standalone = new TreeMap<>(OpenApiDocument.map(moved(schema)));
    standalone.put("$defs", definitions);
    return registry.getSchema(JSON.<JsonNode>valueToTree(standalone));
  }

  /** A copy whose references point into {@code $defs}, where a schema can stand by itself. */
  private static Object moved(Object node) {
    return switch (node) {
      case Map<?, ?> map ->
          OpenApiDocument.map(map).entrySet().stream()
              .collect(Collectors.toMap(Map.Entry::getKey, entry -> moved(entry.getValue())));
      case List<?> list -> list.stream().map(SpecSchemas::moved).toList();
      case String text when text.startsWith(IN_DOCUMENT) ->
          IN_SCHEMA + text.substring(IN_DOCUMENT.length());
      default -> node;
    };
  }
}
