package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two accounts with equal data: whatever one names of the other's is not there. */
class TenantIsolationTest extends ApiTest {
  private static final String DATA =
      "\"domains\": [\"same.example\"], \"metadata\": {\"order\": \"1\"}";

  /** One account's part of the world. */
  private record Side(TestClient client, Reply license, String seat, String apiKey) {
    static Side create() {
      TestClient client = clientOf(account(", \"quota\": \"unlimited\""));
      client.post(PLANS, "{\"name\": \"same\"}").expect(201);
      String body = "{\"plan\": \"same\", \"customer_email\": \"ada@example.com\", " + DATA + "}";
      Reply license = client.post(LICENSES, body).expect(201);
      client.validate(key(license), "domain", "same.example").expectValid();
      String seat = client.get(path(license) + "/activations").text("/data/0/id");
      String apiKey = client.get(API_KEYS).text("/data/0/id");
      return new Side(client, license, seat, apiKey);
    }

    String id() {
      return license.text("/id");
    }
  }

  private final Side a = Side.create();
  private final Side b = Side.create();

  @Test
  void idsInPathsAreNotFound() {
    Reply unknown = a.client().get(LICENSES + "/lic_00000000000000000000000000").expect(404);
    for (String path :
        List.of(
            path(b.license()), path(b.license()) + "/activations", path(b.license()) + "/usage")) {
      Reply foreign = a.client().get(path).expect(404);
      assertEquals(unknown.text(), foreign.text());
    }
    a.client().get(API_KEYS + "/" + b.apiKey()).expectProblem(404, "NOT_FOUND");
    a.client().delete(API_KEYS + "/" + b.apiKey()).expectProblem(404, "NOT_FOUND");
    a.client().post(API_KEYS + "/" + b.apiKey() + "/rotate", "{}").expectProblem(404, "NOT_FOUND");
    String mixed = path(a.license()) + "/activations/" + b.seat();
    a.client().delete(mixed).expectProblem(404, "NOT_FOUND");
    assertEquals(b.seat(), b.client().get(path(b.license()) + "/activations").text("/data/0/id"));
    b.client().get(ACCOUNT).expect(200);
  }

  @Test
  void filtersFindTheOwnOnly() {
    for (String filter :
        List.of(
            "customer_email=ada@example.com",
            "domain=same.example",
            "plan=same",
            "status=active",
            "expires_after=2000-01-01T00:00:00Z")) {
      Reply found = a.client().get(LICENSES + "?" + filter).expect(200);
      assertTrue(List.of(a.id()).containsAll(found.texts("/data", "/id")), found::text);
    }
    assertEquals(0, a.client().get(LICENSES + "?key=" + key(b.license())).at("/data").size());
    assertEquals(1, a.client().get(LICENSES + "?key=" + key(a.license())).at("/data").size());
  }

  @Test
  void cursorsArePositionsInTheOwnList() {
    Reply after = a.client().get(LICENSES + "?starting_after=" + b.id()).expect(200);
    assertTrue(List.of(a.id()).containsAll(after.texts("/data", "/id")), after::text);
    String cursor = b.client().get(path(b.license()) + "/usage").text("/data/0/id");
    Reply usage = a.client().get(path(a.license()) + "/usage?starting_after=" + cursor);
    assertTrue(usage.expect(200).at("/data").size() <= 1, usage::text);
    Reply seats = a.client().get(path(a.license()) + "/activations?starting_after=" + b.seat());
    assertTrue(seats.expect(200).at("/data").size() <= 1, seats::text);
    Reply keys = a.client().get(API_KEYS + "?starting_after=" + b.apiKey()).expect(200);
    assertTrue(List.of(a.apiKey()).containsAll(keys.texts("/data", "/id")), keys::text);
  }

