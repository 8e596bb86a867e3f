package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class UsageReportTest extends ApiTest {
  private static final String USAGE = "/api/v1/usage";

  @Test
  void useIsCountedByOneOrTwoDimensions() {
    TestClient vendor = clientOf(account(""));
    Reply license = used(vendor);
    Reply byDomain = vendor.get(USAGE + "?group_by=domain,outcome").expect(200);
    assertEquals(List.of("domain", "outcome"), texts(byDomain, "/group_by"));
    assertEquals("UTC", byDomain.text("/timezone"));
    assertEquals(
        List.of("a.example", "b.example", "c.example"), byDomain.texts("/data", "/domain"));
    assertEquals(
        List.of("valid", "valid", "DOMAIN_LIMIT_REACHED"), byDomain.texts("/data", "/outcome"));
    assertEquals(2, byDomain.number("/data/0/valid"));
    assertEquals(1, byDomain.number("/data/2/refused"));
    Reply byLicense = vendor.get(USAGE + "?group_by=license&timezone=Asia/Tokyo").expect(200);
    assertEquals(List.of(license.text("/id")), byLicense.texts("/data", "/license"));
    assertEquals(4, byLicense.number("/data/0/total"));
    assertEquals("Asia/Tokyo", byLicense.text("/timezone"));
    assertEquals(4, vendor.get(USAGE).expect(200).number("/data/0/total"));
  }

  @Test
  void oneLicenseIsReportedOnLikewise() {
    TestClient vendor = clientOf(account(""));
    Reply license = used(vendor);
    used(vendor);
    Reply hours = vendor.get(path(license) + "/usage?group_by=hour,device").expect(200);
    assertEquals(List.of("f1"), hours.texts("/data", "/device").stream().distinct().toList());
    assertEquals(4, total(hours));
    vendor.get(path(license) + "/usage?group_by=plan").expectInvalid("?group_by");
    vendor.get(path(license) + "/usage?group_by=day&limit=2").expectInvalid("?limit");
  }

  @Test
  void whatIsNotAmongTheLargestIsAddedUp() {
    TestClient vendor = clientOf(account(""));
    used(vendor);
    Reply top = vendor.get(USAGE + "?group_by=domain&top=1").expect(200);
    assertEquals("a.example", top.text("/data/0/domain"));
    assertTrue(top.at("/data/1/domain").isNull());
    assertTrue(top.at("/data/1/other").asBoolean());
    assertEquals(2, top.number("/data/1/total"));
  }

  @Test
  void sumsComeAsTablesToo() {
    TestClient vendor = clientOf(account(""));
    used(vendor);
    Reply csv = vendor.with("Accept", "text/csv").get(USAGE + "?group_by=domain").expect(200);
    assertEquals("text/csv; charset=utf-8", csv.header("Content-Type"));
    assertEquals(
        List.of(
            "domain,other,total,valid,refused",
            "a.example,false,2,2,0",
            "b.example,false,1,1,0",
            "c.example,false,1,0,1"),
        csv.text().lines().toList());
    Reply lines = vendor.get(USAGE + "?group_by=domain&format=ndjson").expect(200);
    assertEquals(3, lines.text().lines().count());
  }

  @Test
  void modesAndAccountsAreApart() {
    TestClient vendor = clientOf(account(""));
    used(vendor);
    TestClient other = clientOf(account(""));
    assertEquals(0, other.get(USAGE).expect(200).at("/data").size());
    assertEquals(0, other.get(USAGE + "/summary").expect(200).number("/month/total"));
  }

  @Test
  void theSummaryShowsUseAtAGlance() {
    TestClient vendor = clientOf(account(""));
    used(vendor);
    Reply summary = vendor.get(USAGE + "/summary").expect(200);
    assertEquals(4, summary.number("/today/total"));
    assertEquals(3, summary.number("/month/valid"));
    assertEquals(1, summary.number("/refused/DOMAIN_LIMIT_REACHED"));
    assertEquals(4, summary.number("/quota/validations/used"));
  }

  @Test
  void wrongQuestionsAreNamed() {
    for (String parameter :
        List.of(
            "group_by=",
            "group_by=week",
            "group_by=day,hour",
            "group_by=day,day",
            "group_by=day,domain,country",
            "timezone=Mars/Olympus",
            "timezone=%2B01:00",
            "from=yesterday",
            "top=0",
            "top=1001",
            "format=xml",
            "limit=5",
            "from=2020-01-01T00:00:00Z",
            "to=2020-01-01T00:00:00Z&from=2020-01-01T00:00:00Z",
            "from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z&group_by=hour")) {
      String name = parameter.substring(0, parameter.indexOf('='));
      api.get(USAGE + "?" + parameter).expectInvalid("?" + name);
    }
    api.get(USAGE + "/summary?page=1").expectInvalid("?page");
  }

  /** A licence for two domains that was found valid on two, and refused on a third. */
  private static Reply used(TestClient vendor) {
    vendor.put("/api/v1/plans/pair", "{\"max_domains\": 2, \"max_devices\": null}");
    vendor.post("/api/v1/plans", "{\"name\": \"pair\", \"max_domains\": 2, \"max_devices\": null}");
    Reply license = vendor.create("pair");
    for (String domain : List.of("a.example", "b.example", "a.example")) {
      vendor.validate(key(license), "domain", domain, "fingerprint", "f1").expectValid();
    }
    vendor
        .validate(key(license), "domain", "c.example", "fingerprint", "f1")
        .expectRefused("DOMAIN_LIMIT_REACHED");
    return license;
  }

  private static int total(Reply report) {
    int total = 0;
    for (int i = 0; i < report.at("/data").size(); i++) {
      total += report.number("/data/" + i + "/total");
    }
    return total;
  }

  private static List<String> texts(Reply reply, String pointer) {
    return reply.at(pointer).valueStream().map(node -> node.textValue()).toList();
  }
}
