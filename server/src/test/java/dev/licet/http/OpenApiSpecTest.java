package dev.licet.http;

import static dev.licet.http.OpenApiDocument.list;
import static dev.licet.http.OpenApiDocument.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.licet.http.OpenApiDocument.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds {@code spec/openapi.yaml} to the rules of the house. */
final class OpenApiSpecTest {
  private static final Pattern CODE = Pattern.compile("`([A-Z]+(?:_[A-Z]+)+|UNAUTHORIZED)`");
  private static final Pattern TEMPLATE = Pattern.compile("\\{([^}]+)}");

  private final OpenApiDocument document = OpenApiDocument.load();
  private final List<Operation> operations = document.operations();

  @Test
  void everyOperationIdIsUnique() {
    Set<Object> seen = new HashSet<>();
    assertNone(operations, o -> seen.add(o.definition().get("operationId")) ? "" : "id seen twice");
    assertFalse(seen.contains(null), "an operation has no operationId");
  }

  @Test
  void everyOperationSaysWhatItIs() {
    Set<Object> tags =
        list(document.root().get("tags")).stream()
            .map(tag -> map(tag).get("name"))
            .collect(Collectors.toSet());
    for (String field : List.of("summary", "description", "tags", "security", "responses")) {
      assertNone(operations, o -> o.definition().containsKey(field) ? "" : "no " + field);
    }
    assertNone(
        operations,
        o -> tags.containsAll(list(o.definition().get("tags"))) ? "" : "a tag is not declared");
  }

  @Test
  void everyOperationCanSucceedAndCanFail() {
    assertNone(
        operations, o -> statuses(o).anyMatch(status -> status / 100 == 2) ? "" : "no success");
    assertNone(operations, o -> statuses(o).anyMatch(status -> status == 500) ? "" : "no 500");
  }

  @Test
  void everyReferenceResolves() {
    assertEquals(
        Set.of(),
        references().stream()
            .filter(reference -> document.find(reference).isEmpty())
            .collect(Collectors.toSet()));
  }

  @Test
  void everyComponentIsReferredTo() {
    Set<String> references = references();
    Set<String> unused = new TreeSet<>();
    map(document.root().get("components"))
        .forEach((kind, components) ->
            map(components).keySet().stream()
                .map(name -> "#/components/" + kind + "/" + name)
                .filter(reference -> !references.contains(reference))
                .forEach(unused::add));
    unused.removeIf(name -> name.contains("securitySchemes")); // named, never referred to
    assertEquals(Set.of(), unused);
  }

  @Test
  void everyObjectSchemaIsClosed() {
    List<String> open = new ArrayList<>();
    document.walk((way, node) -> {
      boolean object = "object".equals(node.get("type"));
      if (object && (node.get("additionalProperties") instanceof Map<?, ?>)) {
        return; // a map: its values have a schema
      }
      if (object && !Boolean.FALSE.equals(node.get("additionalProperties"))) {
        open.add(way);
      }
    });
    assertEquals(List.of(), open);
  }

  @Test
  void everyRequiredPropertyIsDefined() {
    List<String> undefined = new ArrayList<>();
    document
        .components("schemas")
        .forEach((name, schema) -> {
          Set<String> defined = map(map(schema).getOrDefault("properties", Map.of())).keySet();
          requiredBy(map(schema))
              .filter(property -> !defined.contains(property))
              .forEach(property -> undefined.add(name + "." + property));
        });
    assertEquals(List.of(), undefined);
  }

  @Test
  void theTableOfProblemsIsTheListOfCodes() {
    Map<String, Integer> table = ProblemTable.read(document);
    Object codes = map(document.components("schemas").get("ProblemCode")).get("enum");
    assertEquals(codes, List.copyOf(table.keySet()));
  }

  @Test
  void theGuideToErrorsHasTheSameTable() throws IOException {
    String guide = Files.readString(Path.of("..", "docs", "guides", "errors.md"));
    assertEquals(ProblemTable.read(document), ProblemTable.read(guide));
  }

  @Test
  void everyOperationNamesTheProblemsOfItsStatuses() {
    Map<String, Integer> table = ProblemTable.read(document);
    assertNone(
        operations,
        operation -> {
          String text = operation.definition().get("description").toString();
          String problems = text.substring(text.indexOf("Problems: "));
          Set<Integer> named =
              codes(problems)
                  .map(code -> table.getOrDefault(code, 0))
                  .collect(Collectors.toCollection(TreeSet::new));
          Set<Integer> answered =
              statuses(operation)
                  .filter(status -> status >= 400 && isProblem(operation, status))
                  .collect(Collectors.toCollection(TreeSet::new));
          return named.equals(answered) ? "" : "names " + named + ", answers " + answered;
        });
  }

  @Test
  void whatNeedsAnApiKeyCanRefuseIt() {
    assertNone(
        operations,
        operation -> {
          boolean isPublic = list(operation.definition().get("security")).isEmpty();
          boolean refuses = statuses(operation).anyMatch(status -> status == 401);
          return isPublic != refuses ? "" : "401 and security do not go together";
        });
  }

