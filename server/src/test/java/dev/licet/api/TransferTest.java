package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Import and export. */
class TransferTest extends ApiTest {
  private static final String IMPORT = LICENSES + "/import";
  private static final String EXPORT = LICENSES + "/export";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static Reply send(TestClient client, String type, String body) {
    return client.with("Content-Type", type).post(IMPORT, body);
  }

  private static List<JsonNode> ndjson(String... lines) {
    return report(send(api, "application/x-ndjson", String.join("\n", lines)));
  }

  private static List<JsonNode> csv(String... lines) {
    return report(send(api, "text/csv; charset=utf-8", String.join("\r\n", lines)));
  }

  private static List<JsonNode> report(Reply reply) {
    return lines(reply.expect(200).text());
  }

  private static List<JsonNode> lines(String text) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.lines().toList()) {
      try {
        lines.add(MAPPER.readTree(line));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return lines;
  }

  private static void assertSummary(List<JsonNode> report, int created, int exists, int failed) {
    JsonNode summary = report.getLast();
    assertTrue(summary.path("done").asBoolean(), summary::toString);
    assertEquals(created, summary.path("created").intValue(), report::toString);
    assertEquals(exists, summary.path("exists").intValue(), report::toString);
    assertEquals(failed, summary.path("failed").intValue(), report::toString);
    assertEquals(created + exists + failed + 1, report.size());
  }

  private static String line(String key, String more) {
    return "{\"plan\": \"starter\", \"customer_email\": \"import@example.com\", \"key\": \""
        + key
        + "\""
        + more
        + "}";
  }

  private static Reply read(JsonNode reported) {
    return api.get(LICENSES + "/" + reported.path("id").textValue()).expect(200);
  }

  @Test
  void aLicenseKeepsItsKeyAndItsPast() {
    String past =
        """
        , "status": "suspended", "status_reason": "unpaid", "created_at": "2019-03-01T09:00:00Z",
         "duration": "P20Y", "domains": ["a.example"], "devices": ["f1"], "max_devices": null,
         "metadata": {"order": "7"}, "counters": {"exports": {"limit": 10}},
         "counters_used": {"exports": 4}\
        """;
    List<JsonNode> report = ndjson(line("PAST-KEY-1", past.replace("\n", "")));
    assertSummary(report, 1, 0, 0);
    Reply license = read(report.getFirst());
    assertEquals("PAST-KEY-1", license.text("/key"));
    assertEquals("suspended", license.text("/status"));
    assertEquals("unpaid", license.text("/status_reason"));
    assertEquals("2019-03-01T09:00:00Z", license.text("/created_at"));
    assertEquals("2039-03-01T09:00:00Z", license.text("/expires_at"));
    assertEquals(List.of("a.example"), license.texts("/domains"));
    assertEquals(List.of("f1"), license.texts("/devices"));
    assertEquals(6, license.number("/counters/exports/remaining"));
    api.validate("PAST-KEY-1").expectRefused("LICENSE_SUSPENDED");
  }

  @Test
  void aLineThatIsWrongFailsAlone() {
    List<JsonNode> report =
        ndjson(
            line("ALONE-KEY-1", ""),
            "not json",
            "",
            line("ALONE-KEY-2", ", \"account_id\": 1"),
            line("ALONE-KEY-3", ", \"plan\": \"starter\""),
            "{\"plan\": \"nosuch\", \"customer_email\": \"a@b\"}",
            line("ALONE-KEY-4", ", \"domains\": [\"a.example\", \"b.example\"]"),
            line("ALONE-KEY-5", ", \"created_at\": \"2099-01-01T00:00:00Z\""),
            line("ALONE-KEY-6", ", \"metadata\": {\"x\": \"" + "y".repeat(1_100_000) + "\"}"),
            line("ALONE-KEY-1", ""),
            line("TO-ZAB5-RRB1-46VH-74F5", ""),
            "{\"plan\": \"starter\", \"customer_email\": \"a@b\"}");
    assertSummary(report, 2, 1, 8);
    assertEquals(
        List.of(1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12),
        report.subList(0, 11).stream().map(line -> line.path("line").intValue()).toList());
    assertEquals("MALFORMED_JSON", report.get(1).path("code").textValue());
    assertEquals("#/account_id", report.get(2).at("/errors/0/pointer").textValue());
    assertEquals("#/plan", report.get(4).at("/errors/0/pointer").textValue());
    assertEquals("DOMAIN_LIMIT_REACHED", report.get(5).path("code").textValue());
    assertEquals("#/created_at", report.get(6).at("/errors/0/pointer").textValue());
    assertEquals("PAYLOAD_TOO_LARGE", report.get(7).path("code").textValue());
    assertEquals(report.getFirst().path("id"), report.get(8).path("id"));
    assertEquals("#/key", report.get(9).at("/errors/0/pointer").textValue());
  }

  @Test
  void fieldsThatNobodyMaySetAreRefused() {
    for (String field :
        List.of("account_id", "validation_count", "id", "updated_at", "live", "no")) {
      List<JsonNode> report = ndjson(line("NOBODY-KEY", ", \"" + field + "\": 1"));
      assertSummary(report, 0, 0, 1);
      assertEquals("#/" + field, report.getFirst().at("/errors/0/pointer").textValue());
    }
  }

  @Test
  void anIdempotencyKeyIsRefusedSinceTheReportIsNotKept() {
    send(api.with("Idempotency-Key", "a"), "application/x-ndjson", line("IDEMPOTENT-KEY", ""))
        .expectProblem(400, "INVALID_REQUEST");
    assertSummary(ndjson(line("IDEMPOTENT-KEY", "")), 1, 0, 0);
  }

  @Test
  void whatIsImportedIsRecordedWithItsOrigin() {
    List<JsonNode> report = ndjson(line("RECORDED-KEY", ""));
    String id = report.getFirst().path("id").textValue();
    Reply log = api.get("/api/v1/audit-log?target=" + id).expect(200);
    assertEquals("license.created", log.text("/data/0/action"));
    assertTrue(log.text("/data/0/actor").startsWith("api_key:"), log::text);
    assertTrue(log.text("/data/0/request_id").startsWith("req_"), log::text);
  }

  @Test
  void theQuotaOfTheAccountHolds() {
    TestClient small = clientOf(account(", \"quota\": \"free\""));
    String[] lines = new String[8];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line("QUOTA-KEY-" + i, i == 0 ? ", \"status\": \"revoked\"" : "");
    }
    List<JsonNode> report = report(send(small, "application/x-ndjson", String.join("\n", lines)));
    assertSummary(report, 6, 0, 2);
    assertEquals("QUOTA_EXCEEDED", report.get(7).path("code").textValue());
  }

  @Test
  void theSameFileAgainChangesNothing() {
    String[] lines = {line("AGAIN-KEY-1", ""), line("AGAIN-KEY-2", "")};
    assertSummary(ndjson(lines), 2, 0, 0);
    assertSummary(ndjson(lines), 0, 2, 0);
  }

  @Test
  void manyLinesAreReportedInTheirOrder() {
    String[] lines = new String[730];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = i % 100 == 99 ? "{}" : line("MANY-KEY-" + i, "");
    }
    List<JsonNode> report = ndjson(lines);
    assertSummary(report, 723, 0, 7);
    for (int i = 0; i < lines.length; i++) {
      assertEquals(i + 1, report.get(i).path("line").intValue());
    }
    assertEquals("MANY-KEY-700", read(report.get(700)).text("/key"));
  }

  @Test
  void aTableIsReadByItsHeader() {
    List<JsonNode> report =
        csv(
            "\ufeffKEY,customer_email,plan,expires_at,max_domains,domains,metadata",
            "CSV-KEY-1,a@b,starter,never,unlimited,a.example; *.b.example,\"{\"\"n\"\":"
                + " \"\"1\"\"}\"",
            "CSV-KEY-2,a@b,starter",
            "CSV-KEY-3,a@b,starter,tomorrow,-1,,{}",
            "\"'=CSV-KEY-4\",a@b,starter,,,,");
    assertSummary(report, 2, 0, 2);
    Reply first = read(report.getFirst());
    assertTrue(first.at("/expires_at").isNull());
    assertTrue(first.at("/max_domains").isNull());
    assertEquals(List.of("a.example", "*.b.example"), first.texts("/domains"));
    assertEquals("1", first.text("/metadata/n"));
    assertEquals(3, report.get(1).path("line").intValue());
    assertEquals(2, report.get(2).path("errors").size());
    assertEquals("=CSV-KEY-4", read(report.get(3)).text("/key"));
  }

  @Test
  void aRecordInAnotherEncodingFailsAlone() {
    String table = "plan,customer_email,customer_name\r\nstarter,a@b,%s\r\nstarter,a@b,Ada\r\n";
    byte[] latin1 = table.formatted("M\u00fcller").getBytes(StandardCharsets.ISO_8859_1);
    List<JsonNode> report =
        report(
            api.with("Content-Type", "text/csv")
                .send("POST", IMPORT, BodyPublishers.ofByteArray(latin1)));
    assertSummary(report, 1, 0, 1);
    assertEquals("is not in UTF-8", report.getFirst().at("/errors/0/detail").textValue());
    byte[] utf16 = table.formatted("Ada").getBytes(StandardCharsets.UTF_16);
    api.with("Content-Type", "text/csv")
        .send("POST", IMPORT, BodyPublishers.ofByteArray(utf16))
        .expectProblem(400, "INVALID_REQUEST");
  }

  @Test
  void aTableThatCannotBeReadOnSaysSo() {
    Reply unknown = send(api, "text/csv", "plan,customer_email,license_id\r\nstarter,a@b,1");
    unknown.expectProblem(400, "INVALID_REQUEST");
    send(api, "text/csv", "").expectProblem(400, "INVALID_REQUEST");
    send(api, "text/csv", "plan,plan").expectProblem(400, "INVALID_REQUEST");
    List<JsonNode> broken =
        csv("plan,customer_email", "starter,a@b", "starter,\"a@b" + "x".repeat(2_500_000));
    assertFalse(broken.getLast().path("done").asBoolean(), broken::toString);
    assertEquals("INVALID_REQUEST", broken.getLast().path("code").textValue());
    assertEquals(1, broken.getLast().path("created").intValue());
  }

  @Test
  void onlyTheTwoFormatsAreTaken() {
    send(api, "application/json", "{}").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    api.without("Content-Type").post(IMPORT, "").expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
    send(api.without("Authorization"), "text/csv", "plan").expectProblem(401, "UNAUTHORIZED");
    assertSummary(ndjson(""), 0, 0, 0);
    api.get(IMPORT).expectProblem(404, "NOT_FOUND");
    api.get(EXPORT + "?format=xml").expectInvalid("?format");
  }

  @Test
  void whatIsExportedCanBeImportedElsewhereAndIsTheSame() {
    awkwardLicenses();
    String filter = "customer_email=awkward@example.com";
    String exported = api.get(EXPORT + "?" + filter).expect(200).text();
    String table = api.with("Accept", "text/csv").get(EXPORT + "?" + filter).expect(200).text();
    assertEquals(7, exported.lines().count());
    for (String type : List.of("application/x-ndjson", "text/csv")) {
      boolean csv = type.equals("text/csv");
      try (TestServer other = TestServer.start(TestDatabase.SQLITE)) {
        TestClient elsewhere = other.client();
        elsewhere.post(PLANS, "{\"name\": \"counting\", \"counters\": {\"c\": {\"limit\": 9}}}");
        elsewhere.post("/api/v1/products", "{\"name\": \"odd\"}");
        List<JsonNode> report = report(send(elsewhere, type, csv ? table : exported));
        assertSummary(report, 7, 0, 0);
        String again = elsewhere.get(EXPORT).expect(200).text();
        assertEquals(
            new TreeSet<>(lines(exported).stream().map(JsonNode::toString).toList()),
            new TreeSet<>(lines(again).stream().map(JsonNode::toString).toList()));
      }
    }
  }

  @Test
  void aSpreadsheetFindsNoFormula() {
    api.create("starter", "customer_name", "=HYPERLINK(1)", "key", "+FORMULA-KEY");
    String table = api.get(EXPORT + "?format=csv&key=%2BFORMULA-KEY").expect(200).text();
    assertEquals(2, table.lines().count());
    assertTrue(table.contains(",'=HYPERLINK(1),"), table);
    assertTrue(table.contains("\n'+FORMULA-KEY,"), table);
    api.create("starter", "customer_name", "Bob;=HYPERLINK(A1)", "key", "SPLIT-KEY-1");
    String split = api.get(EXPORT + "?format=csv&key=SPLIT-KEY-1").expect(200).text();
    assertTrue(split.contains(",Bob;'=HYPERLINK(A1),"), split);
  }

  @Test
  void anExportIsAsLongAsItTakes() {
    String[] lines = new String[450];
    for (int i = 0; i < lines.length; i++) {
      lines[i] = line("LONG-KEY-" + i, "").replace("import@", "long@");
    }
    assertSummary(ndjson(lines), 450, 0, 0);
    Reply export = api.get(EXPORT + "?customer_email=LONG@example.com").expect(200);
    assertEquals(450, export.text().lines().distinct().count());
    assertEquals(0, api.get(EXPORT + "?domain=not..a..domain").expect(200).body().length);
  }

  private static void awkwardLicenses() {
    String email = "\"customer_email\": \"awkward@example.com\"";
    api.post(PLANS, "{\"name\": \"counting\", \"counters\": {\"c\": {\"limit\": 9}}}");
    api.post("/api/v1/products", "{\"name\": \"odd\"}");
    String[] bodies = {
      "\"plan\": \"starter\", \"customer_name\": \"=1+1;=2;'-3;''+4; \\\"@5\", \"metadata\":"
          + " {\"a\": \"'@x, \\\"y\\\"\", \"b;=c\": \";'=d;\\\"-e\"}",
      "\"plan\": \"starter\", \"expires_at\": null, \"max_domains\": null, \"features\": [],"
          + " \"limits\": {}, \"expiry_strategy\": \"refuse\", \"trial\": true, \"ip_allowlist\":"
          + " []",
      "\"plan\": \"starter\", \"duration\": \"P1M\", \"expires_from\": \"first_validation\"",
      "\"plan\": \"professional\", \"max_devices\": 0, \"domains\": [\"*.a.example\","
          + " \"b.example\"]",
      "\"plan\": \"counting\", \"counters\": {\"d\": {\"limit\": null, \"reset\": \"monthly\"}}",
      "\"plan\": \"enterprise\", \"key\": \"-key; with 'odd' \\\"signs\\\"\", \"features\":"
          + " [\"a\"]",
      "\"plan\": \"starter\", \"duration\": \"P1M\", \"expires_from\": \"first_validation\","
          + " \"limits\": {\"a\": 1}, \"expiry_strategy\": \"grace\", \"grace_days\": 3,"
          + " \"min_version\": \"1.0.0\", \"product\": \"odd\", \"seat_release\": {\"by\":"
          + " \"anyone\", \"per_week\": 2}, \"ip_allowlist\": [\"127.0.0.0/8\"]",
    };
    List<Reply> licenses = new ArrayList<>();
    for (String body : bodies) {
      licenses.add(api.post(LICENSES, "{" + email + ", " + body + "}").expect(201));
    }
    api.validate(key(licenses.get(3)), "domain", "x.a.example").expectValid();
    api.validate(key(licenses.get(5)), "fingerprint", "[\"odd; one\n").expectValid();
    api.validate(key(licenses.get(6)), "product", "odd", "version", "1.2.3").expectValid();
    api.post(path(licenses.get(4)) + "/consume", "{\"name\": \"c\", \"amount\": 3}").expect(200);
    api.post(path(licenses.get(1)) + "/suspend", "{\"reason\": \"line\\nbreak\"}").expect(200);
    api.delete(path(licenses.get(0))).expect(200);
  }
}