  @Test
  void namesInBodiesMeanTheOwn() {
    b.client().post(PLANS, "{\"name\": \"secret\"}").expect(201);
    String create = "{\"plan\": \"secret\", \"customer_email\": \"e@e\"}";
    a.client().post(LICENSES, create).expectInvalid("#/plan");
    a.client().put(path(a.license()), "{\"plan\": \"secret\"}").expectInvalid("#/plan");
    a.client().put(PLANS + "/same", "{\"max_domains\": 9}").expect(200);
    assertTrue(b.client().get(PLANS + "/same").at("/max_domains").isNull());
    assertEquals(9, fresh(a).number("/max_domains"));
    assertTrue(fresh(b).at("/max_domains").isNull());
  }

  @Test
  void idsInBodiesAreNotFound() {
    Reply batch =
        a.client()
            .post(LICENSES + "/batch", "{\"action\": \"revoke\", \"ids\": [\"" + b.id() + "\"]}");
    assertEquals("NOT_FOUND", batch.expect(200).text("/results/0/code"));
    String filter = "{\"action\": \"revoke\", \"filter\": {\"key\": \"" + key(b.license()) + "\"}";
    Reply byKey = a.client().post(LICENSES + "/batch", filter + "}");
    assertTrue(byKey.status() == 400 || byKey.at("/results").isEmpty(), byKey::text);
    Reply after =
        a.client()
            .post(
                LICENSES + "/batch",
                "{\"action\": \"suspend\", \"filter\": {\"plan\": \"same\"}, \"starting_after\": \""
                    + b.id()
                    + "\"}");
    assertTrue(List.of(a.id()).containsAll(after.expect(200).texts("/results", "/id")));
    assertEquals("active", fresh(b).text("/status"));
    b.client().post("/api/v1/products", "{\"name\": \"hidden\"}").expect(201);
    String create = "{\"plan\": \"same\", \"product\": \"hidden\", \"customer_email\": \"e@e\"}";
    a.client().post(LICENSES, create).expectInvalid("#/product");
  }

  @Test
  void theLogAndTheExportShowTheOwnOnly() {
    String target = "/api/v1/audit-log?target=";
    for (String id : List.of(b.id(), b.apiKey())) {
      assertEquals(0, a.client().get(target + id).expect(200).at("/data").size());
      assertFalse(b.client().get(target + id).expect(200).at("/data").isEmpty());
    }
    String cursor = b.client().get(target + b.id()).text("/data/0/id");
    Reply log = a.client().get("/api/v1/audit-log?limit=1000&starting_after=" + cursor);
    assertFalse(log.expect(200).text().contains(b.id()), log::text);
    String export = a.client().get(LICENSES + "/export").expect(200).text();
    assertTrue(export.contains(key(a.license())) && !export.contains(key(b.license())), export);
    for (String filter : List.of("key=" + key(b.license()), "starting_after=" + b.id())) {
      Reply reply = a.client().get(LICENSES + "/export?" + filter);
      assertFalse(reply.text().contains(key(b.license())), reply::text);
    }
  }

  @Test
  void historiesAndCountsAreApart() {
    a.client().validate(key(a.license()), "domain", "same.example").expectValid();
    assertEquals(2, fresh(a).number("/validation_count"));
    assertEquals(1, fresh(b).number("/validation_count"));
    assertEquals(2, a.client().get(ACCOUNT).number("/usage/validations/used"));
    assertEquals(1, b.client().get(ACCOUNT).number("/usage/validations/used"));
  }

  @Test
  void keysOfBothAccountsMayBeEqual() {
    String body = "{\"plan\": \"same\", \"customer_email\": \"e@e\", \"key\": \"equal-key-1\"}";
    Reply first = a.client().post(LICENSES, body).expect(201);
    b.client().post(LICENSES, body).expect(201);
    assertEquals(first.text("/id"), api.validate("equal-key-1").text("/license/id"));
  }

  private static Reply fresh(Side side) {
    return side.client().get(path(side.license())).expect(200);
  }
}
