package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.RawHttp;
import dev.licet.Reply;
import dev.licet.TestServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class HttpErrorTest extends ApiTest {
  private static final byte[] NOTHING = new byte[0];

  @Test
  void anApiKeyThatIsMissingOrWrongIs401() {
    for (String path : List.of(LICENSES, PLANS, LICENSES + "/lic_x", LICENSES + "/lic_x/usage")) {
      Reply missing = api.without("Authorization").get(path);
      missing.expectProblem(401, "UNAUTHORIZED");
      assertTrue(missing.header("WWW-Authenticate").startsWith("Bearer"));
    }
    String key = TestServer.API_KEY;
    String last = key.endsWith("0") ? "1" : "0";
    for (String value :
        List.of(
            "Bearer",
            "Bearer ",
            "Basic " + key,
            key,
            "Bearer " + key + "x",
            "Bearer licet_live_x",
            "Bearer " + key.substring(0, key.length() - 1) + last,
            "Bearer licet_test_" + key.substring(11))) {
      api.with("Authorization", value).get(PLANS).expectProblem(401, "UNAUTHORIZED");
    }
    api.with("Authorization", "bearer  " + key).get(PLANS).expect(200);
  }

  @Test
  void withoutAnApiKeyNothingIsCreated() {
    api.without("Authorization").post(PLANS, "{\"name\": \"unauthorized\"}").expect(401);
    api.get(PLANS + "/unauthorized").expect(404);
  }

  @Test
  void unknownPathsAre404() {
    for (String path :
        List.of(
            "/",
            "/api",
            "/api/v1",
            "/api/v2/licenses",
            LICENSES + "/",
            "/api/v1//licenses",
            "/API/v1/licenses",
            "/docs/",
            "/docs/../openapi.yaml",
            "/health",
            "/%2e%2e/etc/passwd",
            LICENSES + "/a/b/c/d/e/f/g/h/i/j/k/l/m/n/o/p/q/r/s")) {
      raw("GET " + path).expectProblem(404, "NOT_FOUND");
    }
  }

  @Test
  void wrongMethodsAre405AndNameTheRightOnes() {
    assertAllow("DELETE", LICENSES, "GET", "HEAD", "POST");
    assertAllow("POST", LICENSES + "/lic_x", "GET", "HEAD", "PUT", "PATCH", "DELETE");
    assertAllow("GET", LICENSES + "/lic_x/suspend", "POST");
    assertAllow("GET", "/api/v1/validate", "POST");
    assertAllow("POST", PLANS + "/starter", "GET", "HEAD", "PUT", "PATCH", "DELETE");
    assertAllow("POST", "/metrics", "GET", "HEAD");
  }

  @Test
  void unusualMethodsAreRefused() {
    for (String method : List.of("OPTIONS", "TRACE", "BREW", "CONNECT")) {
      Reply reply = raw(method + " /api/v1/plans");
      assertTrue(Set.of(400, 405).contains(reply.status()), () -> method + reply.text());
    }
  }

  @Test
  void aBodyThatIsNotJsonByItsTypeIs415() {
    for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "", "json")) {
      var other = api.with("Content-Type", type);
      other.post(PLANS, "{\"name\": \"media\"}").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
      other.validate("TO-ZAB5-RRB1-46VH-74F4").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
      other.post("/api/v1/deactivate", "{}").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    }
    api.get(PLANS + "/media").expect(404);
    api.with("Content-Type", "Application/JSON; charset=utf-8")
        .post(PLANS, "{\"name\": \"media\"}")
        .expect(201);
  }

  @Test
  void unknownQueryParametersAreRefusedAndNothingChanges() {
    Reply license = api.create("starter");
    api.get(path(license) + "?expand=plan").expectInvalid("?expand");
    api.put(path(license) + "?force=true", "{\"max_domains\": 9}").expectInvalid("?force");
    api.delete(path(license) + "?dry_run").expectInvalid("?dry_run");
    api.post(path(license) + "/suspend?reason=x", "{}").expectInvalid("?reason");
    api.post(path(license) + "/rotate?x", "{}").expectInvalid("?x");
    api.post(LICENSES + "?x=1", "{}").expectInvalid("?x");
    api.get(PLANS + "/starter?x=1").expectInvalid("?x");
    api.delete(PLANS + "/starter?x=1").expectInvalid("?x");
    assertEquals(license.json(), fresh(license).json());
  }

  @Test
  void pathsAndQueriesArePercentDecodedOnce() {
    Reply license = api.create("starter");
    String id = license.text("/id");
    String encoded = "%6C%69%63" + id.substring(3);
    assertEquals(license.json(), api.get(LICENSES + "/" + encoded).expect(200).json());
    raw("GET " + LICENSES + "/%zz").expectProblem(400, "INVALID_REQUEST");
    raw("GET " + LICENSES + "/%").expectProblem(400, "INVALID_REQUEST");
    raw("GET " + LICENSES + "?plan=%f").expectProblem(400, "INVALID_REQUEST");
    raw("GET " + LICENSES + "/%25%36%43").expectProblem(404, "NOT_FOUND");
    raw("GET " + LICENSES + "/" + id + "%00").expectProblem(404, "NOT_FOUND");
    raw("GET " + LICENSES + "/" + id + "%2Fusage").expectProblem(404, "NOT_FOUND");
    raw("GET " + LICENSES + "/%ff%fe").expectProblem(400, "INVALID_REQUEST");
  }

  @Test
  void whatIsNoUtf8InAQueryChangesNothing() {
    Reply license = api.create("starter");
    for (String reason : List.of("%ED%A0%80", "%ff", "%C0%80", "ok%e2%82")) {
      raw("DELETE " + path(license) + "?reason=" + reason).expectProblem(400, "INVALID_REQUEST");
    }
    assertEquals(license.json(), fresh(license).json());
    Reply revoked = raw("DELETE " + path(license) + "?reason=%E2%82%AC+%EF%BF%BD").expect(200);
    assertEquals("\u20ac \ufffd", revoked.text("/status_reason"));
  }

  @Test
  void theConnectionServesOnAfterARefusal() {
    for (int i = 0; i < 20; i++) {
      api.post(PLANS, "{").expect(400);
      api.get("/nowhere").expect(404);
      api.get(PLANS).expect(200);
    }
  }

  private static Reply raw(String request) {
    String head = request + " HTTP/1.1\nAuthorization: Bearer " + TestServer.API_KEY;
    return RawHttp.send(api.base(), head, NOTHING);
  }

  private static void assertAllow(String method, String path, String... allowed) {
    Reply reply = api.send(method, path, NONE).expectProblem(405, "METHOD_NOT_ALLOWED");
    assertEquals(Set.of(allowed), Set.of(reply.header("Allow").split(", ")));
  }
}
