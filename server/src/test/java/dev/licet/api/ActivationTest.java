package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ActivationTest extends ApiTest {
  @Test
  void aSeatIsGivenByHand() {
    Reply license = api.create("starter");
    Reply seat = give(license, "domain", "https://WWW.Example.com/").expect(201);
    assertEquals("example.com", seat.text("/value"));
    assertEquals("vendor", seat.text("/created_by"));
    assertTrue(seat.at("/last_seen_at").isNull());
    assertEquals(0, seat.number("/validation_count"));
    Reply device = give(license, "device", "A b/c").expect(201);
    assertEquals("A b/c", device.text("/value"));
    assertEquals(List.of("example.com"), fresh(license).texts("/domains"));
    assertEquals(List.of("A b/c"), fresh(license).texts("/devices"));
    api.validate(key(license), "domain", "example.com", "fingerprint", "A b/c").expectValid();
  }

  @Test
  void whatHasASeatKeepsIt() {
    Reply license = api.create("starter");
    Reply first = give(license, "domain", "example.com").expect(201);
    Reply second = give(license, "domain", "WWW.EXAMPLE.COM").expect(200);
    assertEquals(first.json(), second.json());
  }

  @Test
  void domainsThatTakeNoSeatAreGivenNone() {
    Reply license = api.create("enterprise");
    for (String domain : List.of("localhost", "shop.test", "*.shop.local", "[::1]")) {
      give(license, "domain", domain).expectInvalid("#/value");
    }
    assertEquals(license.json(), fresh(license).json());
    give(license, "device", "localhost").expect(201);
  }

  @Test
  void noSeatIsGivenOverTheLimit() {
    Reply license = api.create("starter");
    give(license, "domain", "example.com").expect(201);
    give(license, "device", "one").expect(201);
    Reply before = fresh(license);
    give(license, "domain", "example.net").expectProblem(409, "DOMAIN_LIMIT_REACHED");
    give(license, "device", "two").expectProblem(409, "DEVICE_LIMIT_REACHED");
    assertEquals(before.json(), fresh(license).json());
    Reply none = api.create("starter", "max_domains", "0");
    give(none, "domain", "example.com").expectProblem(409, "DOMAIN_LIMIT_REACHED");
  }

  @Test
  void aWildcardCoversItsSubdomains() {
    Reply license = api.create("starter");
    give(license, "domain", "*.Example.com").expect(201);
    api.validate(key(license), "domain", "a.example.com").expectValid();
    api.validate(key(license), "domain", "a.b.example.com").expectValid();
    api.validate(key(license), "domain", "example.com").expectRefused("DOMAIN_LIMIT_REACHED");
    api.validate(key(license), "domain", "badexample.com").expectRefused("DOMAIN_LIMIT_REACHED");
    assertEquals(List.of("*.example.com"), fresh(license).texts("/domains"));
    Reply seats = api.get(path(license) + "/activations").expect(200);
    assertEquals(2, seats.number("/data/0/validation_count"));
  }

  @Test
  void aWildcardOfAPublicSuffixIsRefused() {
    Reply license = api.create("enterprise");
    for (String value :
        List.of("*.co.uk", "*.com", "*", "*.", "**.example.com", "a.*.example.com", "*.1.2.3.4")) {
      give(license, "domain", value).expectInvalid("#/value");
    }
    assertEquals(List.of(), fresh(license).texts("/domains"));
  }

  @Test
  void whatIsNoSeatIsRefused() {
    Reply license = api.create("enterprise");
    String path = path(license) + "/activations";
    api.post(path, "{\"kind\": \"car\", \"value\": \"x\"}").expectInvalid("#/kind");
    api.post(path, "{\"kind\": \"domain\"}").expectInvalid("#/value");
    api.post(path, "{\"value\": \"example.com\"}").expectInvalid("#/kind");
    api.post(path, "{\"kind\": \"domain\", \"value\": \"no domain\"}").expectInvalid("#/value");
    api.post(path, "{\"kind\": \"device\", \"value\": \"\"}").expectInvalid("#/value");
    String long257 = "x".repeat(257);
    api.post(path, "{\"kind\": \"device\", \"value\": \"" + long257 + "\"}")
        .expectInvalid("#/value");
    assertEquals(0, api.get(path).expect(200).at("/data").size());
  }

  @Test
  void aFreedSeatIsFree() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "one.example.com").expectValid();
    api.validate(key(license), "domain", "two.example.com").expectRefused("DOMAIN_LIMIT_REACHED");
    String seat = api.get(path(license) + "/activations").text("/data/0/id");
    Reply freed = api.delete(path(license) + "/activations/" + seat).expect(204);
    assertEquals(0, freed.body().length);
    assertEquals(List.of(), fresh(license).texts("/domains"));
    api.validate(key(license), "domain", "two.example.com").expectValid();
    api.validate(key(license), "domain", "one.example.com").expectRefused("DOMAIN_LIMIT_REACHED");
    api.delete(path(license) + "/activations/" + seat).expectProblem(404, "NOT_FOUND");
  }

  @Test
  void theSeatOfAnotherLicenseIsNotFound() {
    Reply license = api.create("starter");
    Reply other = api.create("starter");
    String seat = give(other, "device", "x").expect(201).text("/id");
    api.delete(path(license) + "/activations/" + seat).expectProblem(404, "NOT_FOUND");
    api.delete(path(license) + "/activations/nonsense").expectProblem(404, "NOT_FOUND");
    assertEquals(List.of("x"), fresh(other).texts("/devices"));
  }

  @Test
  void theSeatsOfARevokedLicenseStay() {
    Reply license = api.create("starter");
    String seat = give(license, "device", "x").expect(201).text("/id");
    api.delete(path(license)).expect(200);
    api.delete(path(license) + "/activations/" + seat).expectProblem(409, "LICENSE_REVOKED");
    assertEquals(List.of("x"), fresh(license).texts("/devices"));
  }

  @Test
  void seatsAreListedNewestFirstInPages() {
    Reply license = api.create("enterprise");
    List<String> given = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      given.add("device " + i);
      give(license, "device", given.getLast()).expect(201);
    }
    assertEquals(given, fresh(license).texts("/devices"));
    List<String> newest = given.reversed();
    String path = path(license) + "/activations?limit=2";
    Reply first = api.get(path).expect(200);
    assertEquals(newest.subList(0, 2), first.texts("/data", "/value"));
    assertTrue(first.at("/has_more").asBoolean());
    Reply second = api.get(path + "&starting_after=" + first.text("/data/1/id")).expect(200);
    assertEquals(newest.subList(2, 4), second.texts("/data", "/value"));
    Reply third = api.get(path + "&starting_after=" + second.text("/data/1/id")).expect(200);
    assertEquals(newest.subList(4, 5), third.texts("/data", "/value"));
    assertFalse(third.at("/has_more").asBoolean());
  }

  @Test
  void aSeatKnowsHowOftenItWasSeen() {
    Reply license = api.create("professional");
    api.validate(key(license), "domain", "one.example.com").expectValid();
    api.validate(key(license), "domain", "two.example.com").expectValid();
    Reply last = api.validate(key(license), "domain", "www.one.example.com").expectValid();
    Reply seats = api.get(path(license) + "/activations").expect(200);
    assertEquals(1, seats.number("/data/0/validation_count"));
    assertEquals(2, seats.number("/data/1/validation_count"));
    assertEquals(last.text("/checked_at"), seats.text("/data/1/last_seen_at"));
    assertEquals("validation", seats.text("/data/1/created_by"));
  }

  private static Reply give(Reply license, String kind, String value) {
    return api.post(
        path(license) + "/activations",
        "{\"kind\": \"" + kind + "\", \"value\": \"" + value + "\"}");
  }
}
