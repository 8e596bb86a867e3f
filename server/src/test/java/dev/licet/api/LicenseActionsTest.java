package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LicenseActionsTest extends ApiTest {
  @Test
  void aSuspendedLicenseIsRefusedUntilItIsReinstated() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "example.com").expectValid();
    Reply suspended =
        api.post(path(license) + "/suspend", "{\"reason\": \"chargeback\"}").expect(200);
    assertEquals("suspended", suspended.text("/status"));
    assertEquals("chargeback", suspended.text("/status_reason"));
    assertEquals(List.of("example.com"), suspended.texts("/domains"));
    Reply refused =
        api.validate(key(license), "domain", "example.com").expectRefused("LICENSE_SUSPENDED");
    assertEquals("suspended", refused.text("/license/status"));
    Reply reinstated = api.without("Content-Type").send("POST", path(license) + "/reinstate", NONE);
    assertEquals("active", reinstated.expect(200).text("/status"));
    api.validate(key(license), "domain", "example.com").expectValid();
  }

  @Test
  void aNewReasonReplacesTheOldOne() {
    Reply license = api.create("starter");
    api.post(path(license) + "/suspend", "{\"reason\": \"first\"}").expect(200);
    Reply again = api.post(path(license) + "/suspend", "{\"reason\": \"second\"}").expect(200);
    assertEquals("second", again.text("/status_reason"));
    Reply same = api.post(path(license) + "/suspend", "{}").expect(200);
    assertEquals("second", same.text("/status_reason"));
    assertEquals("second", fresh(license).text("/status_reason"));
  }

  @Test
  void reinstatingWhatIsNotSuspendedChangesNothing() {
    Reply license = api.create("starter");
    Reply after = api.post(path(license) + "/reinstate", "{\"reason\": \"why\"}").expect(200);
    assertEquals(license.json(), after.json());
  }

  @Test
  void aDurationIsAddedToTheLaterOfNowAndTheExpiry() {
    Reply license = api.create("starter", "expires_at", "2031-02-28T00:00:00Z");
    Reply renewed = api.post(path(license) + "/renew", "{\"duration\": \"P1Y\"}").expect(200);
    assertEquals("2032-02-28T00:00:00Z", renewed.text("/expires_at"));
    Reply over = api.create("starter", "expires_at", "2020-01-01T00:00:00Z");
    assertEquals("expired", over.text("/status"));
    api.validate(key(over)).expectRefused("LICENSE_EXPIRED");
    Instant before = Instant.now();
    Reply active = api.post(path(over) + "/renew", "{\"duration\": \"P1M\"}").expect(200);
    assertEquals("active", active.text("/status"));
    Instant expiry = Instant.parse(active.text("/expires_at"));
    Instant earliest = before.atOffset(ZoneOffset.UTC).plusMonths(1).toInstant();
    assertTrue(!expiry.isBefore(earliest.minusMillis(1)), expiry::toString);
    api.validate(key(over)).expectValid();
  }

  @Test
  void anExpiryMayBeSetOrTakenAway() {
    Reply license = api.create("starter");
    Reply until =
        api.post(path(license) + "/renew", "{\"expires_at\": \"2040-01-01T00:00:00Z\"}")
            .expect(200);
    assertEquals("2040-01-01T00:00:00Z", until.text("/expires_at"));
    Reply never = api.post(path(license) + "/renew", "{\"expires_at\": null}").expect(200);
    assertTrue(never.at("/expires_at").isNull());
  }

  @Test
  void renewingTakesExactlyOneOfBoth() {
    Reply license = api.create("starter");
    for (String body :
        List.of("{}", "{\"expires_at\": null, \"duration\": \"P1Y\"}", "{\"duration\": null}")) {
      api.post(path(license) + "/renew", body).expectProblem(400, "INVALID_REQUEST");
    }
    assertEquals(license.json(), fresh(license).json());
  }

  @Test
  void aLicenseThatNeverExpiresIsNotShortened() {
    Reply license = api.create("starter", "expires_at", "null");
    api.post(path(license) + "/renew", "{\"duration\": \"P1Y\"}")
        .expectProblem(409, "LICENSE_NEVER_EXPIRES");
    assertEquals(license.json(), fresh(license).json());
    Reply ends =
        api.post(path(license) + "/renew", "{\"expires_at\": \"2040-01-01T00:00:00Z\"}")
            .expect(200);
    assertEquals("2040-01-01T00:00:00Z", ends.text("/expires_at"));
  }

  @Test
  void aDurationThatIsYetToStartBecomesLonger() {
    Reply license = api.create("starter", "duration", "P30D", "expires_from", "first_validation");
    String renew = path(license) + "/renew";
    api.post(renew, "{\"duration\": \"P100Y\"}").expectInvalid("#/duration");
    Reply renewed = api.post(renew, "{\"duration\": \"P10D\"}").expect(200);
    assertTrue(renewed.at("/expires_at").isNull());
    Instant before = Instant.now().minusMillis(1);
    Instant expiry =
        Instant.parse(api.validate(key(license)).expectValid().text("/license/expiresAt"));
    assertTrue(!expiry.isBefore(before.plus(Duration.ofDays(40))), expiry::toString);
    assertTrue(!expiry.isAfter(Instant.now().plus(Duration.ofDays(40))), expiry::toString);
  }

  @Test
  void noExpiryLiesBeyondTheYear9999() {
    Reply license = api.create("starter", "expires_at", "9999-12-31T23:59:59.999Z");
    api.post(path(license) + "/renew", "{\"duration\": \"P1D\"}").expectInvalid("#/duration");
    assertEquals(license.json(), fresh(license).json());
  }

  @Test
  void aSuspendedLicenseStaysSuspendedWhenRenewed() {
    Reply license = api.create("starter");
    api.post(path(license) + "/suspend", "{}").expect(200);
    Reply renewed = api.post(path(license) + "/renew", "{\"duration\": \"P1Y\"}").expect(200);
    assertEquals("suspended", renewed.text("/status"));
  }

  @Test
  void aRotatedKeyDiesAtOnceWithoutOverlap() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "example.com").expectValid();
    Reply rotated = api.post(path(license) + "/rotate", "{}").expect(200);
    assertNotEquals(key(license), key(rotated));
    api.validate(key(license), "domain", "example.com").expectNoKey("UNKNOWN");
    Reply answer = api.validate(key(rotated), "domain", "example.com").expectValid();
    assertEquals(license.text("/id"), answer.text("/license/id"));
    assertEquals(2, fresh(license).number("/validation_count"));
    assertEquals(List.of("example.com"), fresh(license).texts("/domains"));
  }

  @Test
  void bothKeysOpenTheLicenseDuringTheOverlap() throws InterruptedException {
    Reply license = api.create("starter");
    Reply rotated = api.post(path(license) + "/rotate", "{\"overlap\": \"PT2S\"}").expect(200);
    long end = System.nanoTime() + 2_100_000_000L;
    assertEquals(
        api.validate(key(license)).expectValid().text("/license/id"),
        api.validate(key(rotated)).expectValid().text("/license/id"));
    Thread.sleep(Math.max(0, (end - System.nanoTime()) / 1_000_000));
    api.validate(key(license)).expectNoKey("UNKNOWN");
    api.validate(key(rotated)).expectValid();
  }

  @Test
  void aRevokedKeyIsDeadInItsOverlapToo() {
    Reply license = api.create("starter");
    Reply rotated = api.post(path(license) + "/rotate", "{\"overlap\": \"P90D\"}").expect(200);
    api.delete(path(license)).expect(200);
    api.validate(key(license)).expectRefused("LICENSE_REVOKED");
    api.validate(key(rotated)).expectRefused("LICENSE_REVOKED");
  }

  @Test
  void anOverlapLastsAtMostNinetyDays() {
    Reply license = api.create("starter");
    for (String overlap :
        List.of("P91D", "P3M", "P2M29D", "P", "PT", "soon", "-PT1S", "P90DT1S", "")) {
      api.post(path(license) + "/rotate", "{\"overlap\": \"" + overlap + "\"}")
          .expectInvalid("#/overlap");
    }
    assertEquals(license.json(), fresh(license).json());
    api.post(path(license) + "/rotate", "{\"overlap\": \"PT0S\"}").expect(200);
    api.validate(key(license)).expectNoKey("UNKNOWN");
  }

  @Test
  void revokingIsIdempotentAndFinal() {
    Reply license = api.create("starter");
    Reply revoked = api.delete(path(license), "{\"reason\": \"refund\"}").expect(200);
    assertEquals("revoked", revoked.text("/status"));
    assertEquals("refund", revoked.text("/status_reason"));
    Reply again = api.delete(path(license) + "?reason=other").expect(200);
    assertEquals(revoked.json(), again.json());
    assertEquals(revoked.header("ETag"), again.header("ETag"));
    api.validate(key(license)).expectRefused("LICENSE_REVOKED");
    api.put(path(license), "{\"max_domains\": 5}").expectProblem(409, "LICENSE_REVOKED");
    api.put(path(license), "{\"status\": \"active\"}").expectProblem(409, "LICENSE_REVOKED");
    for (String action : List.of("suspend", "reinstate", "rotate")) {
      api.post(path(license) + "/" + action, "{}").expectProblem(409, "LICENSE_REVOKED");
    }
    api.post(path(license) + "/renew", "{\"duration\": \"P1Y\"}")
        .expectProblem(409, "LICENSE_REVOKED");
    api.post(path(license) + "/activations", "{\"kind\": \"device\", \"value\": \"x\"}")
        .expectProblem(409, "LICENSE_REVOKED");
    assertEquals(revoked.json(), fresh(license).json());
  }

  @Test
  void theReasonOfARevocationStandsInTheBodyOrInTheQuery() {
    Reply license = api.create("starter");
    api.delete(path(license) + "?reason=query", "{\"reason\": \"body\"}")
        .expectProblem(400, "INVALID_REQUEST");
    assertEquals("active", fresh(license).text("/status"));
    Reply revoked =
        api.without("Content-Type").delete(path(license) + "?reason=no%20longer+paid").expect(200);
    assertEquals("no longer paid", revoked.text("/status_reason"));
  }
}
