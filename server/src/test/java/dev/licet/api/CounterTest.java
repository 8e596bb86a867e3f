package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CounterTest extends ApiTest {
  private static final String CONSUME = "/api/v1/consume";
  private static final String FIVE = "{\"exports\": {\"limit\": 5}}";

  private static Reply consume(Reply license, String fields) {
    return api.without("Authorization")
        .post(CONSUME, "{\"key\": \"" + key(license) + "\", " + fields + "}");
  }

  private static Reply consume(Reply license, int amount) {
    return consume(license, "\"name\": \"exports\", \"amount\": " + amount);
  }

  private static void assertTaken(Reply reply, int remaining) {
    assertTrue(reply.expect(200).at("/consumed").asBoolean(), reply::text);
    assertEquals(remaining, reply.number("/counter/remaining"));
  }

  private static void assertRefused(Reply reply, String error) {
    assertFalse(reply.expect(200).at("/consumed").asBoolean(), reply::text);
    assertEquals(error, reply.text("/error"));
  }

  @Test
  void consumesUntilNothingIsLeft() {
    Reply license = api.create("starter", "counters", FIVE);
    assertTaken(consume(license, "\"name\": \"exports\""), 4);
    Reply used = fresh(license);
    assertTaken(consume(license, 3), 1);
    Reply exhausted = consume(license, 2);
    assertRefused(exhausted, "ENTITLEMENT_EXHAUSTED");
    assertEquals(1, exhausted.number("/counter/remaining"));
    assertTaken(consume(license, 1), 0);
    assertRefused(consume(license, 1), "ENTITLEMENT_EXHAUSTED");
    assertEquals(5, fresh(license).number("/counters/exports/used"));
    assertEquals(used.header("ETag"), fresh(license).header("ETag"));
  }

  @Test
  void whatThePlanGrantsFollowsThePlanAndWhatTheLicenseSaysCountsOverIt() {
    api.post(
            PLANS,
            """
            {"name": "counted", "counters": {"exports": {"limit": 2, "reset": "monthly"},
              "seats:guest": {"limit": null}}}
            """)
        .expect(201);
    Reply plain = api.create("counted");
    Reply own = api.create("counted", "counters", "{\"exports\": {\"limit\": 9}}");
    assertEquals("monthly", plain.text("/counters/exports/reset"));
    assertTrue(plain.text("/counters/exports/resets_at").endsWith("-01T00:00:00Z"), plain::text);
    assertEquals(9, own.number("/counters/exports/remaining"));
    assertEquals("never", own.text("/counters/exports/reset"));
    assertTrue(own.at("/counters/seats:guest/remaining").isNull(), own::text);
    assertTaken(consume(plain, 2), 0);
    api.put(PLANS + "/counted", "{\"counters\": {\"exports\": {\"limit\": 1}}}").expect(200);
    assertRefused(consume(plain, 1), "ENTITLEMENT_EXHAUSTED");
    assertEquals(0, fresh(plain).number("/counters/exports/remaining"));
    assertTaken(consume(own, 1), 8);
    assertEquals(1, fresh(own).at("/counters").size());
    Reply followsAgain = api.put(path(own), "{\"counters\": {}}").expect(200);
    assertEquals(1, followsAgain.number("/counters/exports/limit"));
  }

  @Test
  void aLicenseThatIsNotValidConsumesNothing() {
    Reply license = api.create("starter", "counters", FIVE);
    api.post(path(license) + "/suspend", "").expect(200);
    assertRefused(consume(license, 1), "LICENSE_SUSPENDED");
    api.post(path(license) + "/reinstate", "").expect(200);
    api.put(path(license), "{\"expires_at\": \"2020-01-01T00:00:00Z\"}").expect(200);
    assertRefused(consume(license, 1), "LICENSE_EXPIRED");
    api.delete(path(license)).expect(200);
    assertRefused(consume(license, 1), "LICENSE_REVOKED");
    assertEquals(0, fresh(license).number("/counters/exports/used"));
  }

  @Test
  void graceAddressesAndTheAccountCountAsForValidations() {
    Reply inGrace =
        api.create("starter", "counters", FIVE, "expiry_strategy", "grace", "grace_days", "30");
    String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
    api.put(path(inGrace), "{\"expires_at\": \"" + yesterday + "\"}").expect(200);
    assertTaken(consume(inGrace, 1), 4);
    api.put(path(inGrace), "{\"ip_allowlist\": [\"192.0.2.1\"]}").expect(200);
    assertRefused(consume(inGrace, 1), "IP_NOT_ALLOWED");
    assertTaken(api.post(path(inGrace) + "/consume", "{\"name\": \"exports\"}"), 3);
    Reply account = account("");
    Reply license = clientOf(account).create("starter", "counters", FIVE);
    assertTaken(consume(license, 1), 4);
    String suspended = "{\"status\": \"suspended\"}";
    server.operator().patch("/api/v1/accounts/" + account.text("/id"), suspended).expect(200);
    assertRefused(consume(license, 1), "LICENSE_SUSPENDED");
  }

  @Test
  void whatALicenseDoesNotHaveIsNotGranted() {
    Reply license = api.create("starter");
    assertEquals("{}", license.at("/counters").toString());
    assertRefused(consume(license, 1), "ENTITLEMENT_NOT_GRANTED");
  }

  @Test
  void theSameIdempotencyKeyConsumesOnce() {
    Reply license = api.create("starter", "counters", FIVE);
    String once = "\"name\": \"exports\", \"amount\": 2, \"idempotency_key\": \"a\"";
    Reply first = consume(license, once);
    assertTaken(first, 3);
    assertTaken(consume(license, 1), 2);
    assertEquals(first.text(), consume(license, once).expect(200).text());
    api.post(path(license) + "/suspend", "").expect(200);
    assertEquals(first.text(), consume(license, once).expect(200).text());
    assertEquals(3, fresh(license).number("/counters/exports/used"));
    consume(license, once.replace("2", "3")).expectProblem(422, "IDEMPOTENCY_KEY_REUSED");
    Reply other = api.create("starter", "counters", FIVE);
    assertTaken(consume(other, once), 3);
  }

  @Test
  void aRefusalIsNotKept() {
    Reply license = api.create("starter", "counters", "{\"exports\": {\"limit\": 0}}");
    String once = "\"name\": \"exports\", \"idempotency_key\": \"a\"";
    assertRefused(consume(license, once), "ENTITLEMENT_EXHAUSTED");
    api.put(path(license), "{\"counters\": " + FIVE + "}").expect(200);
    assertTaken(consume(license, once), 4);
  }

  @Test
  void theVendorConsumesByIdAndIsAnsweredAlike() {
    Reply license = api.create("starter", "counters", FIVE);
    String consume = path(license) + "/consume";
    assertTaken(api.post(consume, "{\"name\": \"exports\", \"amount\": 5}"), 0);
    assertRefused(api.post(consume, "{\"name\": \"exports\"}"), "ENTITLEMENT_EXHAUSTED");
    api.post(LICENSES + "/lic_01jddq1m3xe5v9s8y2b7r4k6ta/consume", "{\"name\": \"exports\"}")
        .expectProblem(404, "NOT_FOUND");
  }

  @Test
  void aCounterIsResetByHand() {
    Reply license = api.create("starter", "counters", FIVE);
    consume(license, 5);
    String reset = path(license) + "/counters/exports/reset";
    Reply after = api.post(reset, "").expect(200);
    assertEquals(5, after.number("/remaining"));
    assertTaken(consume(license, 1), 4);
    api.post(path(license) + "/counters/imports/reset", "").expectProblem(404, "NOT_FOUND");
    api.delete(path(license)).expect(200);
    api.post(reset, "").expectProblem(409, "LICENSE_REVOKED");
    assertEquals(1, fresh(license).number("/counters/exports/used"));
  }

  @Test
  void theFirstConsumptionOfAnApplicationStartsALicense() {
    String[] fields = {"expires_from", "first_validation", "duration", "P1D", "counters", FIVE};
    Reply license = api.create("starter", fields);
    assertTaken(api.post(path(license) + "/consume", "{\"name\": \"exports\"}"), 4);
    assertTrue(fresh(license).at("/expires_at").isNull());
    assertTaken(consume(license, 1), 3);
    assertTrue(fresh(license).at("/expires_at").isTextual());
  }

  @Test
  void unknownKeysAreAnsweredAsValidationsAnswerThem() {
    String rest = "\", \"name\": \"exports\"}";
    api.post(CONSUME, "{\"key\": \"TO-ZAB5-RRB1-46VH-74F4" + rest).expectNoKey("UNKNOWN");
    api.post(CONSUME, "{\"key\": \"TO-ZAB5-RRB1-46VH-74F5" + rest).expectNoKey("CHECKSUM_MISMATCH");
    api.post(CONSUME, "{\"key\": \"short" + rest).expectNoKey("MALFORMED");
  }

  @Test
  void badRequestsChangeNothing() {
    Reply license = api.create("starter", "counters", FIVE);
    for (String amount : new String[] {"0", "-1", "1000000001", "1.5", "\"1\"", "null", "1e400"}) {
      Reply reply = consume(license, "\"name\": \"exports\", \"amount\": " + amount);
      assertEquals(400, reply.status(), reply::text);
    }
    consume(license, "\"amount\": 1").expectInvalid("#/name");
    consume(license, "\"name\": \"No\"").expectInvalid("#/name");
    consume(license, "\"name\": \"exports\", \"idempotency_key\": \"\"")
        .expectInvalid("#/idempotency_key");
    consume(license, "\"name\": \"exports\", \"used\": 1").expectInvalid("#/used");
    assertEquals(0, fresh(license).number("/counters/exports/used"));
  }

  @Test
  void badRulesAreRefused() {
    String[][] rules = {
      {"{\"exports\": {}}", "#/counters/exports/limit"},
      {"{\"exports\": {\"limit\": -1}}", "#/counters/exports/limit"},
      {"{\"exports\": {\"limit\": 9007199254740992}}", "#/counters/exports/limit"},
      {"{\"exports\": {\"limit\": 1, \"reset\": \"daily\"}}", "#/counters/exports/reset"},
      {"{\"exports\": {\"limit\": 1, \"used\": 0}}", "#/counters/exports/used"},
      {"{\"exports\": 5}", "#/counters/exports"},
      {"{\"a/b\": {\"limit\": 1}}", "#/counters/a~1b"},
      {"[]", "#/counters"},
    };
    for (String[] rule : rules) {
      api.post(PLANS, "{\"name\": \"bad-rules\", \"counters\": " + rule[0] + "}")
          .expectInvalid(rule[1]);
    }
    api.get(PLANS + "/bad-rules").expect(404);
  }
}