  @Test
  void whatNeedsAnApiKeyIsLimited() {
    assertNone(
        operations,
        operation -> {
          boolean isPublic = list(operation.definition().get("security")).isEmpty();
          return isPublic || statuses(operation).anyMatch(status -> status == 429) ? "" : "no 429";
        });
  }

  @Test
  void everyPostButAValidationMayBeRepeated() {
    assertNone(
        operations,
        operation -> {
          boolean repeatable =
              document.parameters(operation).stream()
                  .anyMatch(parameter -> "Idempotency-Key".equals(parameter.get("name")));
          boolean refuses =
              statuses(operation).filter(status -> status == 409 || status == 422).count() == 2;
          // The report of an import is too long to be kept, a shop's message has an id of its own.
          boolean expected =
              operation.method().equals("post")
                  && !operation.path().endsWith("/validate")
                  && !operation.path().endsWith("/import")
                  && !operation.path().equals("/api/v1/checkout/{connection_id}");
          return expected
              ? (repeatable && refuses ? "" : "no Idempotency-Key, 409 or 422")
              : repeatable ? "Idempotency-Key on what ignores it" : "";
        });
  }

  @Test
  void whatTakesABodyCanRefuseIt() {
    for (int status : List.of(400, 413, 415)) {
      assertNone(
          operations,
          operation -> {
            boolean takes = operation.definition().containsKey("requestBody");
            boolean refuses = statuses(operation).anyMatch(s -> s == status);
            return !takes || refuses ? "" : "takes a body, but has no " + status;
          });
    }
  }

  @Test
  void everyPathParameterIsDeclared() {
    assertNone(
        operations,
        operation -> {
          Set<Object> inPath = matches(TEMPLATE, operation.path()).collect(Collectors.toSet());
          Set<Object> declared =
              document.parameters(operation).stream()
                  .filter(parameter -> parameter.get("in").equals("path"))
                  .filter(parameter -> Boolean.TRUE.equals(parameter.get("required")))
                  .map(parameter -> parameter.get("name"))
                  .collect(Collectors.toSet());
          return inPath.equals(declared) ? "" : "path has " + inPath + ", declared " + declared;
        });
  }

  @Test
  void everyExampleFitsItsSchema() {
    SpecSchemas schemas = new SpecSchemas(document);
    List<String> violations = new ArrayList<>();
    document.walk((way, node) -> {
      if (node.get("schema") instanceof Map<?, ?> schema && !way.contains("/schemas/")) {
        examples(node)
            .flatMap(example -> schemas.violations(map(schema), example).stream())
            .forEach(violation -> violations.add(way + violation));
      }
    });
    assertEquals(List.of(), violations);
  }

  @Test
  void everyJsonBodyHasAnExample() {
    List<String> without = new ArrayList<>();
    document.walk((way, node) -> {
      if (way.endsWith("json") && node.containsKey("schema") && examples(node).count() == 0) {
        without.add(way);
      }
    });
    assertEquals(List.of(), without);
  }

  private Stream<Object> examples(Map<String, Object> node) {
    Stream<Object> one = node.containsKey("example") ? Stream.of(node.get("example")) : Stream.of();
    Stream<Object> named =
        map(node.getOrDefault("examples", Map.of())).values().stream()
            .map(example -> document.resolve(example).get("value"));
    return Stream.concat(one, named);
  }

  private Set<String> references() {
    Set<String> references = new TreeSet<>();
    document.walk((way, node) -> {
      if (node.get("$ref") instanceof String reference) {
        references.add(reference);
      }
    });
    return references;
  }

  private boolean isProblem(Operation operation, int status) {
    Object response = map(operation.definition().get("responses")).get(Integer.toString(status));
    return map(document.resolve(response).get("content")).containsKey("application/problem+json");
  }

  private static Stream<Integer> statuses(Operation operation) {
    return map(operation.definition().get("responses")).keySet().stream().map(Integer::valueOf);
  }

  /**
   * What a schema requires, also in one of its alternatives or in a combination that it forbids.
   */
  private static Stream<String> requiredBy(Map<String, Object> schema) {
    Stream<Object> parts =
        Stream.concat(
            list(schema.getOrDefault("oneOf", List.of())).stream(),
            schema.containsKey("not") ? Stream.of(schema.get("not")) : Stream.of());
    return Stream.concat(
        list(schema.getOrDefault("required", List.of())).stream().map(Object::toString),
        parts.flatMap(part -> requiredBy(map(part))));
  }

  private static Stream<String> codes(String text) {
    return matches(CODE, text);
  }

  private static Stream<String> matches(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult result) -> result.group(1));
  }

  private static void assertNone(List<Operation> operations, Function<Operation, String> fault) {
    List<String> faults = new ArrayList<>();
    for (Operation operation : operations) {
      String found = fault.apply(operation);
      if (!found.isEmpty()) {
        faults.add(operation + ": " + found);
      }
    }
    assertEquals(List.of(), faults);
  }
}
