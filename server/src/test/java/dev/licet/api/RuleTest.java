package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What plans and licences say about when a key may be used. */
class RuleTest extends ApiTest {
  private static final String[] OTHERS = {
    "trial",
    "grace_days",
    "seat_release",
    "require_domain",
    "require_fingerprint",
    "ip_allowlist",
    "min_version",
    "max_version",
    "limits"
  };

  @Test
  void aPlanHasRulesAndItsLicensesFollowThem() {
    plan(
        "everything",
        """
        "trial": true, "expiry_strategy": "grace", "grace_days": 3, "require_domain": true,
        "seat_release": {"by": "anyone", "per_week": 2}, "require_fingerprint": true,
        "devices": "floating", "lease_minutes": 30, "expires_from": "first_validation",
        "ip_allowlist": ["127.0.0.0/8"], "min_version": "1.0.0", "max_version": "2.0.0",
        "limits": {"projects": 10, "seats": 0}\
        """);
    Reply plan = api.get(PLANS + "/everything").expect(200);
    Reply license = api.create("everything");
    assertEquals("first_validation", license.text("/expires_from"));
    for (String rule : OTHERS) {
      assertEquals(plan.at("/" + rule), license.at("/" + rule), rule);
    }
    assertEquals("floating", plan.text("/devices"));
    assertEquals(30, plan.number("/lease_minutes"));
    assertEquals("grace", plan.text("/expiry_strategy"));
    Reply answer =
        api.validate(key(license), "domain", "a.example", "fingerprint", "f", "version", "1.5.0")
            .expectValid();
    assertTrue(answer.at("/license/trial").asBoolean());
    assertEquals(10, answer.number("/license/limits/projects"));
    assertEquals(30, answer.number("/license/leaseMinutes"));
    Reply seats = api.get(path(license) + "/activations").expect(200);
    assertTrue(seats.at("/data/0/leased_until").isTextual(), seats::text);
    assertTrue(seats.at("/data/1/leased_until").isNull(), seats::text);
    api.patch(PLANS + "/everything", "{\"trial\": false, \"limits\": {}, \"max_version\": null}")
        .expect(200);
    Reply later =
        api.validate(key(license), "domain", "a.example", "fingerprint", "f", "version", "9.0.0")
            .expectValid();
    assertFalse(later.at("/license/trial").asBoolean());
    assertEquals(0, later.at("/license/limits").size());
  }

  @Test
  void aLicenseOverridesItsPlanUntilItTakesThatBack() {
    plan("base", "\"require_domain\": true, \"limits\": {\"a\": 1, \"b\": 2}");
    Reply license = api.create("base", "require_domain", "false", "limits", "{\"b\": 9}");
    api.validate(key(license)).expectValid();
    assertEquals(1, license.number("/limits/a"));
    assertEquals(9, license.number("/limits/b"));
    api.put(PLANS + "/base", "{\"limits\": {\"a\": 5, \"b\": 6}, \"trial\": true}").expect(200);
    Reply answer = api.validate(key(license)).expectValid();
    assertEquals(5, answer.number("/license/limits/a"));
    assertEquals(9, answer.number("/license/limits/b"));
    assertTrue(answer.at("/license/trial").asBoolean());
    Reply back = api.put(path(license), "{\"require_domain\": null, \"limits\": null}").expect(200);
    assertTrue(back.at("/require_domain").asBoolean());
    assertEquals(6, back.number("/limits/b"));
    api.validate(key(license)).expectRefused("DOMAIN_REQUIRED");
    api.validate(key(license), "domain", "a.example").expectValid();
  }

  @Test
  void domainAndFingerprintAreRequiredInTheirOrder() {
    plan("both", "\"require_domain\": true, \"require_fingerprint\": true");
    Reply license = api.create("both");
    api.validate(key(license)).expectRefused("DOMAIN_REQUIRED");
    api.validate(key(license), "domain", "no domain").expectRefused("FINGERPRINT_REQUIRED");
    api.validate(key(license), "domain", "no domain", "fingerprint", "f")
        .expectRefused("DOMAIN_INVALID");
    api.validate(key(license), "domain", "localhost", "fingerprint", "f").expectValid();
    Reply usage = api.get(path(license) + "/usage").expect(200);
    assertEquals(1, usage.number("/summary/by_outcome/DOMAIN_REQUIRED"));
    assertEquals(1, usage.number("/summary/by_outcome/FINGERPRINT_REQUIRED"));
  }

  @Test
  void versionsAreCoveredByTheirPrecedence() {
    Reply license = api.create("starter", "min_version", "1.2.0", "max_version", "2.0.0");
    api.validate(key(license), "version", "1.2.0").expectValid();
    api.validate(key(license), "version", "1.10.0").expectValid();
    api.validate(key(license), "version", "2.0.0-rc.1").expectValid();
    api.validate(key(license), "version", "2.0.0+build").expectValid();
    api.validate(key(license), "version", "1.2.0-rc.1").expectRefused("VERSION_NOT_ALLOWED");
    api.validate(key(license), "version", "2.0.1").expectRefused("VERSION_NOT_ALLOWED");
    api.validate(key(license)).expectRefused("VERSION_NOT_ALLOWED");
    api.validate(key(license), "version", "2.0").expectInvalid("#/version");
    api.put(path(license), "{\"min_version\": null, \"max_version\": null}").expect(200);
    api.validate(key(license)).expectValid();
  }

