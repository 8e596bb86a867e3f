package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AccountTest extends ApiTest {
  private static String accountPath(Reply account) {
    return ACCOUNTS + "/" + account.text("/id");
  }

  @Test
  void theFirstAccountIsUnlimited() {
    Reply account = api.get(ACCOUNT).expect(200);
    assertEquals("default", account.text("/name"));
    assertTrue(account.at("/max_licenses").isNull());
    assertTrue(account.at("/usage/validations/left").isNull());
  }

  @Test
  void aNewAccountHasItsPlansAndAKeyThatMayDoAll() {
    Reply account = account("");
    assertEquals(accountPath(account), account.header("Location"));
    assertEquals(5, account.number("/max_licenses"));
    assertEquals(500, account.number("/max_validations_per_month"));
    TestClient client = clientOf(account);
    assertEquals(3, client.get(PLANS).at("/data").size());
    assertEquals(account.text("/id"), client.get(ACCOUNT).text("/id"));
    Reply license = client.create("starter");
    api.validate(key(license), "domain", "a.example").expectValid();
    Reply read = operator.get(accountPath(account)).expect(200);
    assertEquals(1, read.number("/usage/licenses/used"));
    assertEquals(4, read.number("/usage/licenses/left"));
    assertEquals(1, read.number("/usage/validations/used"));
    assertEquals(499, read.number("/usage/validations/left"));
    assertTrue(read.at("/api_key").isMissingNode());
    assertTrue(
        operator.get(ACCOUNTS + "?limit=100").texts("/data", "/id").contains(read.text("/id")));
  }

  @Test
  void whatTheOperatorDoesStandsInTheLogOfTheAccount() {
    Reply account = account("");
    operator.patch(accountPath(account), "{\"max_licenses\": 7}").expect(200);
    Reply log =
        clientOf(account).get("/api/v1/audit-log?target=" + account.text("/id")).expect(200);
    assertEquals(List.of("account.updated", "account.created"), log.texts("/data", "/action"));
    for (String actor : log.texts("/data", "/actor")) {
      assertTrue(actor.startsWith("operator:key_"), log::text);
    }
    assertEquals(5, log.number("/data/0/before/quota/max_licenses"));
    assertEquals(7, log.number("/data/0/after/quota/max_licenses"));
  }

  @Test
  void quotasAreGivenByNameOrByNumber() {
    Reply account = account(", \"quota\": \"unlimited\", \"max_licenses\": 2");
    assertEquals(2, account.number("/max_licenses"));
    assertTrue(account.at("/max_validations_per_month").isNull());
    Reply changed =
        operator.patch(accountPath(account), "{\"quota\": \"free\", \"over_quota\": \"allow\"}");
    assertEquals(5, changed.expect(200).number("/max_licenses"));
    assertEquals("allow", changed.text("/over_quota"));
    changed = operator.patch(accountPath(account), "{\"max_validations_per_month\": null}");
    assertTrue(changed.expect(200).at("/max_validations_per_month").isNull());
    assertEquals(5, changed.number("/max_licenses"));
    operator.patch(accountPath(account), "{\"max_licenses\": -1}").expectInvalid("#/max_licenses");
    operator.patch(accountPath(account), "{\"quota\": \"huge\"}").expectInvalid("#/quota");
    for (String name : List.of("", "  ", "two\\nlines", "\\u001b[31mred")) {
      operator.patch(accountPath(account), "{\"name\": \"" + name + "\"}").expectInvalid("#/name");
    }
    operator.patch(accountPath(account), "{\"status\": \"deleted\"}").expectInvalid("#/status");
  }

  @Test
  void aSuspendedAccountIsRefusedUntilItIsActiveAgain() {
    Reply account = account("");
    TestClient client = clientOf(account);
    Reply license = client.create("starter");
    Reply gone = client.create("starter");
    client.delete(path(gone)).expect(200);
    client.validate(key(license), "domain", "a.example").expectValid();
    client.validate(key(gone)).expectRefused("LICENSE_REVOKED");
    operator.patch(accountPath(account), "{\"status\": \"suspended\"}").expect(200);
    client.get(LICENSES).expectProblem(403, "ACCOUNT_SUSPENDED");
    client.validate(key(license), "domain", "a.example").expectRefused("LICENSE_SUSPENDED");
    client.validate(key(license), "domain", "b.example").expectRefused("LICENSE_SUSPENDED");
    client.validate(key(gone)).expectRefused("LICENSE_REVOKED");
    operator.patch(accountPath(account), "{\"status\": \"active\"}").expect(200);
    client.validate(key(license), "domain", "a.example").expectValid();
    assertEquals(List.of("a.example"), client.get(path(license)).texts("/domains"));
    assertEquals("active", client.get(path(license)).text("/status"));
  }

  @Test
  void aDeletedAccountIsWrittenDownAndCanComeBack() throws IOException {
    Reply account = account("");
    TestClient client = clientOf(account);
    Reply license = client.create("starter");
    Reply deleted = operator.delete(accountPath(account)).expect(200);
    assertEquals("deleted", deleted.text("/status"));
    Instant purge = Instant.parse(deleted.text("/purge_at"));
    Duration grace = Duration.between(Instant.parse(deleted.text("/updated_at")), purge);
    assertEquals(Duration.ofDays(30), grace);
    Path export = Path.of(deleted.text("/export"));
    assertTrue(export.startsWith(server.dataDirectory()), export::toString);
    String lines = Files.readString(export);
    assertTrue(lines.contains(key(license)), lines);
    assertEquals(5, lines.lines().count(), lines);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(export)));
    client.get(LICENSES).expectProblem(401, "UNAUTHORIZED");
    client.validate(key(license)).expectRefused("LICENSE_SUSPENDED");
    Reply again = operator.delete(accountPath(account)).expect(200);
    assertTrue(again.at("/export").isNull());
    assertEquals(purge, Instant.parse(again.text("/purge_at")));
    operator.patch(accountPath(account), "{\"status\": \"active\"}").expect(200);
    client.get(path(license)).expect(200);
  }

  @Test
  void noMoreLicensesAreMadeThanTheQuotaAllows() {
    Reply account = account(", \"max_licenses\": 2");
    TestClient client = clientOf(account);
    Reply first = client.create("starter");
    Reply second = client.create("starter", "expires_at", "2001-01-01T00:00:00Z");
    Reply third = client.create("starter");
    String body = "{\"plan\": \"starter\", \"customer_email\": \"e@e\"}";
    Reply refused = client.post(LICENSES, body).expectProblem(403, "QUOTA_EXCEEDED");
    assertTrue(refused.text("/detail").contains("2"), refused::text);
    client
        .post(path(second) + "/renew", "{\"duration\": \"P1Y\"}")
        .expectProblem(403, "QUOTA_EXCEEDED");
    client.put(path(second), "{\"expires_at\": null}").expectProblem(403, "QUOTA_EXCEEDED");
    client.post(path(first) + "/suspend", "").expect(200);
    client.post(LICENSES, body).expectProblem(403, "QUOTA_EXCEEDED");
    client.post(path(first) + "/reinstate", "").expect(200);
    client.delete(path(third)).expect(200);
    client.post(path(second) + "/renew", "{\"duration\": \"P1Y\"}").expect(200);
    client.post(LICENSES, body).expectProblem(403, "QUOTA_EXCEEDED");
    assertEquals(3, client.get(LICENSES).at("/data").size());
  }

  @Test
  void testLicensesAreApartAndDoNotCount() {
    Reply account = account(", \"max_licenses\": 0");
    TestClient live = clientOf(account);
    TestClient test = keyed(live, "[\"admin\"]", "\"mode\": \"test\"");
    Reply license = test.create("starter");
    assertFalse(license.at("/live").asBoolean(true));
    live.get(path(license)).expectProblem(404, "NOT_FOUND");
    assertEquals(0, live.get(LICENSES).at("/data").size());
    Reply valid = api.validate(key(license), "domain", "a.example").expectValid();
    assertFalse(valid.at("/license/live").asBoolean(true), valid::text);
    assertEquals(0, live.get(ACCOUNT).number("/usage/licenses/used"));
    assertEquals(1, live.get(ACCOUNT).number("/usage/test_licenses/used"));
    assertEquals(999, live.get(ACCOUNT).number("/usage/test_licenses/left"));
    assertTrue(api.create("starter").at("/live").asBoolean());
  }

  @Test
  void overTheQuotaValidationsAreRefusedAndTouchNothing() {
    Reply account = account(", \"max_validations_per_month\": 3");
    TestClient client = clientOf(account);
    Reply license = client.create("professional");
    for (String domain : List.of("a.example", "a.example", "b.example")) {
      client.validate(key(license), "domain", domain).expectValid();
    }
    for (String domain : List.of("a.example", "c.example", "not a domain")) {
      client.validate(key(license), "domain", domain).expectRefused("QUOTA_EXCEEDED");
    }
    client.validate("TO-8Q2M-4TRX-9KFA-7D1C").expect(404);
    Reply now = client.get(path(license));
    assertEquals(Set.of("a.example", "b.example"), Set.copyOf(now.texts("/domains")));
    assertEquals(3, now.number("/validation_count"));
    Reply usage = client.get(ACCOUNT);
    assertEquals(3, usage.number("/usage/validations/used"));
    assertEquals(0, usage.number("/usage/validations/left"));
    Reply history = client.get(path(license) + "/usage").expect(200);
    assertEquals(3, history.number("/summary/by_outcome/QUOTA_EXCEEDED"));
    client.delete(path(license)).expect(200);
    client.validate(key(license)).expectRefused("QUOTA_EXCEEDED");
    operator.patch(accountPath(account), "{\"max_validations_per_month\": 4}").expect(200);
    client.validate(key(license)).expectRefused("LICENSE_REVOKED");
    client.validate(key(license)).expectRefused("QUOTA_EXCEEDED");
  }

  @Test
  void overTheQuotaMayBeAllowedAndIsCounted() {
    Reply account = account(", \"max_validations_per_month\": 1, \"over_quota\": \"allow\"");
    TestClient client = clientOf(account);
    Reply license = client.create("professional");
    for (int i = 0; i < 3; i++) {
      client.validate(key(license), "domain", "a.example").expectValid();
    }
    assertEquals(3, client.get(ACCOUNT).number("/usage/validations/used"));
    operator.patch(accountPath(account), "{\"over_quota\": \"refuse\"}").expect(200);
    client.validate(key(license), "domain", "a.example").expectRefused("QUOTA_EXCEEDED");
  }
}
