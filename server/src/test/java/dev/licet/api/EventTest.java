package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventTest extends ApiTest {
  private static final String EVENTS = "/api/v1/events";

  @Test
  void everyChangeOfALicenseIsThere() {
    Reply license = api.create("starter", "duration", "P1Y");
    api.validate(key(license), "domain", "a.example").expectValid();
    api.post(path(license) + "/suspend", "{\"reason\": \"overdue\"}").expect(200);
    api.post(path(license) + "/reinstate", "{}").expect(200);
    api.post(path(license) + "/renew", "{\"duration\": \"P1M\"}").expect(200);
    String newKey = api.post(path(license) + "/rotate", "{}").expect(200).text("/key");
    api.put(path(license), "{\"max_domains\": 7}").expect(200);
    api.delete(path(license)).expect(200);
    Reply page = api.get(EVENTS + "?license=" + license.text("/id")).expect(200);
    assertEquals(
        List.of(
            "license.revoked",
            "license.updated",
            "license.rotated",
            "license.renewed",
            "license.reinstated",
            "license.suspended",
            "activation.created",
            "license.activated",
            "license.created"),
        page.texts("/data", "/type"));
    assertFalse(page.text().contains(key(license)) || page.text().contains(newKey));
    JsonNode suspended = page.at("/data/5");
    assertEquals("overdue", suspended.at("/data/reason").textValue());
    assertEquals("active", suspended.at("/data/previous/status").textValue());
    assertTrue(suspended.at("/data/actor").textValue().startsWith("api_key:key_"));
    Reply one = api.get(EVENTS + "/" + suspended.get("id").textValue()).expect(200);
    assertEquals(suspended, one.json());
  }

  @Test
  void typesAndTimesChoose() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "a.example").expectValid();
    String of = EVENTS + "?license=" + license.text("/id");
    assertEquals(2, api.get(of + "&types=license.*").expect(200).at("/data").size());
    assertEquals(3, api.get(of + "&types=*").expect(200).at("/data").size());
    assertEquals(
        List.of("activation.created", "license.created"),
        api.get(of + "&types=license.created,%20activation.created")
            .expect(200)
            .texts("/data", "/type"));
    String created = license.text("/created_at");
    assertEquals(3, api.get(of + "&from=" + created).expect(200).at("/data").size());
    assertEquals(0, api.get(of + "&to=" + created).expect(200).at("/data").size());
  }

  @Test
  void whatIsWrongInAQueryIsSaid() {
    for (String wrong :
        List.of("license", "license.", "license.x", ".*", "", "a,license.created")) {
      api.get(EVENTS + "?types=" + wrong).expectInvalid("?types");
      api.get(EVENTS + "/stream?types=" + wrong).expectInvalid("?types");
    }
    api.get(EVENTS + "?from=yesterday").expectInvalid("?from");
    api.get(EVENTS + "?limit=101").expectInvalid("?limit");
    api.get(EVENTS + "?who=me").expectInvalid("?who");
    api.get(EVENTS + "/stream?limit=1").expectInvalid("?limit");
    api.get(EVENTS + "/stream?last_event_id=1").expectInvalid("?last_event_id");
    api.with("Last-Event-ID", "evt_1").get(EVENTS + "/stream").expectInvalid("?last_event_id");
    api.get(EVENTS + "/evt_none").expectProblem(404, "NOT_FOUND");
  }

  @Test
  void pagesFollowOneAnother() {
    Reply license = api.create("starter");
    for (int i = 1; i <= 4; i++) {
      api.put(path(license), "{\"max_devices\": " + (10 + i) + "}").expect(200);
    }
    String of = EVENTS + "?limit=2&license=" + license.text("/id");
    List<String> ids = new ArrayList<>();
    String next = of;
    for (int page = 0; page < 3; page++) {
      Reply reply = api.get(next).expect(200);
      ids.addAll(reply.texts("/data", "/id"));
      assertEquals(page < 2, reply.at("/has_more").booleanValue());
      next = of + "&starting_after=" + ids.getLast();
    }
    assertEquals(5, ids.stream().distinct().count());
    assertEquals(ids.stream().sorted().toList().reversed(), ids);
  }

  @Test
  void anotherAccountAndTheOtherModeSeeNothing() {
    Reply license = api.create("starter");
    Reply page = api.get(EVENTS + "?license=" + license.text("/id")).expect(200);
    String id = page.text("/data/0/id");
    for (TestClient other :
        List.of(clientOf(account("")), keyed(api, "[\"admin\"]", "\"mode\": \"test\""))) {
      other.get(EVENTS + "/" + id).expectProblem(404, "NOT_FOUND");
      assertEquals(0, other.get(EVENTS + "?license=" + license.text("/id")).at("/data").size());
    }
  }

  @Test
  void aRefusedSeatIsToldOfOnce() throws InterruptedException {
    Reply license = api.create("starter", "max_domains", "1");
    api.validate(key(license), "domain", "a.example").expectValid();
    for (int i = 0; i < 5; i++) {
      api.validate(key(license), "domain", "b" + i + ".example")
          .expectRefused("DOMAIN_LIMIT_REACHED");
    }
    String of = EVENTS + "?types=license.limit_reached&license=" + license.text("/id");
    JsonNode events = awaitEvents(api, of, 1);
    assertEquals("domain", events.at("/0/data/limit/kind").textValue());
    assertEquals(1, events.at("/0/data/limit/max").intValue());
    assertEquals(1, events.at("/0/data/limit/used").intValue());
  }

  @Test
  void aCounterThatIsUsedUpIsToldOf() throws InterruptedException {
    Reply license = api.create("starter", "counters", "{\"exports\": {\"limit\": 1}}");
    for (int i = 0; i < 3; i++) {
      api.post(path(license) + "/consume", "{\"name\": \"exports\"}").expect(200);
    }
    String of = EVENTS + "?types=license.limit_reached&license=" + license.text("/id");
    JsonNode events = awaitEvents(api, of, 1);
    assertEquals("exports", events.at("/0/data/limit/name").textValue());
  }

  @Test
  void quotasAreToldOf() throws InterruptedException {
    Reply account = account(", \"max_licenses\": 1, \"max_validations_per_month\": 5");
    TestClient client = clientOf(account);
    Reply license = client.create("starter");
    client.post(LICENSES, "{\"plan\": \"starter\", \"customer_email\": \"e@e\"}").expect(403);
    for (int i = 0; i < 5; i++) {
      api.validate(key(license), "domain", "a.example").expectValid();
    }
    JsonNode events = awaitEvents(client, EVENTS + "?types=quota.*", 4);
    List<String> told = new ArrayList<>();
    events.forEach(event ->
        told.add(event.get("type").textValue() + " " + event.at("/data/quota/name").textValue()));
    assertEquals(
        List.of(
            "quota.exceeded max_licenses",
            "quota.exceeded max_validations_per_month",
            "quota.warning max_licenses",
            "quota.warning max_validations_per_month"),
        told.stream().sorted().toList());
    assertEquals(account.text("/id"), events.at("/0/data/account/id").textValue());
  }

  private static JsonNode awaitEvents(TestClient client, String query, int count)
      throws InterruptedException {
    long until = System.nanoTime() + 20_000_000_000L;
    JsonNode events = client.get(query).expect(200).at("/data");
    while (events.size() < count && System.nanoTime() < until) {
      Thread.sleep(50);
      events = client.get(query).expect(200).at("/data");
    }
    assertEquals(count, events.size(), events::toString);
    return events;
  }
}