  @Test
  void addressesThatAreNotListedAreRefused() {
    Reply license = api.create("starter", "ip_allowlist", "[\"10.0.0.0/8\"]");
    api.validate(key(license)).expectRefused("IP_NOT_ALLOWED");
    api.put(path(license), "{\"ip_allowlist\": [\"10.0.0.0/8\", \"127.0.0.1\"]}").expect(200);
    api.validate(key(license)).expectValid();
    api.put(path(license), "{\"ip_allowlist\": [\"10.0.0.0/8\"]}").expect(200);
    api.validate(key(license)).expectRefused("IP_NOT_ALLOWED");
    api.put(path(license), "{\"ip_allowlist\": []}").expect(200);
    api.validate(key(license)).expectValid();
  }

  @Test
  void aLicenseInGraceIsValidAndSaysSo() {
    Instant end = Instant.now().minus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
    Reply license = api.create("starter", "expires_at", end.toString());
    api.validate(key(license)).expectRefused("LICENSE_EXPIRED");
    api.put(path(license), "{\"expiry_strategy\": \"grace\", \"grace_days\": 3}").expect(200);
    Reply answer = api.validate(key(license), "domain", "a.example").expectValid();
    assertTrue(answer.at("/grace").asBoolean());
    assertEquals("expired", answer.text("/license/status"));
    assertEquals(end.plus(Duration.ofDays(3)).toString(), answer.text("/license/graceUntil"));
    api.put(path(license), "{\"expiry_strategy\": \"grace\", \"grace_days\": 1}").expect(200);
    api.validate(key(license)).expectRefused("LICENSE_EXPIRED");
    api.put(path(license), "{\"expires_at\": null}").expect(200);
    Reply renewed = api.validate(key(license)).expectValid();
    assertTrue(renewed.at("/grace").isMissingNode(), renewed::text);
    assertTrue(renewed.at("/license/graceUntil").isNull(), renewed::text);
  }

  @Test
  void seatsAreGivenBackAsThePlanSays() {
    plan("vendor", "\"seat_release\": {\"by\": \"vendor\"}");
    Reply vendors = api.create("vendor");
    api.validate(key(vendors), "fingerprint", "f").expectValid();
    deactivate(vendors, "other").expect(200);
    deactivate(vendors, "f").expectProblem(409, "SEAT_RELEASE_NOT_ALLOWED");
    assertEquals(List.of("f"), fresh(vendors).texts("/devices"));
    plan("weekly", "\"seat_release\": {\"by\": \"anyone\", \"per_week\": 1}");
    Reply weekly = api.create("weekly");
    api.validate(key(weekly), "fingerprint", "f").expectValid();
    assertTrue(deactivate(weekly, "f").expect(200).at("/deactivated").asBoolean());
    api.validate(key(weekly), "fingerprint", "g").expectValid();
    Reply refused = deactivate(weekly, "g").expectProblem(429, "SEAT_RELEASE_LIMIT_REACHED");
    int wait = Integer.parseInt(refused.header("Retry-After"));
    assertTrue(wait > 604_000 && wait <= 604_800, refused::text);
    assertEquals(List.of("g"), fresh(weekly).texts("/devices"));
    Reply seats = api.get(path(weekly) + "/activations").expect(200);
    api.delete(path(weekly) + "/activations/" + seats.text("/data/0/id")).expect(204);
    api.put(path(weekly), "{\"seat_release\": {\"by\": \"anyone\"}}").expect(200);
    api.validate(key(weekly), "fingerprint", "h").expectValid();
    deactivate(weekly, "h").expect(200);
  }

  @Test
  void aLicenseThatMovesToAnotherPlanGetsItsLeases() {
    plan("fixed", "\"max_devices\": 3");
    plan("floating", "\"max_devices\": 3, \"devices\": \"floating\", \"lease_minutes\": 60");
    Reply license = api.create("fixed");
    api.validate(key(license), "fingerprint", "f").expectValid();
    assertTrue(lease(license, "fixed").isNull());
    assertTrue(lease(license, "floating").isTextual());
    api.validate(key(license), "fingerprint", "f").expectValid();
    assertTrue(lease(license, "fixed").isNull());
    Reply answer = api.validate(key(license), "fingerprint", "f").expectValid();
    assertTrue(answer.at("/license/leaseMinutes").isMissingNode(), answer::text);
    assertEquals(1, answer.number("/license/devicesUsed"));
  }

