package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class BatchTest extends ApiTest {
  private static final String BATCH = LICENSES + "/batch";
  private static final String UNKNOWN = "lic_01jddq1m3xe5v9s8y2b7r4k6ta";

  private static Reply batch(String action, String rest) {
    return api.post(BATCH, "{\"action\": \"" + action + "\", " + rest + "}");
  }

  private static String ids(String... ids) {
    return "\"ids\": [\"" + String.join("\", \"", ids) + "\"]";
  }

  private static String id(Reply license) {
    return license.text("/id");
  }

  @Test
  void eachIsChangedOnItsOwn() {
    Reply one = api.create("starter");
    Reply revoked = api.create("starter");
    api.delete(path(revoked)).expect(200);
    Reply two = api.create("starter");
    Reply answer =
        batch("suspend", ids(id(one), id(revoked), UNKNOWN, id(two)) + ", \"reason\": \"unpaid\"")
            .expect(200);
    assertEquals(2, answer.number("/done"));
    assertEquals(2, answer.number("/failed"));
    assertEquals("LICENSE_REVOKED", answer.text("/results/1/code"));
    assertEquals("NOT_FOUND", answer.text("/results/2/code"));
    assertEquals("suspended", answer.text("/results/3/status"));
    assertEquals("unpaid", fresh(two).text("/status_reason"));
    api.validate(key(one)).expectRefused("LICENSE_SUSPENDED");
    assertEquals(2, batch("reinstate", ids(id(one), id(two))).number("/done"));
    api.validate(key(one)).expectValid();
    assertEquals(1, batch("revoke", ids(id(one))).number("/done"));
    api.validate(key(one)).expectRefused("LICENSE_REVOKED");
  }

  @Test
  void renewsByDurationAndUntil() {
    Reply license = api.create("starter", "expires_at", "2030-01-01T00:00:00Z");
    Reply longer = batch("renew", ids(id(license)) + ", \"duration\": \"P1Y\"").expect(200);
    assertEquals("2031-01-01T00:00:00Z", longer.text("/results/0/expires_at"));
    batch("renew", ids(id(license)) + ", \"expires_at\": null").expect(200);
    assertTrue(fresh(license).at("/expires_at").isNull());
  }

  @Test
  void aFilterTakesTheListsConditions() {
    String own = "\"customer_email\": \"batch@example.com\"";
    for (int i = 0; i < 3; i++) {
      api.post(LICENSES, "{\"plan\": \"starter\", " + own + "}").expect(201);
    }
    Reply other = api.create("starter");
    String filter = "\"filter\": {" + own + ", \"status\": \"active\"}";
    Reply answer = batch("suspend", filter).expect(200);
    assertEquals(3, answer.number("/done"));
    assertFalse(answer.at("/has_more").asBoolean());
    assertEquals("active", fresh(other).text("/status"));
    assertEquals(0, batch("suspend", filter).number("/done"));
    List<String> results = answer.texts("/results", "/id");
    Reply rest =
        batch(
            "reinstate",
            "\"filter\": {" + own + "}, \"starting_after\": \"" + results.get(1) + "\"");
    assertEquals(List.of(results.get(2)), rest.texts("/results", "/id"));
    assertEquals(
        0, batch("revoke", "\"filter\": {\"domain\": \"no..domain\"}").expect(200).number("/done"));
  }

  @Test
  void toRevokeTakesItsOwnScope() {
    Reply license = api.create("starter");
    String body = "{\"name\": \"w\", \"mode\": \"live\", \"scopes\": [\"licenses:write\"]}";
    TestClient writer = new TestClient(server.address(), api.post(API_KEYS, body).text("/key"));
    String rest = "\", " + ids(id(license)) + "}";
    writer.post(BATCH, "{\"action\": \"revoke" + rest).expectProblem(403, "INSUFFICIENT_SCOPE");
    assertEquals("active", fresh(license).text("/status"));
    writer.post(BATCH, "{\"action\": \"suspend" + rest).expect(200);
  }

  @Test
  void withAnIdempotencyKeyItHasOneEffect() {
    Reply license = api.create("starter", "expires_at", "2030-01-01T00:00:00Z");
    TestClient once = api.with("Idempotency-Key", "batch-" + id(license));
    String body =
        "{\"action\": \"renew\", \"duration\": \"P1Y\", " + ids(UNKNOWN, id(license)) + "}";
    Reply first = once.post(BATCH, body).expect(200);
    assertEquals(1, first.number("/done"));
    assertEquals(first.text(), once.post(BATCH, body).expect(200).text());
    assertEquals("2031-01-01T00:00:00Z", fresh(license).text("/expires_at"));
  }

  @Test
  void badRequestsChangeNothing() {
    Reply license = api.create("starter");
    String one = ids(id(license));
    api.post(BATCH, "{" + one + "}").expectInvalid("#/action");
    batch("delete", one).expectInvalid("#/action");
    batch("suspend", "\"reason\": \"x\"").expectInvalid("#/ids");
    batch("suspend", one + ", \"filter\": {\"plan\": \"x\"}").expectInvalid("#/ids");
    batch("suspend", "\"filter\": {}").expectInvalid("#/filter");
    batch("revoke", "\"filter\": null").expectInvalid("#/filter");
    batch("suspend", "\"filter\": {\"account_id\": \"1\"}").expectInvalid("#/filter/account_id");
    batch("suspend", "\"filter\": {\"status\": \"gone\"}").expectInvalid("#/filter/status");
    batch("suspend", ids(id(license), id(license))).expectInvalid("#/ids/1");
    batch("suspend", one + ", \"duration\": \"P1Y\"").expectInvalid("#/duration");
    batch("renew", one).expectInvalid("#/expires_at");
    batch("renew", one + ", \"duration\": \"P1Y\", \"reason\": \"x\"").expectInvalid("#/reason");
    batch("revoke", one + ", \"starting_after\": \"x\"").expectInvalid("#/starting_after");
    assertEquals(license.header("ETag"), fresh(license).header("ETag"));
  }
}
