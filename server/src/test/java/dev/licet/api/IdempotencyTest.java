package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.RawHttp;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdempotencyTest extends ApiTest {
  private static final AtomicInteger COUNT = new AtomicInteger();
  private static final int CLIENTS = 50;

  private final String name = "once-" + COUNT.incrementAndGet();
  private final TestClient once = api.with("Idempotency-Key", name);

  @Test
  void aRepeatedCallHasOneEffectAndTheFirstAnswer() {
    Reply first = once.post(LICENSES, license()).expect(201);
    assertNull(first.header("Idempotency-Replayed"));
    Reply second = once.post(LICENSES, license()).expect(201);
    assertEquals("true", second.header("Idempotency-Replayed"));
    assertArrayEquals(first.body(), second.body());
    for (String header : List.of("ETag", "Location", "Content-Type")) {
      assertEquals(first.header(header), second.header(header));
    }
    assertEquals(List.of(first.text("/id")), ids());
    assertNotEquals(first.header("Request-Id"), second.header("Request-Id"));
  }

  @Test
  void fiftyAtOnceHaveOneEffectAndTheSameAnswer() throws Exception {
    CyclicBarrier line = new CyclicBarrier(CLIENTS);
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      calls.add(() -> {
        line.await();
        return once.post(LICENSES, license());
      });
    }
    int replayed = 0;
    List<String> answers = new ArrayList<>();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var call : clients.invokeAll(calls)) {
        Reply reply = call.get().expect(201);
        answers.add(reply.text());
        replayed += reply.header("Idempotency-Replayed") == null ? 0 : 1;
      }
    }
    assertEquals(1, answers.stream().distinct().count());
    assertEquals(CLIENTS - 1, replayed);
    assertEquals(1, ids().size());
  }

  @Test
  void anotherBodyOrQueryIsRefusedAndAnotherPathIsAnotherCall() {
    Reply first = once.post(LICENSES, license()).expect(201);
    once.post(LICENSES, license() + " ").expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    once.post(LICENSES + "?x=1", license()).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    assertEquals(1, ids().size());
    once.post(path(first) + "/suspend", "{}").expect(200);
    once.post(path(first) + "/reinstate", "{}").expect(200);
  }

  @Test
  void twoKeysForOneCallAreRefused() {
    byte[] body = license().getBytes(StandardCharsets.UTF_8);
    String head =
        """
        POST %s HTTP/1.1
        Authorization: Bearer %s
        Content-Type: application/json
        Content-Length: %d
        Idempotency-Key: %s-1
        Idempotency-Key: %s-2
        """
            .formatted(LICENSES, TestServer.API_KEY, body.length, name, name);
    RawHttp.send(server.address(), head, body).expectProblem(400, "INVALID_REQUEST");
    assertEquals(List.of(), ids());
  }

  @Test
  void aRefusalIsAnAnswerToo() {
    String plan = "{\"name\": \"" + name + "\"}";
    api.post(PLANS, plan).expect(201);
    Reply first = once.post(PLANS, plan).expectProblem(409, "PLAN_EXISTS");
    api.delete(PLANS + "/" + name).expect(204);
    Reply second = once.post(PLANS, plan).expectProblem(409, "PLAN_EXISTS");
    assertArrayEquals(first.body(), second.body());
    assertEquals("true", second.header("Idempotency-Replayed"));
    api.get(PLANS + "/" + name).expect(404);
  }

  @Test
  void whatARefusedCallBeganIsUndone() {
    String taken = api.create("starter", "key", "brought-" + name + "-x").text("/key");
    String body = license().replace("{", "{\"key\": \"" + taken + "\", ");
    once.post(LICENSES, body).expectProblem(409, "KEY_TAKEN");
    assertEquals(List.of(), ids());
    once.post(LICENSES, body).expectProblem(409, "KEY_TAKEN");
  }

  @Test
  void theLicenceKeyIsTheScopeOfAPublicCall() {
    Reply one = api.create("starter", "domains", "[\"a.example\"]");
    Reply two = api.create("starter", "domains", "[\"a.example\"]");
    TestClient anyone = once.without("Authorization");
    for (Reply license : List.of(one, two)) {
      String body = "{\"key\": \"" + key(license) + "\", \"domain\": \"a.example\"}";
      assertEquals("true", anyone.post("/api/v1/deactivate", body).at("/deactivated").toString());
      Reply again = anyone.post("/api/v1/deactivate", body).expect(200);
      assertEquals("true", again.header("Idempotency-Replayed"));
      assertEquals("true", again.at("/deactivated").toString());
      anyone
          .post("/api/v1/deactivate", body.replace("a.example", "b.example"))
          .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    }
    anyone.post("/api/v1/deactivate", "{\"key\": 1}").expect(400);
    anyone.post("/api/v1/deactivate", "no JSON").expect(400);
  }

  /** Anyone can ask for refusals. */
  @Test
  void whatIsRefusedWithoutAnApiKeyIsNotKept() {
    Reply license = api.create("starter");
    TestClient anyone = once.without("Authorization");
    for (String body :
        List.of(
            "{\"key\": \"ANYTHING-123\", \"domain\": \"a.example\"}",
            "{\"key\": \"" + key(license) + "\", \"domain\": \"a.example\", \"x\": 1}")) {
      Reply first = anyone.post("/api/v1/deactivate", body);
      assertTrue(first.status() >= 400, first.text());
      Reply second = anyone.post("/api/v1/deactivate", body);
      assertEquals(first.status(), second.status());
      assertNull(second.header("Idempotency-Replayed"));
    }
    anyone
        .post("/api/v1/deactivate", "{\"key\": \"ANYTHING-123\", \"domain\": \"b.example\"}")
        .expect(404);
  }

  @Test
  void anotherApiKeyDoesNotSeeTheAnswer() {
    String create = "{\"name\": \"deploy\", \"scopes\": [\"admin\"]}";
    Reply first = once.post("/api/v1/api-keys", create).expect(201);
    Reply weak =
        api.post("/api/v1/api-keys", "{\"name\": \"weak\", \"scopes\": [\"api-keys:*\"]}")
            .expect(201);
    Reply other =
        once.with("Authorization", "Bearer " + weak.text("/key"))
            .post("/api/v1/api-keys", create)
            .expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    assertFalse(other.text().contains(first.text("/key")));
    once.post("/api/v1/api-keys", create).expect(201);
  }

  @Test
  void validationsAndOtherMethodsIgnoreTheKey() {
    Reply license = api.create("starter");
    once.validate(key(license)).expectValid();
    once.validate(key(license), "domain", "a.example").expectValid();
    once.put(path(license), "{\"max_domains\": 7}").expect(200);
    assertEquals(8, once.put(path(license), "{\"max_domains\": 8}").number("/max_domains"));
  }

  @Test
  void aKeyIsPrintableAndNotTooLong() {
    for (String bad : List.of("", "a b", "x".repeat(256))) {
      api.with("Idempotency-Key", bad)
          .post(LICENSES, license())
          .expectProblem(400, "INVALID_REQUEST");
    }
    assertEquals(List.of(), ids());
    api.with("Idempotency-Key", "\"" + "~".repeat(253) + "\"")
        .post(LICENSES, license())
        .expect(201);
  }

  @Test
  void theCallerIsPartOfTheKey() {
    once.post(PLANS, "{\"name\": \"" + name + "\"}").expect(201);
    once.without("Authorization").post(PLANS, "{\"name\": \"" + name + "\"}").expect(401);
  }

  private String license() {
    return "{\"plan\": \"starter\", \"customer_email\": \"" + name + "@example.com\"}";
  }

  private List<String> ids() {
    return api.get(LICENSES + "?customer_email=" + name + "@example.com").texts("/data", "/id");
  }
}