  private static JsonNode lease(Reply license, String plan) {
    api.put(path(license), "{\"plan\": \"" + plan + "\"}").expect(200);
    return api.get(path(license) + "/activations").expect(200).at("/data/0/leased_until");
  }

  @Test
  void aPlansStartOfTheDurationIsOverriddenByTheLicense() {
    plan("starts", "\"duration\": \"P1M\", \"expires_from\": \"first_validation\"");
    assertTrue(api.create("starts").at("/expires_at").isNull());
    assertTrue(api.create("starts", "expires_from", "creation").at("/expires_at").isTextual());
    Reply fixed = api.create("starts", "expires_at", "2090-01-01T00:00:00Z");
    assertEquals("creation", fixed.text("/expires_from"));
    assertEquals("2090-01-01T00:00:00Z", fixed.text("/expires_at"));
  }

  @Test
  void wrongRulesAreNamedAndChangeNothing() {
    plan("strict", "\"limits\": {\"a\": 1}");
    Reply before = api.get(PLANS + "/strict").expect(200);
    wrong("\"trial\": \"yes\"", "#/trial");
    wrong("\"expiry_strategy\": \"later\"", "#/expiry_strategy");
    wrong("\"expiry_strategy\": \"grace\"", "#/grace_days");
    wrong("\"expiry_strategy\": \"grace\", \"grace_days\": null", "#/grace_days");
    wrong("\"expiry_strategy\": \"grace\", \"grace_days\": 0", "#/grace_days");
    wrong("\"expiry_strategy\": \"grace\", \"grace_days\": 3651", "#/grace_days");
    wrong("\"expiry_strategy\": \"refuse\", \"grace_days\": 1", "#/grace_days");
    wrong("\"grace_days\": 1", "#/grace_days");
    wrong("\"devices\": \"floating\"", "#/lease_minutes");
    wrong("\"devices\": \"fixed\", \"lease_minutes\": 1", "#/lease_minutes");
    wrong("\"seat_release\": \"vendor\"", "#/seat_release");
    wrong("\"seat_release\": {}", "#/seat_release/by");
    wrong("\"seat_release\": {\"by\": \"me\"}", "#/seat_release/by");
    wrong("\"seat_release\": {\"by\": null}", "#/seat_release/by");
    wrong("\"seat_release\": {\"by\": \"vendor\", \"per_week\": 1}", "#/seat_release/per_week");
    wrong("\"seat_release\": {\"by\": \"anyone\", \"per_week\": 0}", "#/seat_release/per_week");
    wrong("\"seat_release\": {\"by\": \"anyone\", \"x\": 0}", "#/seat_release/x");
    wrong("\"ip_allowlist\": \"10.0.0.0/8\"", "#/ip_allowlist");
    wrong("\"ip_allowlist\": [\"10.0.0.0/33\"]", "#/ip_allowlist/0");
    wrong("\"ip_allowlist\": [\"10.1\"]", "#/ip_allowlist/0");
    wrong("\"ip_allowlist\": [\"::1\", \"::1\"]", "#/ip_allowlist/1");
    wrong("\"min_version\": \"1\"", "#/min_version");
    wrong("\"max_version\": 2", "#/max_version");
    wrong("\"min_version\": \"2.0.0\", \"max_version\": \"2.0.0-rc.1\"", "#/max_version");
    wrong("\"limits\": []", "#/limits");
    wrong("\"limits\": {\"a\": -1}", "#/limits/a");
    wrong("\"limits\": {\"a\": 1.5}", "#/limits/a");
    wrong("\"limits\": {\"a\": 9007199254740992}", "#/limits/a");
    wrong("\"limits\": {\"a\": 99999999999999999999}", "#/limits/a");
    wrong("\"limits\": {\"a\": null}", "#/limits/a");
    wrong("\"limits\": {\"A/b\": 1}", "#/limits/A~1b");
    assertEquals(before.json(), api.get(PLANS + "/strict").expect(200).json());
    Reply license = api.create("strict");
    api.put(path(license), "{\"devices\": \"floating\"}").expectInvalid("#/devices");
    api.put(path(license), "{\"lease_minutes\": 5}").expectInvalid("#/lease_minutes");
    api.put(path(license), "{\"max_version\": \"1.0.0\"}").expect(200);
    api.put(path(license), "{\"min_version\": \"1.0.1\"}").expectInvalid("#/min_version");
    api.put(path(license), "{\"min_version\": \"1.0.0\"}").expect(200);
    api.validate(key(license), "product", "").expectInvalid("#/product");
  }

  private static void wrong(String rules, String pointer) {
    api.put(PLANS + "/strict", "{" + rules + "}").expectInvalid(pointer);
  }

  private static Reply deactivate(Reply license, String device) {
    return api.post(
        "/api/v1/deactivate",
        "{\"key\": \"" + key(license) + "\", \"fingerprint\": \"" + device + "\"}");
  }

  private static void plan(String name, String rules) {
    api.post(PLANS, "{\"name\": \"" + name + "\", " + rules + "}").expect(201);
  }
}
