package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class LicenseCreationTest extends ApiTest {
  @Test
  void allFieldsAreKept() {
    Reply created =
        api.post(
                LICENSES,
                """
                {"plan": "enterprise", "customer_email": "Grace@Example.com",
                 "customer_name": "Grace \\ud83d\\ude80 Hopper", "max_domains": 5,
                 "max_devices": null, "domains": ["https://WWW.Example.com/shop", "*.example.org"],
                 "expires_at": "2031-01-31T12:00:00+02:00", "expires_from": "creation",
                 "features": ["export", "support:priority"],
                 "metadata": {"order": "10042", "": "empty name"}, "key": "LEGACY-2019-all-fields"}
                """)
            .expect(201);
    assertEquals(path(created), created.header("Location"));
    assertEquals("LEGACY-2019-all-fields", key(created));
    assertEquals("active", created.text("/status"));
    assertEquals("Grace@Example.com", created.text("/customer_email"));
    assertEquals("Grace 🚀 Hopper", created.text("/customer_name"));
    assertEquals(5, created.number("/max_domains"));
    assertTrue(created.at("/max_devices").isNull());
    assertEquals(List.of("example.com", "*.example.org"), created.texts("/domains"));
    assertEquals("2031-01-31T10:00:00Z", created.text("/expires_at"));
    assertEquals(List.of("export", "support:priority"), created.texts("/features"));
    assertEquals("empty name", created.at("/metadata").get("").textValue());
    assertEquals(created.json(), fresh(created).json());
    assertEquals(created.header("ETag"), fresh(created).header("ETag"));
  }

  @Test
  void whatIsLeftOutFollowsThePlan() {
    Reply created = api.create("professional");
    Instant createdAt = Instant.parse(created.text("/created_at"));
    assertEquals(3, created.number("/max_domains"));
    assertEquals(3, created.number("/max_devices"));
    assertEquals(
        createdAt.atOffset(ZoneOffset.UTC).plusYears(1).toInstant(),
        Instant.parse(created.text("/expires_at")));
    assertEquals("creation", created.text("/expires_from"));
    assertTrue(key(created).matches("TO(-[0-9A-HJKMNP-TV-Z]{4}){4}"), key(created));
    assertTrue(created.at("/last_validated_at").isNull());
    assertEquals(0, created.number("/validation_count"));
  }

  @Test
  void nullMeansUnlimitedAndForEver() {
    Reply created =
        api.create("starter", "max_domains", "null", "max_devices", "null", "duration", "null");
    assertTrue(created.at("/max_domains").isNull());
    assertTrue(created.at("/max_devices").isNull());
    assertTrue(created.at("/expires_at").isNull());
    assertTrue(api.create("starter", "expires_at", "null").at("/expires_at").isNull());
  }

  @Test
  void aDurationCountsFromTheFirstValidationWhereThatIsAsked() {
    Reply created = api.create("starter", "duration", "P30D", "expires_from", "first_validation");
    assertTrue(created.at("/expires_at").isNull());
    Instant before = Instant.now().minusMillis(1);
    Reply answer = api.validate(key(created)).expectValid();
    Instant expiry = Instant.parse(answer.text("/license/expiresAt"));
    assertTrue(!expiry.isBefore(before.plusSeconds(30 * 86_400)), expiry::toString);
    assertTrue(!expiry.isAfter(Instant.now().plusSeconds(30 * 86_400)), expiry::toString);
    assertEquals(answer.text("/license/expiresAt"), fresh(created).text("/expires_at"));
    Reply again = api.validate(key(created)).expectValid();
    assertEquals(answer.text("/license/expiresAt"), again.text("/license/expiresAt"));
  }

  @Test
  void aRefusedValidationStartsNothing() {
    Reply created = api.create("starter", "duration", "P30D", "expires_from", "first_validation");
    api.post(path(created) + "/suspend", "{}").expect(200);
    api.validate(key(created)).expectRefused("LICENSE_SUSPENDED");
    assertTrue(fresh(created).at("/expires_at").isNull());
  }

  @Test
  void anyTextInTheRightAlphabetMayBeBroughtAsAKey() {
    for (String key : List.of("8letters", "With  Spaces & ~!\"", "x".repeat(128), "TO-short-key")) {
      Reply created = api.create("starter", "key", key);
      assertEquals(key, key(created));
      api.validate(key).expectValid();
    }
  }

  @Test
  void whiteSpaceAroundABroughtKeyIsNoPartOfIt() {
    Reply created = api.create("starter", "key", " pasted from a table ");
    assertEquals("pasted from a table", key(created));
    for (String typed :
        List.of("pasted from a table", " pasted from a table\r\n", "\t\u00a0pasted from a table")) {
      assertEquals(
          created.text("/id"), api.validate(typed).expectValid().text("/license/id"), typed);
    }
    api.validate("Pasted from a table").expectNoKey("MALFORMED");
    refused("#/key", "bad-key@example.com", "\"plan\": \"starter\", \"key\": \"   short   \"");
  }

  @Test
  void aBroughtKeyThatLooksLikeOursButIsNotIsRefused() {
    refused(
        "#/key",
        "bad-key@example.com",
        "\"plan\": \"starter\", \"key\": \"TO-ZAB5-RRB1-46VH-74F5\"");
  }

  @Test
  void domainsThatTakeNoSeatAreRefused() {
    String body = "\"plan\": \"enterprise\", \"domains\": ";
    refused(
        "#/domains/1", "local@example.com", body + "[\"example.com\", \"http://localhost:3000\"]");
    refused("#/domains/0", "local@example.com", body + "[\"*.shop.test\"]");
    refused("#/domains/0", "local@example.com", body + "[\"127.0.0.1\"]");
    api.post(PLANS, "{\"name\": \"local-from-start\", \"local_domains_take_seats\": true}")
        .expect(201);
    String wanted =
        "{\"plan\": \"local-from-start\", \"customer_email\": \"a@b\", \"domains\":"
            + " [\"nas.local\"]}";
    assertEquals(List.of("nas.local"), api.post(LICENSES, wanted).expect(201).texts("/domains"));
  }

  @Test
  void aBroughtKeyInOurFormIsReadForgivingly() {
    api.create("starter", "key", "to-zab5 rrb1-46vh-74f4");
    assertEquals(
        api.validate("TO-ZAB5-RRB1-46VH-74F4").expectValid().text("/license/id"),
        api.validate("to-zab5rrb146vh74f4").expectValid().text("/license/id"));
    api.post(
            LICENSES,
            "{\"plan\":\"starter\",\"customer_email\":\"a@b\",\"key\":\"TO-ZAB5-RRB1-46VH-74F4\"}")
        .expectProblem(409, "KEY_TAKEN");
  }

  /** Who brings a key in our form that is there has it from somebody: nobody guesses it. */
  @Test
  void aKeyInOurFormIsOneLicencesInAllAccounts() {
    String issued = api.create("starter").text("/key");
    TestClient stranger = server.stranger();
    String bring = "{\"plan\":\"starter\",\"customer_email\":\"a@b\",\"key\":\"%s\"}";
    stranger.post(LICENSES, bring.formatted(issued)).expectProblem(409, "KEY_TAKEN");
    String id = api.get(LICENSES + "?key=" + issued).texts("/data", "/id").getFirst();
    api.post(LICENSES + "/" + id + "/rotate", "{}").expect(200);
    stranger.post(LICENSES, bring.formatted(issued)).expectProblem(409, "KEY_TAKEN");
    api.validate(issued).expect(404);
  }

  @Test
  void aKeyIsTakenOnlyOnce() {
    Reply first = api.create("starter", "key", "taken-only-once");
    api.post(
            LICENSES,
            "{\"plan\":\"starter\",\"customer_email\":\"a@b\",\"key\":\"taken-only-once\"}")
        .expectProblem(409, "KEY_TAKEN");
    assertEquals(
        List.of(first.text("/id")),
        api.get(LICENSES + "?key=taken-only-once").expect(200).texts("/data", "/id"));
  }

  @Test
  void twoNewKeysDiffer() {
    assertNotEquals(key(api.create("starter")), key(api.create("starter")));
  }

  @Test
  void moreDomainsThanSeatsAreRefused() {
    api.post(
            LICENSES,
            """
            {"plan": "starter", "customer_email": "a@b", "domains": ["a.example", "b.example"],
             "key": "two domains, one seat"}
            """)
        .expectProblem(409, "DOMAIN_LIMIT_REACHED");
    api.validate("two domains, one seat").expectNoKey("MALFORMED");
  }

  @Test
  void theSameDomainTwiceTakesOneSeat() {
    Reply created = api.create("starter", "domains", "[\"example.com\",\"WWW.EXAMPLE.COM.\"]");
    assertEquals(List.of("example.com"), created.texts("/domains"));
  }

  @Test
  void wrongFieldsAreNamedAndNothingIsCreated() {
    String email = "wrong-fields@example.com";
    refused("#/plan", email, "\"plan\": \"none\"");
    refused("#/max_domains", email, "\"plan\": \"starter\", \"max_domains\": -1");
    refused("#/max_domains", email, "\"plan\": \"starter\", \"max_domains\": 2147483648");
    refused("#/max_domains", email, "\"plan\": \"starter\", \"max_domains\": 1.0");
    refused("#/max_devices", email, "\"plan\": \"starter\", \"max_devices\": \"3\"");
    refused("#/domains/1", email, "\"plan\": \"enterprise\", \"domains\": [\"a.example\", \"\"]");
    refused("#/domains/0", email, "\"plan\": \"enterprise\", \"domains\": [\"*.co.uk\"]");
    refused("#/expires_at", email, "\"plan\": \"starter\", \"expires_at\": \"2027-13-01\"");
    refused("#/duration", email, "\"plan\": \"starter\", \"duration\": \"P0D\"");
    refused("#/duration", email, "\"plan\": \"starter\", \"duration\": \"P101Y\"");
    refused("#/expires_from", email, "\"plan\": \"starter\", \"expires_from\": \"birth\"");
    refused("#/features/1", email, "\"plan\": \"starter\", \"features\": [\"a\", \"a\"]");
    refused("#/features/0", email, "\"plan\": \"starter\", \"features\": [\"A\"]");
    refused("#/metadata/n", email, "\"plan\": \"starter\", \"metadata\": {\"n\": 1}");
    refused("#/key", email, "\"plan\": \"starter\", \"key\": \"short\"");
    refused("#/key", email, "\"plan\": \"starter\", \"key\": \"TO-ZAB5-RRB1-46VH-74F5\"");
    refused("#/key", email, "\"plan\": \"starter\", \"key\": \"caf\\u00e9-caf\\u00e9\"");
    refused("#/colour", email, "\"plan\": \"starter\", \"colour\": \"red\"");
    refused("#/customer_name", email, "\"plan\": \"starter\", \"customer_name\": \"\"");
    refused("#/plan", email, "\"max_domains\": 1");
  }

  @Test
  void anExpiryAndADurationExcludeEachOther() {
    String rest = "\"plan\": \"starter\", \"expires_at\": null, ";
    refused("#/duration", "both@example.com", rest + "\"duration\": \"P1Y\"");
    refused("#/expires_from", "both@example.com", rest + "\"expires_from\": \"first_validation\"");
  }

  @Test
  void lengthsCountCodePoints() {
    Reply created = api.create("starter", "customer_name", "🚀".repeat(200));
    assertEquals("🚀".repeat(200), fresh(created).text("/customer_name"));
    refused(
        "#/customer_name",
        "long@example.com",
        "\"plan\": \"starter\", \"customer_name\": \"" + "🚀".repeat(201) + "\"");
  }

  @Test
  void metadataHoldSixtyFourPairsAndSixteenKilobytes() {
    StringBuilder pairs = new StringBuilder("\"n0\": \"\"");
    for (int i = 1; i < 64; i++) {
      pairs.append(", \"n").append(i).append("\": \"").append(i).append('"');
    }
    assertEquals(64, api.create("starter", "metadata", "{" + pairs + "}").at("/metadata").size());
    String rest = "\"plan\": \"starter\", \"metadata\": {";
    refused("#/metadata", "meta@example.com", rest + pairs + ", \"more\": \"\"}");
    refused("#/metadata", "meta@example.com", rest + "\"n\": \"" + "x".repeat(16_384) + "\"}");
    refused("#/metadata", "meta@example.com", rest + "\"n\": \"" + "\u00e9".repeat(8_192) + "\"}");
    String quotes = "\\\"".repeat(16_383);
    api.create("starter", "metadata", "{\"n\": \"" + quotes + "\"}");
  }

  @Test
  void allDomainsThatAreWrongAreNamed() {
    assertEquals(List.of("#/domains/0", "#/domains/2"), wrong("[\"x y\", \"ok.com\", \"??\"]"));
    assertEquals(
        List.of("#/domains/0", "#/domains/2"), wrong("[\"localhost\", \"ok.com\", \"shop.test\"]"));
    assertEquals(20, wrong("[\"?0\"" + ", \"?1\"".repeat(99) + "]").size());
  }

  private static List<String> wrong(String domains) {
    return api.post(
            LICENSES,
            "{\"plan\": \"enterprise\", \"customer_email\": \"a@b\", \"domains\": " + domains + "}")
        .expectProblem(400, "INVALID_REQUEST")
        .texts("/errors", "/pointer");
  }

  private static void refused(String pointer, String email, String fields) {
    api.post(LICENSES, "{\"customer_email\": \"" + email + "\", " + fields + "}")
        .expectInvalid(pointer);
    assertEquals(0, api.get(LICENSES + "?customer_email=" + email).at("/data").size());
  }
}
