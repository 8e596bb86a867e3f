package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class LicenseChangeTest extends ApiTest {
  @Test
  void putAndPatchChangeWhatIsPresentAndLeaveTheRest() {
    Reply license =
        api.create("professional", "customer_name", "Ada", "metadata", "{\"order\":\"1\"}");
    Reply put = api.put(path(license), "{\"max_domains\": 7}").expect(200);
    assertEquals(7, put.number("/max_domains"));
    assertEquals("Ada", put.text("/customer_name"));
    assertEquals("1", put.text("/metadata/order"));
    assertEquals(license.text("/expires_at"), put.text("/expires_at"));
    Reply patch =
        api.patch(
                path(license),
                """
                {"customer_email": "new@example.com", "customer_name": null, "metadata": {},
                 "features": ["x"], "max_devices": null, "expires_at": "2030-01-01T00:00:00.5Z"}
                """)
            .expect(200);
    assertEquals(7, patch.number("/max_domains"));
    assertEquals("new@example.com", patch.text("/customer_email"));
    assertTrue(patch.at("/customer_name").isNull());
    assertEquals(0, patch.at("/metadata").size());
    assertEquals(List.of("x"), patch.texts("/features"));
    assertTrue(patch.at("/max_devices").isNull());
    assertEquals("2030-01-01T00:00:00.500Z", patch.text("/expires_at"));
    assertEquals(patch.json(), fresh(license).json());
  }

  @Test
  void anEmptyChangeChangesNothing() {
    Reply license = api.create("starter");
    Reply after = api.put(path(license), "{}").expect(200);
    assertEquals(license.json(), after.json());
    assertEquals(license.header("ETag"), after.header("ETag"));
  }

  @Test
  void aChangeIsMadeOnlyOnTheStateThatIfMatchNames() {
    Reply license = api.create("starter");
    String tag = license.header("ETag");
    Reply changed =
        api.with("If-Match", tag).put(path(license), "{\"max_domains\": 2}").expect(200);
    assertNotEquals(tag, changed.header("ETag"));
    for (String stale : List.of(tag, "\"nonsense\"", "W/" + changed.header("ETag"), "\"0\"")) {
      var old = api.with("If-Match", stale);
      old.put(path(license), "{\"max_domains\": 9}").expectProblem(412, "PRECONDITION_FAILED");
      old.patch(path(license), "{\"max_domains\": 9}").expect(412);
      old.post(path(license) + "/suspend", "{}").expect(412);
      old.post(path(license) + "/renew", "{\"duration\": \"P1Y\"}").expect(412);
      old.post(path(license) + "/rotate", "{}").expect(412);
      old.delete(path(license)).expect(412);
    }
    assertEquals(changed.json(), fresh(license).json());
    api.with("If-Match", "*").put(path(license), "{\"max_domains\": 3}").expect(200);
    String now = fresh(license).header("ETag");
    api.with("If-Match", tag + ", \"x\"").put(path(license), "{\"max_domains\": 9}").expect(412);
    api.with("If-Match", tag + "," + now).put(path(license), "{\"max_domains\": 4}").expect(200);
  }

  @Test
  void validationsDoNotAlterTheTag() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "tag.example.com").expectValid();
    String tag = fresh(license).header("ETag");
    api.validate(key(license), "domain", "tag.example.com").expectValid();
    assertEquals(tag, fresh(license).header("ETag"));
  }

  @Test
  void aLimitBelowTheSeatsInUseNeedsForce() {
    Reply license = api.create("professional");
    api.validate(key(license), "domain", "a.example.com").expectValid();
    api.validate(key(license), "domain", "b.example.com").expectValid();
    Reply before = fresh(license);
    api.put(path(license), "{\"max_domains\": 1, \"customer_name\": \"No\"}")
        .expectProblem(409, "LIMIT_BELOW_USAGE");
    api.put(path(license), "{\"plan\": \"starter\"}").expectProblem(409, "LIMIT_BELOW_USAGE");
    assertEquals(before.json(), fresh(license).json());
    api.put(path(license), "{\"max_domains\": 2}").expect(200);
    Reply forced = api.put(path(license), "{\"max_domains\": 1, \"force\": true}").expect(200);
    assertEquals(List.of("a.example.com", "b.example.com"), forced.texts("/domains"));
    api.put(path(license), "{\"max_domains\": 1}").expect(200);
    api.put(path(license), "{\"max_domains\": 0}").expectProblem(409, "LIMIT_BELOW_USAGE");
    api.validate(key(license), "domain", "b.example.com").expectValid();
    api.validate(key(license), "domain", "c.example.com").expectRefused("DOMAIN_LIMIT_REACHED");
  }

  @Test
  void aLimitThatIsRaisedAndStillBelowTheSeatsInUseNeedsForceToo() {
    Reply license = api.create("professional");
    for (String domain : List.of("a.example.com", "b.example.com", "c.example.com")) {
      api.validate(key(license), "domain", domain).expectValid();
    }
    api.put(path(license), "{\"max_domains\": 1, \"force\": true}").expect(200);
    api.put(path(license), "{\"max_domains\": 2}").expectProblem(409, "LIMIT_BELOW_USAGE");
    api.put(path(license), "{\"max_domains\": 2, \"force\": true}").expect(200);
    api.put(path(license), "{\"max_domains\": 3}").expect(200);
  }

  @Test
  void aRevocationMayBeSentAgainWithTheTagFromBefore() {
    Reply license = api.create("starter");
    var old = api.with("If-Match", license.header("ETag"));
    Reply revoked = old.delete(path(license)).expect(200);
    assertEquals(revoked.json(), old.delete(path(license)).expect(200).json());
  }

  @Test
  void anotherPlanIsFollowedExceptWhereTheLicenseSaysOtherwise() {
    Reply license = api.create("starter", "max_devices", "9");
    Reply moved = api.put(path(license), "{\"plan\": \"professional\"}").expect(200);
    assertEquals("professional", moved.text("/plan"));
    assertEquals(3, moved.number("/max_domains"));
    assertEquals(9, moved.number("/max_devices"));
    assertEquals(license.text("/expires_at"), moved.text("/expires_at"));
  }

  @Test
  void aStatusMayBeSetWithItsReason() {
    Reply license = api.create("starter");
    Reply suspended =
        api.put(path(license), "{\"status\": \"suspended\", \"reason\": \"unpaid\"}").expect(200);
    assertEquals("suspended", suspended.text("/status"));
    assertEquals("unpaid", suspended.text("/status_reason"));
    api.validate(key(license)).expectRefused("LICENSE_SUSPENDED");
    api.put(path(license), "{\"status\": \"active\"}").expect(200);
    api.validate(key(license)).expectValid();
    api.put(path(license), "{\"status\": \"revoked\"}").expectInvalid("#/status");
    api.put(path(license), "{\"status\": \"expired\"}").expectInvalid("#/status");
    api.put(path(license), "{\"reason\": \"alone\"}").expectInvalid("#/reason");
  }

  @Test
  void aDurationCountsFromNowOrFromTheFirstValidation() {
    Reply pending = api.create("starter", "expires_from", "first_validation");
    assertTrue(
        api.put(path(pending), "{\"duration\": \"P2D\"}").expect(200).at("/expires_at").isNull());
    String expiry = api.validate(key(pending)).expectValid().text("/license/expiresAt");
    long days = daysFromNow(expiry);
    assertEquals(2, days);
    Reply license = api.create("starter");
    Reply changed = api.put(path(license), "{\"duration\": \"P5D\"}").expect(200);
    assertEquals(5, daysFromNow(changed.text("/expires_at")));
    assertTrue(
        api.put(path(license), "{\"duration\": null}").expect(200).at("/expires_at").isNull());
  }

  @Test
  void whatIsWrongChangesNothing() {
    Reply license = api.create("starter");
    for (String body :
        List.of(
            "{\"max_domains\": 5, \"max_devices\": -1}",
            "{\"max_domains\": 5, \"key\": \"another-key\"}",
            "{\"max_domains\": 5, \"domains\": []}",
            "{\"max_domains\": 5, \"plan\": \"none\"}",
            "{\"max_domains\": 5, \"plan\": null}",
            "{\"max_domains\": 5, \"customer_email\": \"none\"}",
            "{\"max_domains\": 5, \"force\": \"true\"}",
            "{\"max_domains\": 5, \"expires_at\": null, \"duration\": null}",
            "[]",
            "{\"max_domains\": 5, \"max_domains\": 6}")) {
      api.put(path(license), body).expect(400);
      api.patch(path(license), body).expect(400);
    }
    assertEquals(license.json(), fresh(license).json());
  }

  @Test
  void whatDoesNotExistIsNotFound() {
    for (String id : List.of("lic_01h455vb4pex5vsknk084sn02q", "nonsense", "%00", "%F0%9F%9A%80")) {
      api.get(LICENSES + "/" + id).expectProblem(404, "NOT_FOUND");
      api.put(LICENSES + "/" + id, "{}").expectProblem(404, "NOT_FOUND");
      api.delete(LICENSES + "/" + id).expectProblem(404, "NOT_FOUND");
      api.post(LICENSES + "/" + id + "/suspend", "{}").expectProblem(404, "NOT_FOUND");
      api.get(LICENSES + "/" + id + "/activations").expectProblem(404, "NOT_FOUND");
      api.get(LICENSES + "/" + id + "/usage").expectProblem(404, "NOT_FOUND");
    }
  }

  private static long daysFromNow(String time) {
    long millis = Instant.parse(time).toEpochMilli() - System.currentTimeMillis();
    return Math.round(millis / 86_400_000.0);
  }
}
