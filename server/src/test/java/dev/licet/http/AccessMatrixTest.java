package dev.licet.http;

import static dev.licet.http.OpenApiDocument.map;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.Checkout;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import dev.licet.domain.account.ApiKeyText;
import dev.licet.domain.account.Scope;
import dev.licet.http.OpenApiDocument.Operation;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every call of {@code spec/openapi.yaml} with every kind of key, and with fields that nobody may
 * set. A path parameter that this test does not know fails it.
 */
@ParameterizedClass(name = "{0}")
@EnumSource
class AccessMatrixTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String NOBODY = "00000000000000000000000000";
  private static final List<String> NOT_FOR_CALLERS =
      List.of("account_id", "validation_count", "id", "created_at", "updated_at", "live", "no");

  private static final Set<String> PUBLIC =
      Set.of(
          "POST /api/v1/validate",
          "POST /api/v1/deactivate",
          "POST /api/v1/consume",
          "POST /api/v1/checkout/{connection_id}",
          "GET /api/v1/checkout/{connection_id}/result",
          "GET /api/v1/openapi.yaml",
          "GET /openapi.yaml",
          "GET /docs",
          "GET /docs/redoc.standalone.js",
          "GET /health/live",
          "GET /health/ready",
          "GET /metrics");

  private static final OpenApiDocument DOCUMENT = OpenApiDocument.load();
  private static final Map<String, String> IDS = new HashMap<>();

  private static TestServer server;
  private static TestClient own;
  private static TestClient foreign;
  private static TestClient otherMode;
  private static TestClient revoked;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    server = TestServer.start(database);
    own = server.client();
    String counters = "{\"matrix-counter\": {\"limit\": 9}}";
    Reply license = own.create("professional", "domains", "[\"a.example\"]", "counters", counters);
    IDS.put("counters", "matrix-counter");
    String seats = "/api/v1/licenses/" + license.text("/id") + "/activations";
    own.post("/api/v1/plans", "{\"name\": \"matrix\"}").expect(201);
    own.post("/api/v1/products", "{\"name\": \"matrix-product\"}").expect(201);
    IDS.put("customers", "ada@example.com");
    IDS.put("licenses", license.text("/id"));
    IDS.put("activations", own.get(seats).text("/data/0/id"));
    IDS.put("plans", "matrix");
    IDS.put("products", "matrix-product");
    IDS.put("api-keys", newKey("live", "\"admin\"").text("/id"));
    String hook = "{\"url\": \"https://nobody.example.com/\", \"events\": [\"quota.*\"]}";
    String webhook = own.post("/api/v1/webhooks", hook).expect(201).text("/id");
    IDS.put("webhooks", webhook);
    String test = "/api/v1/webhooks/" + webhook + "/test";
    IDS.put("deliveries", own.post(test, "").expect(202).text("/id"));
    Checkout.Shop shop = Checkout.stripe(own);
    IDS.put("checkout-connections", shop.id());
    IDS.put("checkout", shop.id());
    shop.post("{\"id\": \"evt_1\", \"type\": \"none\", \"created\": 1}").expect(200);
    IDS.put("checkout-events", own.get("/api/v1/checkout-events").text("/data/0/id"));
    IDS.put("events", own.get("/api/v1/events?limit=1").text("/data/0/id"));
    IDS.put("accounts", own.get("/api/v1/account").text("/id"));
    String body = "{\"name\": \"Foreign\", \"email\": \"f@foreign.example\"}";
    foreign = with(server.operator().post("/api/v1/accounts", body).expect(201).text("/api_key"));
    otherMode = with(newKey("test", "\"admin\"").text("/key"));
    Reply toRevoke = newKey("live", "\"admin\"");
    revoked = with(toRevoke.text("/key"));
    own.delete("/api/v1/api-keys/" + toRevoke.text("/id")).expect(204);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  /** Who opens a route to everyone has to say so here too. */
  @Test
  void allButTheseCallsNeedAKey() {
    Set<String> open =
        DOCUMENT.operations().stream()
            .filter(operation -> operation.access().equals("public"))
            .map(Operation::toString)
            .collect(Collectors.toSet());
    assertEquals(PUBLIC, open);
    assertTrue(keyed(operation -> {}).count() >= 35);
  }

  @TestFactory
  Stream<DynamicTest> whoHasNoGoodKeyIsUnauthorized() {
    String unknown = ApiKeyText.generate(ApiKeyText.Kind.LIVE, new SplittableRandom(9)).text();
    String wrongCheck = TestServer.API_KEY.substring(0, TestServer.API_KEY.length() - 1) + "_";
    return keyed(operation -> {
      for (TestClient client :
          List.of(
              own.without("Authorization"),
              own.with("Authorization", "Basic " + TestServer.API_KEY),
              with(wrongCheck),
              with(unknown),
              revoked)) {
        call(client, operation, IDS).expectProblem(401, "UNAUTHORIZED");
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> whoLacksTheScopeIsForbidden() {
    return keyed(operation -> {
      Scope needed = scope(operation);
      if (needed == null) {
        call(own, operation, IDS).expectProblem(403, "INSUFFICIENT_SCOPE");
        return;
      }
      String others =
          Arrays.stream(Scope.values())
              .filter(scope -> scope != needed && scope != Scope.ADMIN)
              .map(scope -> '"' + scope.text() + '"')
              .collect(Collectors.joining(", "));
      Reply refused = call(with(newKey("live", others).text("/key")), operation, IDS);
      refused.expectProblem(403, "INSUFFICIENT_SCOPE");
      assertTrue(refused.text("/detail").contains(needed.text()), refused::text);
      call(server.operator(), operation, IDS).expectProblem(403, "INSUFFICIENT_SCOPE");
    });
  }

  @TestFactory
  Stream<DynamicTest> theScopeAloneIsEnough() {
    return ending(operation -> {
      Scope needed = scope(operation);
      TestClient client =
          needed == null
              ? server.operator()
              : with(newKey("live", '"' + needed.text() + '"').text("/key"));
      Reply reply = call(client, operation, Map.of());
      // Who may only create keys may not give the example's scopes away.
      boolean escalates = operation.toString().equals("POST /api/v1/api-keys");
      assertTrue(escalates || reply.status() < 500 && reply.status() != 403, reply::text);
      assertFalse(reply.status() == 401, reply::text);
    });
  }

  @TestFactory
  Stream<DynamicTest> whatIsAnotherAccountsIsNotFound() {
    return ending(operation -> {
      if (scope(operation) != null && operation.path().contains("{")) {
        assertUntouched(
            () -> call(foreign, operation, IDS).expectProblem(404, "NOT_FOUND"), operation);
      } else if (scope(operation) != null && operation.method().equals("get")) {
        assertShowsNothingOf(call(foreign, operation, IDS).expect(200));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> whatIsOfTheOtherModeIsNotFound() {
    return ending(operation -> {
      boolean ofMode =
          Stream.of(
                  "/licenses",
                  "/api-keys",
                  "/events",
                  "/webhooks",
                  "/deliveries",
                  "/customers",
                  "/checkout-")
              .anyMatch(operation.path()::contains);
      if (ofMode && operation.path().contains("{")) {
        assertUntouched(
            () -> call(otherMode, operation, IDS).expectProblem(404, "NOT_FOUND"), operation);
      } else if (ofMode && operation.method().equals("get")) {
        assertShowsNothingOf(call(otherMode, operation, IDS).expect(200));
      }
    });
  }

  @TestFactory
  Stream<DynamicTest> fieldsThatNobodyMaySetAreRefused() {
    return tests(
        DOCUMENT.operations().stream()
            .filter(operation -> operation.definition().containsKey("requestBody"))
            .filter(operation -> type(operation).equals("application/json"))
            // What a provider sends is in its own form.
            .filter(operation -> !operation.path().equals("/api/v1/checkout/{connection_id}")),
        operation -> {
          TestClient client = operation.access().equals("operatorKey") ? server.operator() : own;
          for (String field : NOT_FOR_CALLERS) {
            ObjectNode body = example(operation).put(field, 1);
            String path = path(operation, IDS);
            Reply reply =
                client.send(
                    operation.method().toUpperCase(Locale.ROOT),
                    path,
                    BodyPublishers.ofString(body.toString()));
            reply.expectInvalid("#/" + field);
          }
        });
  }

  private interface Check {
    void run(Operation operation);
  }

  /** A test for each operation that needs a key. */
  private static Stream<DynamicTest> keyed(Check check) {
    return tests(
        DOCUMENT.operations().stream().filter(operation -> !operation.access().equals("public")),
        check);
  }

  /** As {@link #keyed}, but for the stream, which has no end: {@code EventStreamTest} has it. */
  private static Stream<DynamicTest> ending(Check check) {
    return tests(
        DOCUMENT.operations().stream()
            .filter(operation -> !operation.access().equals("public"))
            .filter(operation -> !operation.path().endsWith("/stream")),
        check);
  }

  private static Stream<DynamicTest> tests(Stream<Operation> operations, Check check) {
    return operations.map(
        operation -> DynamicTest.dynamicTest(operation.toString(), () -> check.run(operation)));
  }

  /** What the call needs; {@code null} when it is the operator's. */
  private static Scope scope(Operation operation) {
    return operation.access().startsWith("apiKey ")
        ? Scope.of(operation.access().substring("apiKey ".length())).orElseThrow()
        : null;
  }

  private static void assertUntouched(Runnable attempt, Operation operation) {
    String license = "/api/v1/licenses/" + IDS.get("licenses");
    Reply before = own.get(license).expect(200);
    attempt.run();
    assertEquals(before.text(), own.get(license).expect(200).text(), operation::toString);
    own.get("/api/v1/plans/" + IDS.get("plans")).expect(200);
    assertTrue(own.get("/api/v1/api-keys/" + IDS.get("api-keys")).at("/revoked_at").isNull());
  }

  private static void assertShowsNothingOf(Reply reply) {
    for (String id : IDS.values()) {
      assertFalse(reply.text().contains('"' + id + '"'), reply::text);
    }
  }

  private static Reply call(TestClient client, Operation operation, Map<String, String> ids) {
    boolean bodied = operation.definition().containsKey("requestBody");
    return (bodied ? client.with("Content-Type", type(operation)) : client)
        .send(
            operation.method().toUpperCase(Locale.ROOT),
            path(operation, ids),
            bodied
                ? BodyPublishers.ofString(example(operation).toString())
                : BodyPublishers.noBody());
  }

  /** The path with ids of things that there are, or of nothing. */
  private static String path(Operation operation, Map<String, String> ids) {
    StringBuilder path = new StringBuilder();
    String collection = "";
    for (String part : operation.path().substring(1).split("/")) {
      if (part.startsWith("{")) {
        assertTrue(IDS.containsKey(collection), "this test has no id for " + operation);
        path.append('/').append(ids.getOrDefault(collection, NOBODY));
      } else {
        path.append('/').append(part);
      }
      collection = part;
    }
    return path.toString();
  }

  /** The media type of the body; of several the first. */
  private static String type(Operation operation) {
    Map<String, Object> body = DOCUMENT.resolve(operation.definition().get("requestBody"));
    return map(body.get("content")).keySet().iterator().next();
  }

  /** The first example of the body. */
  private static ObjectNode example(Operation operation) {
    Map<String, Object> body = DOCUMENT.resolve(operation.definition().get("requestBody"));
    Map<String, Object> json = map(map(body.get("content")).get(type(operation)));
    Object first = map(json.get("examples")).values().iterator().next();
    JsonNode value = MAPPER.valueToTree(DOCUMENT.resolve(first).get("value"));
    return (ObjectNode) value;
  }

  private static Reply newKey(String mode, String scopes) {
    String body = "{\"name\": \"a key\", \"mode\": \"" + mode + "\", \"scopes\": [" + scopes + "]}";
    return server.client().post("/api/v1/api-keys", body).expect(201);
  }

  private static TestClient with(String key) {
    return new TestClient(server.address(), key);
  }
}
