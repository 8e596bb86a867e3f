package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApiKeyTest extends ApiTest {
  private static final String READ = "[\"licenses:read\"]";

  private static Reply create(String fields) {
    return api.post(API_KEYS, "{\"name\": \"Shop\", " + fields + "}").expect(201);
  }

  private static TestClient with(Reply key) {
    return new TestClient(server.address(), key.text("/key"));
  }

  private static String keyPath(Reply key) {
    return API_KEYS + "/" + key.text("/id");
  }

  @Test
  void aKeyIsShownOnce() {
    Reply key = create("\"scopes\": " + READ + ", \"ip_allowlist\": [\"127.0.0.1\", \"::1/64\"]");
    assertEquals(keyPath(key), key.header("Location"));
    Reply read = api.get(keyPath(key)).expect(200);
    assertTrue(read.at("/key").isMissingNode());
    assertEquals(List.of("licenses:read"), read.texts("/scopes"));
    assertEquals(List.of("127.0.0.1/32", "0:0:0:0:0:0:0:0/64"), read.texts("/ip_allowlist"));
    String secret = key.text("/key");
    assertEquals("licet_live_****" + secret.substring(secret.length() - 4), read.text("/hint"));
    assertTrue(read.text("/created_by").startsWith("api_key:key_"), read::text);
    assertTrue(api.get(API_KEYS + "?limit=100").texts("/data", "/id").contains(read.text("/id")));
    assertFalse(api.get(API_KEYS + "?limit=100").text().contains(secret));
  }

  @Test
  void wrongFieldsAreNamed() {
    api.post(API_KEYS, "{\"scopes\": " + READ + "}").expectInvalid("#/name");
    api.post(API_KEYS, "{\"name\": \"x\"}").expectInvalid("#/scopes");
    api.post(API_KEYS, "{\"name\": \"x\", \"scopes\": [\"all\"]}").expectInvalid("#/scopes/0");
    api.post(API_KEYS, "{\"name\": \"x\", \"scopes\": []}").expectInvalid("#/scopes");
    api.post(API_KEYS, "{\"name\": \" \", \"scopes\": " + READ + "}").expectInvalid("#/name");
    String more = "{\"name\": \"x\", \"scopes\": " + READ + ", ";
    api.post(API_KEYS, more + "\"mode\": \"dev\"}").expectInvalid("#/mode");
    api.post(API_KEYS, more + "\"expires_at\": \"2001-01-01T00:00:00Z\"}")
        .expectInvalid("#/expires_at");
    for (String range : List.of("10.1", "10.0.0.0/33", "example.com", "010.0.0.1", "::/129")) {
      api.post(API_KEYS, more + "\"ip_allowlist\": [\"" + range + "\"]}")
          .expectInvalid("#/ip_allowlist/0");
    }
  }

  @Test
  void aKeyEndsNoneThatCanDoMore() {
    Reply strong = create("\"scopes\": [\"admin\"]");
    TestClient weak = with(create("\"scopes\": [\"api-keys:*\"]"));
    weak.delete(keyPath(strong)).expectProblem(403, "INSUFFICIENT_SCOPE");
    with(strong).get(LICENSES).expect(200);
    Reply equal = create("\"scopes\": [\"api-keys:*\"]");
    weak.delete(keyPath(equal)).expect(204);
  }

  @Test
  void aRevokedKeyStops() {
    Reply key = create("\"scopes\": " + READ);
    with(key).get(LICENSES).expect(200);
    api.delete(keyPath(key)).expect(204);
    with(key).get(LICENSES).expectProblem(401, "UNAUTHORIZED");
    Instant at = Instant.parse(api.get(keyPath(key)).expect(200).text("/revoked_at"));
    api.delete(keyPath(key)).expect(204);
    assertEquals(at, Instant.parse(api.get(keyPath(key)).text("/revoked_at")));
    api.post(keyPath(key) + "/rotate", "{}").expectProblem(404, "NOT_FOUND");
  }

  @Test
  void anExpiredKeyStops() throws InterruptedException {
    Instant end = Instant.now().plusMillis(1_500);
    Reply key = create("\"scopes\": " + READ + ", \"expires_at\": \"" + end + "\"");
    with(key).get(LICENSES).expect(200);
    Thread.sleep(1_600);
    with(key).get(LICENSES).expectProblem(401, "UNAUTHORIZED");
  }

  @Test
  void aKeyOfOtherAddressesIsRefused() {
    with(create("\"scopes\": " + READ + ", \"ip_allowlist\": [\"127.0.0.0/8\"]"))
        .get(LICENSES)
        .expect(200);
    with(create("\"scopes\": " + READ + ", \"ip_allowlist\": [\"192.0.2.0/24\", \"::/0\"]"))
        .get(LICENSES)
        .expectProblem(403, "ADDRESS_NOT_ALLOWED");
  }

  @Test
  void rotationEndsTheOldKeyAtOnceOrLater() {
    Reply old = create("\"scopes\": " + READ);
    Reply next = api.post(keyPath(old) + "/rotate", "{\"overlap\": \"PT24H\"}").expect(201);
    with(old).get(LICENSES).expect(200);
    with(next).get(LICENSES).expect(200);
    assertEquals(List.of("licenses:read"), next.texts("/scopes"));
    Instant end = Instant.parse(api.get(keyPath(old)).text("/expires_at"));
    assertTrue(Math.abs(Instant.now().plus(1, ChronoUnit.DAYS).until(end).toSeconds()) < 60);
    Reply last = api.post(keyPath(next) + "/rotate", "").expect(201);
    with(next).get(LICENSES).expectProblem(401, "UNAUTHORIZED");
    with(last).get(LICENSES).expect(200);
  }

  @Test
  void nobodyMakesAKeyThatCanDoMore() {
    TestClient clerk = keyed(api, "[\"api-keys:*\", \"licenses:read\"]");
    keyed(clerk, READ).get(LICENSES).expect(200);
    for (String scope : List.of("licenses:write", "admin")) {
      clerk
          .post(API_KEYS, "{\"name\": \"x\", \"scopes\": [\"" + scope + "\"]}")
          .expectProblem(403, "INSUFFICIENT_SCOPE");
    }
    Reply admin = create("\"scopes\": [\"admin\"]");
    clerk.post(keyPath(admin) + "/rotate", "{}").expectProblem(403, "INSUFFICIENT_SCOPE");
    with(admin).get(ACCOUNT).expect(200);
  }

  @Test
  void nobodyMakesAKeyThatLastsLongerOrReachesFarther() {
    String end = Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString();
    Reply brief =
        create(
            "\"scopes\": [\"admin\"], \"ip_allowlist\": [\"127.0.0.0/8\"], \"expires_at\": \""
                + end
                + "\"");
    TestClient client = with(brief);
    String more = "{\"name\": \"x\", \"scopes\": [\"admin\"]";
    Reply same = client.post(API_KEYS, more + "}").expect(201);
    assertEquals(end, same.text("/expires_at"));
    assertEquals(List.of("127.0.0.0/8"), same.texts("/ip_allowlist"));
    client.post(API_KEYS, more + ", \"ip_allowlist\": [\"127.1.0.0/16\"]}").expect(201);
    for (String wider :
        List.of(
            "\"expires_at\": null",
            "\"expires_at\": \"2100-01-01T00:00:00Z\"",
            "\"ip_allowlist\": []",
            "\"ip_allowlist\": [\"0.0.0.0/0\"]")) {
      client.post(API_KEYS, more + ", " + wider + "}").expectProblem(403, "INSUFFICIENT_SCOPE");
    }
  }

  @Test
  void licenseKeysAreMaskedForWhoMayNotSeeThem() {
    TestClient clerk = keyed(api, "[\"licenses:read\", \"licenses:write\"]");
    Reply made = clerk.create("starter");
    String key = key(made);
    String masked = "TO-****-****-****-" + key.substring(key.length() - 4);
    assertEquals(masked, clerk.get(path(made)).text("/key"));
    assertEquals(masked, clerk.post(path(made) + "/suspend", "").text("/key"));
    assertEquals(masked, clerk.put(path(made), "{\"status\": \"active\"}").text("/key"));
    assertFalse(clerk.get(LICENSES + "?limit=100").text().contains(key));
    TestClient trusted = keyed(api, "[\"licenses:read\", \"licenses:reveal\"]");
    assertEquals(key, trusted.get(path(made)).text("/key"));
    assertTrue(trusted.get(LICENSES + "?limit=100").text().contains(key));
    assertEquals(masked, keyed(api, "[\"licenses:revoke\"]").delete(path(made)).text("/key"));
    Reply other = clerk.create("starter");
    String rotated = key(clerk.post(path(other) + "/rotate", "").expect(200));
    api.validate(rotated, "domain", "a.example").expectValid();
  }

  @Test
  void aTestKeySeesAndMakesTestKeysOnly() {
    TestClient test = keyed(api, "[\"admin\"]", "\"mode\": \"test\"");
    Reply own = test.post(API_KEYS, "{\"name\": \"x\", \"scopes\": [\"admin\"]}").expect(201);
    assertTrue(own.text("/key").startsWith("licet_test_"));
    assertTrue(test.get(API_KEYS).texts("/data", "/mode").stream().allMatch("test"::equals));
    test.post(API_KEYS, "{\"name\": \"x\", \"mode\": \"live\", \"scopes\": [\"admin\"]}")
        .expectProblem(403, "INSUFFICIENT_SCOPE");
    api.get(keyPath(own)).expect(200);
  }

  @Test
  void theLastUseIsExactToAMinute() throws InterruptedException {
    Reply key = create("\"scopes\": " + READ);
    assertNull(key.text("/last_used_at"));
    Instant used = Instant.now();
    with(key).get(LICENSES).expect(200);
    if (database == TestDatabase.POSTGRESQL) {
      restart(); // a server that stops notes it, too
    }
    String noted = null;
    for (int i = 0; i < 300 && noted == null; i++) {
      Thread.sleep(100);
      noted = api.get(keyPath(key)).text("/last_used_at");
    }
    assertTrue(
        Math.abs(Instant.parse(noted).until(used, ChronoUnit.SECONDS)) < 60, "noted " + noted);
  }
}
