package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValidationTest extends ApiTest {
  @Test
  void onlyAProxyThatIsBelievedSaysTheCountry() {
    Reply license = api.create("starter");
    api.with("CF-IPCountry", "DE").validate(key(license), "domain", "a.example").expectValid();
    assertTrue(api.get(path(license) + "/usage").at("/data/0/country").isNull());
  }

  @Test
  void aValidKeyIsAnsweredWithItsLicense() {
    Reply license = api.create("professional", "features", "[\"b\",\"a\"]");
    Reply answer =
        api.without("Authorization")
            .validate(key(license), "domain", "Shop.Example.com", "fingerprint", "f1", "nonce", "n")
            .expectValid();
    assertEquals(license.text("/id"), answer.text("/license/id"));
    assertEquals("professional", answer.text("/license/plan"));
    assertEquals("active", answer.text("/license/status"));
    assertEquals(license.text("/expires_at"), answer.text("/license/expiresAt"));
    assertEquals(List.of("b", "a"), answer.texts("/license/features"));
    assertEquals(3, answer.number("/license/maxDomains"));
    assertEquals(1, answer.number("/license/domainsUsed"));
    assertEquals(1, answer.number("/license/devicesUsed"));
    assertEquals("shop.example.com", answer.text("/domain"));
    assertEquals("n", answer.text("/nonce"));
    Reply after = fresh(license);
    assertEquals(List.of("shop.example.com"), after.texts("/domains"));
    assertEquals(List.of("f1"), after.texts("/devices"));
    assertEquals(1, after.number("/validation_count"));
    assertEquals(answer.text("/checked_at"), after.text("/last_validated_at"));
  }

  @Test
  void neitherDomainNorDeviceIsNeeded() {
    Reply answer = api.validate(key(api.create("enterprise"))).expectValid();
    assertTrue(answer.at("/domain").isNull());
    assertTrue(answer.at("/nonce").isNull());
    assertTrue(answer.at("/license/maxDomains").isNull());
    assertEquals(0, answer.number("/license/domainsUsed"));
  }

  @Test
  void refusalsHaveAnOrderOfPrecedence() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "own.example", "fingerprint", "own").expectValid();
    String[] all = {"domain", "new.example", "fingerprint", "new", "nonce", "echo"};
    Reply device = api.validate(key(license), all).expectRefused("DEVICE_LIMIT_REACHED");
    assertEquals("echo", device.text("/nonce"));
    api.validate(key(license), "domain", "new.example", "fingerprint", "own")
        .expectRefused("DOMAIN_LIMIT_REACHED");
    String[] invalid = {"domain", "no domain", "fingerprint", "new"};
    api.validate(key(license), invalid).expectRefused("DOMAIN_INVALID");
    api.put(path(license), "{\"expires_at\": \"2020-01-01T00:00:00Z\"}").expect(200);
    Reply expired = api.validate(key(license), invalid).expectRefused("LICENSE_EXPIRED");
    assertEquals("expired", expired.text("/license/status"));
    api.post(path(license) + "/suspend", "{}").expect(200);
    api.validate(key(license), invalid).expectRefused("LICENSE_SUSPENDED");
    api.delete(path(license)).expect(200);
    api.validate(key(license), invalid).expectRefused("LICENSE_REVOKED");
    assertEquals(1, fresh(license).number("/validation_count"));
  }

  @Test
  void theClockEndsALicense() throws InterruptedException {
    Reply license = api.create("starter", "duration", "PT2S");
    api.validate(key(license)).expectValid();
    Thread.sleep(2_050);
    api.validate(key(license)).expectRefused("LICENSE_EXPIRED");
    assertEquals("expired", fresh(license).text("/status"));
  }

  @Test
  void ofADomainAndADeviceBothAreTakenOrNeither() {
    Reply license = api.create("starter");
    api.validate(key(license), "fingerprint", "own").expectValid();
    api.validate(key(license), "domain", "new.example", "fingerprint", "new")
        .expectRefused("DEVICE_LIMIT_REACHED");
    assertEquals(List.of(), fresh(license).texts("/domains"));
    Reply other = api.create("starter");
    api.validate(key(other), "domain", "own.example").expectValid();
    api.validate(key(other), "domain", "new.example", "fingerprint", "new")
        .expectRefused("DOMAIN_LIMIT_REACHED");
    assertEquals(List.of(), fresh(other).texts("/devices"));
    api.validate(key(other), "domain", "own.example", "fingerprint", "new").expectValid();
  }

  @Test
  void aLimitOfNoneLetsNobodyIn() {
    Reply license = api.create("starter", "max_domains", "0", "max_devices", "0");
    api.validate(key(license), "domain", "example.com").expectRefused("DOMAIN_LIMIT_REACHED");
    api.validate(key(license), "fingerprint", "f").expectRefused("DEVICE_LIMIT_REACHED");
    api.validate(key(license), "domain", "localhost").expectValid();
    api.validate(key(license)).expectValid();
  }

  @Test
  void spellingsOfADomainShareASeat() {
    Reply license = api.create("starter");
    for (String typed :
        List.of(
            "example.com",
            "EXAMPLE.com.",
            "www.example.com",
            "https://user:pw@example.com:8443/a",
            "//www.example.com/x?y#z",
            "  example.com",
            "ｅｘａｍｐｌｅ.com")) {
      Reply answer = api.validate(key(license), "domain", typed).expectValid();
      assertEquals("example.com", answer.text("/domain"));
    }
    assertEquals(List.of("example.com"), fresh(license).texts("/domains"));
    api.validate(key(license), "domain", "sub.example.com").expectRefused("DOMAIN_LIMIT_REACHED");
  }

  @Test
  void internationalNamesAndAddressesHaveOneForm() {
    Reply license = api.create("enterprise");
    assertEquals("xn--mnchen-3ya.de", domainOf(license, "MÜNCHEN.de"));
    assertEquals("xn--mnchen-3ya.de", domainOf(license, "xn--MNCHEN-3ya.de"));
    assertEquals("192.0.2.7", domainOf(license, "http://192.0.2.7:80/"));
    assertEquals("2001:db8::1", domainOf(license, "https://[2001:DB8:0:0::1]:443/"));
    assertEquals(
        List.of("xn--mnchen-3ya.de", "192.0.2.7", "2001:db8::1"), fresh(license).texts("/domains"));
  }

  @Test
  void whatIsNoDomainIsInvalid() {
    Reply license = api.create("enterprise");
    for (String typed :
        List.of(
            "",
            " ",
            "a b",
            "*.example.com",
            "-a.com",
            "a..com",
            "x".repeat(64) + ".com",
            "intranet",
            "a".repeat(1_024),
            "🚀".repeat(1_024),
            "exa\\u0001mple.com")) {
      api.validate(key(license), "domain", typed).expectRefused("DOMAIN_INVALID");
    }
    assertEquals(List.of(), fresh(license).texts("/domains"));
  }

  @Test
  void localNamesTakeNoSeat() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "example.com").expectValid();
    for (String typed :
        List.of(
            "localhost",
            "http://localhost:3000",
            "app.localhost",
            "shop.test",
            "nas.local",
            "127.0.0.1",
            "127.8.9.10",
            "[::1]")) {
      api.validate(key(license), "domain", typed).expectValid();
    }
    assertEquals(List.of("example.com"), fresh(license).texts("/domains"));
    assertEquals(9, fresh(license).number("/validation_count"));
  }

  @Test
  void aPlanMayHaveLocalNamesTakeSeats() {
    api.post(
            PLANS,
            """
            {"name": "local-seats", "max_domains": 1, "local_domains_take_seats": true}
            """)
        .expect(201);
    Reply license = api.create("local-seats");
    api.validate(key(license), "domain", "localhost").expectValid();
    api.validate(key(license), "domain", "nas.local").expectRefused("DOMAIN_LIMIT_REACHED");
    assertEquals(List.of("localhost"), fresh(license).texts("/domains"));
    api.put(PLANS + "/local-seats", "{\"local_domains_take_seats\": false}").expect(200);
    api.validate(key(license), "domain", "nas.local").expectValid();
  }

  @Test
  void aKeyIsReadAsPeopleTypeIt() {
    Reply license = api.create("starter");
    String key = key(license);
    for (String typed :
        List.of(
            key.toLowerCase(),
            " " + key + "\\n",
            key.replace("0", "O").replace("1", "l"),
            key.substring(0, 3) + key.substring(3).replace("-", ""),
            key.replace("-", " - "))) {
      Reply answer = api.validate(typed.replace("\\n", "\n")).expectValid();
      assertEquals(license.text("/id"), answer.text("/license/id"));
    }
  }

  @Test
  void aTypingMistakeIsAnsweredWithWhatWasMeant() {
    String key = key(api.create("starter"));
    char wrong = key.charAt(5) == 'A' ? 'B' : 'A';
    String typed = key.substring(0, 5) + wrong + key.substring(6);
    Reply answer = api.validate(typed, "nonce", "n").expectNoKey("CHECKSUM_MISMATCH");
    assertEquals(key, answer.text("/suggestion"));
    assertEquals("n", answer.text("/nonce"));
    assertEquals("LICENSE_NOT_FOUND", answer.text("/error"));
  }

  @Test
  void keysThatDoNotExistAreToldApart() {
    Reply unknown = api.validate("TO-8Q2M-4TRX-9KFA-7D1C");
    assertTrue(List.of("UNKNOWN", "CHECKSUM_MISMATCH").contains(unknown.text("/reason")));
    api.validate("AC-ZAB5-RRB1-46VH-74F4").expectNoKey("CHECKSUM_MISMATCH");
    for (String typed : List.of("x", "nonsense", "TO-", "é", "TO-UUUU-UUUU-UUUU-UUUU")) {
      Reply answer = api.validate(typed).expectNoKey("MALFORMED");
      assertFalse(answer.json().has("suggestion"));
    }
  }

  @Test
  void everyUseOfTheNewestStateIsAnsweredByIt() {
    Reply license = api.create("starter");
    for (int i = 0; i < 10; i++) {
      api.validate(key(license)).expectValid();
      api.post(path(license) + "/suspend", "{}").expect(200);
      api.validate(key(license)).expectRefused("LICENSE_SUSPENDED");
      api.post(path(license) + "/reinstate", "{}").expect(200);
    }
    assertEquals(10, fresh(license).number("/validation_count"));
  }

  @Test
  void aKeyThatWasUnknownWorksOnceItIsBrought() {
    api.validate("not yet brought").expectNoKey("MALFORMED");
    api.create("starter", "key", "not yet brought");
    api.validate("not yet brought").expectValid();
  }

  private static String domainOf(Reply license, String typed) {
    return api.validate(key(license), "domain", typed).expectValid().text("/domain");
  }
}
