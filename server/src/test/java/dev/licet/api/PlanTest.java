package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest extends ApiTest {
  @Test
  void aFreshAccountHasThreePlans() {
    assertPlan("starter", "1", "1");
    assertPlan("professional", "3", "3");
    assertPlan("enterprise", "null", "null");
  }

  @Test
  void aPlanIsCreatedWithAllItsFields() {
    Reply plan =
        api.post(
                PLANS,
                """
                {"name": "team-1_x", "features": ["export"], "max_domains": 10,
                 "max_devices": null, "duration": "P1Y6M", "local_domains_take_seats": true}
                """)
            .expect(201);
    assertEquals(PLANS + "/team-1_x", plan.header("Location"));
    assertEquals(10, plan.number("/max_domains"));
    assertTrue(plan.at("/max_devices").isNull());
    assertEquals("P1Y6M", plan.text("/duration"));
    assertTrue(plan.at("/local_domains_take_seats").asBoolean());
    assertEquals(plan.json(), api.get(PLANS + "/team-1_x").expect(200).json());
  }

  @Test
  void aPlanOfANameAloneIsUnlimited() {
    Reply plan = api.post(PLANS, "{\"name\": \"bare\"}").expect(201);
    assertTrue(plan.at("/max_domains").isNull());
    assertTrue(plan.at("/duration").isNull());
    assertFalse(plan.at("/local_domains_take_seats").asBoolean());
    assertEquals(0, plan.at("/features").size());
    assertTrue(api.create("bare").at("/expires_at").isNull());
  }

  @Test
  void aNameIsTakenOnce() {
    api.post(PLANS, "{\"name\": \"taken\", \"max_domains\": 1}").expect(201);
    api.post(PLANS, "{\"name\": \"taken\", \"max_domains\": 2}").expectProblem(409, "PLAN_EXISTS");
    assertEquals(1, api.get(PLANS + "/taken").number("/max_domains"));
  }

  @Test
  void namesHaveAnAlphabet() {
    for (String name : List.of("", "-a", "A", "a b", "a/b", "a".repeat(65), "é")) {
      api.post(PLANS, "{\"name\": \"" + name + "\"}").expectInvalid("#/name");
    }
    api.post(PLANS, "{}").expectInvalid("#/name");
    api.post(PLANS, "{\"name\": null}").expectInvalid("#/name");
    api.post(PLANS, "{\"name\": \"" + "a".repeat(64) + "\"}").expect(201);
  }

  @Test
  void licensesFollowTheirPlanExceptWhereTheySayOtherwise() {
    api.post(PLANS, "{\"name\": \"follow\", \"max_domains\": 1, \"features\": [\"old\"]}")
        .expect(201);
    Reply follower = api.create("follow");
    Reply own = api.create("follow", "max_domains", "2", "features", "[\"own\"]");
    api.validate(key(follower), "domain", "one.example").expectValid();
    api.validate(key(follower), "domain", "two.example").expectRefused("DOMAIN_LIMIT_REACHED");
    Reply changed =
        api.put(PLANS + "/follow", "{\"max_domains\": 3, \"features\": [\"new\"]}").expect(200);
    assertEquals(3, changed.number("/max_domains"));
    Reply answer = api.validate(key(follower), "domain", "two.example").expectValid();
    assertEquals(3, answer.number("/license/maxDomains"));
    assertEquals(List.of("new"), answer.texts("/license/features"));
    assertEquals(3, fresh(follower).number("/max_domains"));
    Reply ownAnswer = api.validate(key(own)).expectValid();
    assertEquals(2, ownAnswer.number("/license/maxDomains"));
    assertEquals(List.of("own"), ownAnswer.texts("/license/features"));
    assertEquals(follower.at("/expires_at"), fresh(follower).at("/expires_at"));
  }

  @Test
  void aChangeLeavesTheRestAsItIs() {
    api.post(PLANS, "{\"name\": \"rest\", \"max_domains\": 1, \"duration\": \"P1M\"}").expect(201);
    Reply plan = api.put(PLANS + "/rest", "{\"max_devices\": 4}").expect(200);
    assertEquals(1, plan.number("/max_domains"));
    assertEquals("P1M", plan.text("/duration"));
    api.put(PLANS + "/rest", "{\"name\": \"other\"}").expectInvalid("#/name");
    api.put(PLANS + "/rest", "{\"max_devices\": -4}").expectInvalid("#/max_devices");
    assertEquals(plan.json(), api.get(PLANS + "/rest").expect(200).json());
  }

  @Test
  void aPlanInUseStays() {
    api.post(PLANS, "{\"name\": \"used\"}").expect(201);
    Reply license = api.create("used");
    api.delete(PLANS + "/used").expectProblem(409, "PLAN_IN_USE");
    api.delete(path(license)).expect(200);
    api.delete(PLANS + "/used").expectProblem(409, "PLAN_IN_USE");
    api.get(PLANS + "/used").expect(200);
  }

  @Test
  void anUnusedPlanGoes() {
    api.post(PLANS, "{\"name\": \"unused\"}").expect(201);
    api.delete(PLANS + "/unused").expect(204);
    api.get(PLANS + "/unused").expectProblem(404, "NOT_FOUND");
    api.put(PLANS + "/unused", "{}").expectProblem(404, "NOT_FOUND");
    api.delete(PLANS + "/unused").expectProblem(404, "NOT_FOUND");
    api.post(PLANS, "{\"name\": \"unused\"}").expect(201);
  }

  @Test
  void plansAreListedByNameInPages() {
    for (String name : List.of("zz-c", "zz-a", "zz-b")) {
      api.post(PLANS, "{\"name\": \"" + name + "\"}").expect(201);
    }
    Reply first = api.get(PLANS + "?starting_after=zz&limit=2").expect(200);
    assertEquals(List.of("zz-a", "zz-b"), first.texts("/data", "/name"));
    assertTrue(first.at("/has_more").asBoolean());
    Reply second = api.get(PLANS + "?starting_after=zz-b&limit=2").expect(200);
    assertEquals(List.of("zz-c"), second.texts("/data", "/name"));
    assertFalse(second.at("/has_more").asBoolean());
  }

  private static void assertPlan(String name, String domains, String devices) {
    Reply plan = api.get(PLANS + "/" + name).expect(200);
    assertEquals(domains, plan.at("/max_domains").toString());
    assertEquals(devices, plan.at("/max_devices").toString());
    assertEquals("P1Y", plan.text("/duration"));
  }
}
