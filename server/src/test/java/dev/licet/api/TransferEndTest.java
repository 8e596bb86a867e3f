package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.Reply;
import dev.licet.TestClient;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Imports and exports that take long: how many there may be, and what ends them. */
@Timeout(60)
class TransferEndTest extends ApiTest {
  private static final String IMPORT = LICENSES + "/import";
  private static final String NDJSON = "application/x-ndjson";
  private static final String UNLIMITED = ", \"quota\": \"unlimited\"";

  /** As many as an import adds at once, at first. */
  private static final int CHUNK = 10;

  @Test
  void aRevokedKeyImportsNoMore() throws IOException {
    TestClient client = clientOf(account(UNLIMITED));
    Reply key = newKey(client);
    try (SlowCall call = begin(key, licenses("first"))) {
      client.delete(API_KEYS + "/" + key.text("/id")).expect(204);
      awaitRefused(key, 401);
      assertBrokenOff(call, "UNAUTHORIZED");
    }
    assertEquals(CHUNK, client.get(LICENSES + "?limit=100").expect(200).at("/data").size());
  }

  @Test
  void aSuspendedAccountImportsNoMore() throws IOException {
    Reply account = account(UNLIMITED);
    TestClient client = clientOf(account);
    Reply key = newKey(client);
    try (SlowCall call = begin(key, licenses("first"))) {
      suspend(account, "suspended");
      awaitRefused(key, 403);
      assertBrokenOff(call, "ACCOUNT_SUSPENDED");
    }
    suspend(account, "active");
    assertEquals(CHUNK, client.get(LICENSES + "?limit=100").expect(200).at("/data").size());
  }

  @Test
  void whoseKeyIsRevokedAfterTheLastLineHasImportedAll() throws IOException {
    TestClient client = clientOf(account(UNLIMITED));
    Reply key = newKey(client);
    try (SlowCall call = begin(key, licenses("only"))) {
      client.delete(API_KEYS + "/" + key.text("/id")).expect(204);
      awaitRefused(key, 401);
      call.finish();
      JsonNode summary = new ObjectMapper().readTree(call.lines(1).getFirst());
      assertTrue(summary.path("done").booleanValue(), summary::toString);
      assertEquals(CHUNK, summary.path("created").intValue());
    }
  }

  @Test
  void anAccountHasTwoImportsAtOnceAndTheNodeFour() throws IOException {
    Reply one = newKey(clientOf(account(UNLIMITED)));
    Reply two = newKey(clientOf(account(UNLIMITED)));
    Reply three = newKey(clientOf(account(UNLIMITED)));
    String wrong = "{}\n".repeat(CHUNK);
    try (SlowCall first = begin(one, wrong);
        SlowCall second = begin(one, wrong)) {
      assertFull(one, "2 imports of the account are running.");
      try (SlowCall third = begin(two, wrong);
          SlowCall fourth = begin(two, wrong)) {
        assertFull(two, "2 imports of the account are running.");
        assertFull(three, "4 imports are running.");
        fourth.finish();
        assertNotNull(fourth.line());
        assertNull(fourth.line());
        begin(three, wrong).close();
        third.finish();
        assertNotNull(third.line());
      }
      assertFull(one, "2 imports of the account are running.");
      second.finish();
      assertNotNull(second.line());
      client(one).with("Content-Type", NDJSON).post(IMPORT, "").expect(200);
      first.finish();
      assertNotNull(first.line());
    }
  }

  @Test
  void aRevokedKeyEndsItsExports() throws IOException {
    TestClient client = clientOf(account(UNLIMITED));
    fill(client);
    for (String path :
        List.of(
            LICENSES + "/export?format=ndjson",
            LICENSES + "/export?format=csv",
            "/api/v1/customers/large@example.com/export",
            "/api/v1/audit-log?format=ndjson",
            "/api/v1/audit-log?format=csv")) {
      Reply key = newKey(client);
      try (SlowCall call = SlowCall.get(server.address(), path, key.text("/key"))) {
        assertEquals(200, call.status());
        assertFalse(call.breaksOff(), path);
      }
      try (SlowCall call = SlowCall.get(server.address(), path, key.text("/key"))) {
        assertEquals(200, call.status());
        client.delete(API_KEYS + "/" + key.text("/id")).expect(204);
        awaitRefused(key, 401);
        assertTrue(call.breaksOff(), path);
      }
    }
  }

  /** So many large licences that no answer about them fits into what waits for its reader. */
  private static void fill(TestClient client) {
    String metadata = "{\"a\": \"" + "x".repeat(15_000) + "\"}";
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 700; i++) {
      lines
          .append(
              "{\"plan\": \"starter\", \"customer_email\": \"large@example.com\", \"metadata\": ")
          .append(metadata)
          .append("}\n");
    }
    String report =
        client.with("Content-Type", NDJSON).post(IMPORT, lines.toString()).expect(200).text();
    assertTrue(report.contains("\"done\":true,\"created\":700"));
  }

  /** Starts an import that reports on some lines, and does not end. */
  private static SlowCall begin(Reply key, String lines) throws IOException {
    SlowCall call = SlowCall.post(server.address(), IMPORT, key.text("/key"), NDJSON);
    call.send(lines);
    assertEquals(200, call.status());
    call.lines(CHUNK);
    return call;
  }

  /** Sends some more lines, none of which is imported. */
  private static void assertBrokenOff(SlowCall call, String code) throws IOException {
    call.send(licenses("second"));
    call.finish();
    JsonNode summary = new ObjectMapper().readTree(call.lines(1).getFirst());
    assertTrue(summary.has("done"), summary::toString);
    assertFalse(summary.path("done").booleanValue(), summary::toString);
    assertEquals(CHUNK, summary.path("created").intValue(), summary::toString);
    assertEquals(code, summary.path("code").textValue());
    assertNull(call.line());
  }

  private static void assertFull(Reply key, String why) {
    Reply refused = client(key).with("Content-Type", NDJSON).post(IMPORT, "");
    refused.expectProblem(429, "RATE_LIMITED");
    assertTrue(refused.text("/detail").startsWith(why), refused::text);
    assertEquals("10", refused.header("Retry-After"));
  }

  private static String licenses(String name) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < CHUNK; i++) {
      lines
          .append("{\"plan\": \"starter\", \"customer_email\": \"a@example.com\", \"key\": \"")
          .append(name)
          .append("-end-")
          .append(i)
          .append("\"}\n");
    }
    return lines.toString();
  }

  private static void suspend(Reply account, String status) {
    operator
        .patch(ACCOUNTS + "/" + account.text("/id"), "{\"status\": \"" + status + "\"}")
        .expect(200);
  }

  /** Each node may take a second to hear of it. */
  private static void awaitRefused(Reply key, int status) {
    long until = System.nanoTime() + 5_000_000_000L;
    while (client(key).get(ACCOUNT).status() != status) {
      assertTrue(System.nanoTime() < until);
    }
  }

  private static TestClient client(Reply key) {
    return new TestClient(server.address(), key.text("/key"));
  }

  private static Reply newKey(TestClient by) {
    String scopes =
        "[\"licenses:read\", \"licenses:write\", \"licenses:reveal\", \"customers:*\","
            + " \"audit:read\", \"account:read\"]";
    return by.post(API_KEYS, "{\"name\": \"transfer\", \"scopes\": " + scopes + "}").expect(201);
  }
}
