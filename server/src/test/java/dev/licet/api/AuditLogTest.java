package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.Reply;
import dev.licet.TestClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AuditLogTest extends ApiTest {
  private static final String LOG = "/api/v1/audit-log";

  @Test
  void aChangeIsThereWithItsActorItsOriginAndBothStates() {
    Reply license = api.create("starter");
    Reply suspended = api.post(path(license) + "/suspend", "{\"reason\": \"overdue\"}").expect(200);
    JsonNode row = log("target=" + license.text("/id") + "&action=license.suspended").get(0);
    assertTrue(row.get("actor").textValue().startsWith("api_key:key_"), row::toString);
    assertEquals("127.0.0.1", row.get("address").textValue());
    assertEquals(suspended.header("Request-Id"), row.get("request_id").textValue());
    assertEquals("overdue", row.get("reason").textValue());
    assertEquals("active", row.at("/before/status").textValue());
    assertEquals("suspended", row.at("/after/status").textValue());
    assertTrue(row.get("live").booleanValue());
  }

  @Test
  void noKeyIsInIt() {
    Reply license = api.create("starter");
    String second = api.post(path(license) + "/rotate", "{}").text("/key");
    String text = api.get(LOG + "?target=" + license.text("/id")).expect(200).text();
    assertFalse(text.contains(key(license)) || text.contains(second), text);
    assertTrue(text.contains("TO-****-****-****-"), text);
  }

  @Test
  void whatALicensedApplicationDidIsThere() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "a.example").expectValid();
    api.post("/api/v1/deactivate", "{\"key\": \"" + key(license) + "\", \"domain\": \"a.example\"}")
        .expect(200);
    JsonNode rows = log("actor=application&target=" + license.text("/id"));
    assertEquals(
        List.of("activation.removed", "activation.created", "license.activated"), actions(rows));
    for (JsonNode row : rows) {
      assertEquals("127.0.0.1", row.get("address").textValue());
    }
    assertEquals("a.example", rows.get(0).at("/before/value").textValue());
    assertTrue(rows.get(0).get("after").isNull());
    assertTrue(rows.get(0).get("request_id").textValue().startsWith("req_"));
    assertTrue(rows.get(1).get("request_id").isNull());
  }

  @Test
  void plansAreThereWithAllThatTheySay() {
    String plan = PLANS + "/audited";
    api.post(PLANS, "{\"name\": \"audited\", \"duration\": \"P1M\"}").expect(201);
    api.put(plan, "{\"features\": [\"export\"], \"max_domains\": 3}").expect(200);
    api.delete(plan).expect(204);
    JsonNode rows = log("target=audited");
    assertEquals(List.of("plan.deleted", "plan.updated", "plan.created"), actions(rows));
    assertEquals("[\"export\"]", rows.get(1).at("/after/features").toString());
    assertEquals(3, rows.get(1).at("/after/max_domains").intValue());
    assertEquals("P1M", rows.get(1).at("/before/duration").textValue());
    assertFalse(rows.get(1).get("after").has("no"));
    assertTrue(rows.get(1).get("live").isNull());
  }

  @Test
  void whatWasRefusedOrRepeatedIsNotThere() {
    Reply license = api.create("starter");
    api.put(path(license), "{\"plan\": \"none\"}").expect(400);
    api.put(path(license), "{}").expect(200);
    var once = api.with("Idempotency-Key", "audited-once");
    once.post(path(license) + "/suspend", "{}").expect(200);
    once.post(path(license) + "/suspend", "{}").expect(200);
    assertEquals(
        List.of("license.suspended", "license.created"),
        actions(log("target=" + license.text("/id"))));
  }

  @Test
  void pagesFollowOneAnotherAndRowsAreCounted() {
    Reply license = api.create("starter");
    for (int i = 1; i <= 6; i++) {
      api.put(path(license), "{\"max_devices\": " + (10 + i) + "}").expect(200);
    }
    String query = LOG + "?limit=2&target=" + license.text("/id");
    List<Integer> seqs = new ArrayList<>();
    String next = query;
    for (int page = 0; page < 4; page++) {
      Reply reply = api.get(next).expect(200);
      reply.at("/data").forEach(row -> seqs.add(row.get("seq").intValue()));
      assertEquals(page < 3, reply.at("/has_more").booleanValue());
      next = query + "&starting_after=" + reply.texts("/data", "/id").getLast();
    }
    assertEquals(7, seqs.size());
    assertEquals(seqs.stream().sorted((a, b) -> b - a).distinct().toList(), seqs);
  }

  @Test
  void timesBoundThePage() {
    Reply license = api.create("starter");
    String created = license.text("/created_at");
    String target = "target=" + license.text("/id");
    assertEquals(1, log(target + "&from=" + created).size());
    assertEquals(0, log(target + "&to=" + created).size());
    api.get(LOG + "?from=yesterday").expectInvalid("?from");
    api.get(LOG + "?format=xml").expectInvalid("?format");
    api.get(LOG + "?limit=1001").expectInvalid("?limit");
    api.get(LOG + "?who=me").expectInvalid("?who");
    assertEquals(0, log("target=%27%3B--&actor=x&action=y").size());
  }

  @Test
  void itIsExportedAsLinesOfJson() throws Exception {
    Reply license = api.create("starter");
    api.delete(path(license)).expect(200);
    String query = LOG + "?limit=1&target=" + license.text("/id");
    Reply first = api.with("Accept", "application/x-ndjson;q=0.9").get(query).expect(200);
    assertEquals("application/x-ndjson; charset=utf-8", first.header("Content-Type"));
    assertEquals(1, first.text().lines().count());
    JsonNode row = new ObjectMapper().readTree(first.text());
    assertEquals("license.revoked", row.get("action").textValue());
    String next = first.header("Link").replaceAll("<(.*)>; rel=\"next\"", "$1");
    Reply second = api.get(next).expect(200);
    assertEquals(List.of("license.created"), List.of(second.json().get("action").textValue()));
    assertEquals(null, second.header("Link"));
  }

  @Test
  void itIsExportedAsCsv() {
    Reply license = api.create("starter");
    api.post(path(license) + "/suspend", "{\"reason\": \"=1+1, \\\"so\\\"\"}").expect(200);
    Reply csv = api.get(LOG + "?format=csv&target=" + license.text("/id")).expect(200);
    assertEquals("text/csv; charset=utf-8", csv.header("Content-Type"));
    List<String> lines = csv.text().lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.getFirst().startsWith("id,seq,at,live,actor,address,"), csv::text);
    assertTrue(lines.get(1).contains(",\"'=1+1, \"\"so\"\"\",\"{\"\"id\"\":"), csv::text);
  }

  @Test
  void aSpreadsheetFindsNoFormula() {
    for (String[] reason :
        new String[][] {
          {"Bob;=HYPERLINK(A1)", ",Bob;'=HYPERLINK(A1),"},
          {"\uff1d1+1", ",'\uff1d1+1,"},
          {"\\n=1+1", ",\"'\n'=1+1\","},
          {"\\t=1+1", ",'\t'=1+1,"}
        }) {
      Reply license = api.create("starter");
      api.post(path(license) + "/suspend", "{\"reason\": \"" + reason[0] + "\"}").expect(200);
      String csv = api.get(LOG + "?format=csv&target=" + license.text("/id")).expect(200).text();
      assertTrue(csv.contains(reason[1]), csv);
    }
  }

  @Test
  void largeRowsAreReadToTheEnd() throws IOException {
    TestClient client = clientOf(account(""));
    int changes = 60;
    for (int i = 1; i <= changes; i++) {
      String html = "<p>" + "x".repeat(39_000) + "</p>";
      String template = "{\"subject\": \"s%d\", \"text\": \"t\", \"html\": \"%s\"}";
      client.put("/api/v1/mail-template", template.formatted(i, html)).expect(200);
    }
    String query = LOG + "?target=mail_template&limit=";
    List<JsonNode> lines = new ArrayList<>();
    for (String line : client.get(query + "1000&format=ndjson").text().lines().toList()) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertEquals(changes, lines.size());
    for (int i = 0; i < changes; i++) {
      assertEquals("s" + (changes - i), lines.get(i).at("/after/subject").textValue());
    }
    String table = client.get(query + "1000&format=csv").expect(200).text();
    List<String> ids = lines.stream().map(row -> row.get("id").textValue()).toList();
    assertEquals(ids, table.lines().skip(1).map(line -> line.substring(0, 30)).toList());
    List<JsonNode> paged = new ArrayList<>();
    Reply page = client.get(query + "1000").expect(200);
    while (page.at("/has_more").booleanValue()) {
      assertTrue(page.body().length < 1_200_000);
      page.at("/data").forEach(paged::add);
      String after = page.texts("/data", "/id").getLast();
      page = client.get(query + "1000&starting_after=" + after).expect(200);
    }
    page.at("/data").forEach(paged::add);
    assertEquals(lines, paged);
    Reply first = client.get(query + "7&format=ndjson").expect(200);
    assertEquals(7, first.text().lines().count());
    assertTrue(first.header("Link").contains("&limit=7&"), first.header("Link"));
    assertTrue(first.header("Link").contains("starting_after=" + ids.get(6) + ">; rel=\"next\""));
  }

  private static JsonNode log(String query) {
    return api.get(LOG + "?" + query).expect(200).at("/data");
  }

  private static List<String> actions(JsonNode rows) {
    List<String> actions = new ArrayList<>();
    rows.forEach(row -> actions.add(row.get("action").textValue()));
    return actions;
  }
}
