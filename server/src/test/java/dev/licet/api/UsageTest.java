package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class UsageTest extends ApiTest {
  @Test
  void everyValidationOfALicenseStandsInItsHistory() {
    Reply license = api.create("starter");
    Reply first =
        api.validate(key(license), "domain", "WWW.one.example", "fingerprint", "f1").expectValid();
    api.validate(key(license), "domain", "two.example").expectRefused("DOMAIN_LIMIT_REACHED");
    api.validate(key(license), "domain", "Not A Domain").expectRefused("DOMAIN_INVALID");
    Reply usage = usage(license, "");
    assertEquals(List.of("refused", "refused", "valid"), usage.texts("/data", "/outcome"));
    assertEquals("DOMAIN_INVALID", usage.text("/data/0/reason"));
    assertEquals("Not A Domain", usage.text("/data/0/domain"));
    assertEquals("DOMAIN_LIMIT_REACHED", usage.text("/data/1/reason"));
    assertEquals("two.example", usage.text("/data/1/domain"));
    assertNull(usage.text("/data/2/reason"));
    assertEquals("one.example", usage.text("/data/2/domain"));
    assertEquals("f1", usage.text("/data/2/fingerprint"));
    assertEquals("127.0.0.0", usage.text("/data/2/ip"));
    assertEquals(first.text("/checked_at"), usage.text("/data/2/at"));
    assertFalse(usage.at("/has_more").asBoolean());
  }

  @Test
  void theSummaryCountsByOutcome() {
    Reply license = api.create("starter");
    for (int i = 0; i < 3; i++) {
      api.validate(key(license), "domain", "one.example").expectValid();
    }
    api.validate(key(license), "domain", "two.example").expectRefused("DOMAIN_LIMIT_REACHED");
    api.post(path(license) + "/suspend", "{}").expect(200);
    api.validate(key(license)).expectRefused("LICENSE_SUSPENDED");
    Reply usage = usage(license, "?limit=1");
    assertEquals(5, usage.number("/summary/total"));
    assertEquals(5, usage.number("/summary/last_24h"));
    assertEquals(5, usage.number("/summary/last_30d"));
    assertEquals(3, usage.number("/summary/by_outcome/valid"));
    assertEquals(1, usage.number("/summary/by_outcome/DOMAIN_LIMIT_REACHED"));
    assertEquals(1, usage.number("/summary/by_outcome/LICENSE_SUSPENDED"));
    assertTrue(usage.at("/has_more").asBoolean());
  }

  @Test
  void aLicenseThatWasNeverAskedForHasAnEmptyHistory() {
    Reply usage = usage(api.create("starter"), "");
    assertEquals(0, usage.at("/data").size());
    assertEquals(0, usage.number("/summary/total"));
    assertEquals(0, usage.number("/summary/by_outcome/valid"));
  }

  @Test
  void pagesFollowEachOther() {
    Reply license = api.create("enterprise");
    List<String> domains = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      domains.addFirst("d" + i + ".example");
      api.validate(key(license), "domain", domains.getFirst()).expectValid();
    }
    List<String> seen = new ArrayList<>();
    String after = "";
    boolean more = true;
    while (more) {
      Reply page = usage(license, "?limit=3" + after);
      seen.addAll(page.texts("/data", "/domain"));
      more = page.at("/has_more").asBoolean();
      after = "&starting_after=" + page.texts("/data", "/id").getLast();
      assertTrue(seen.size() <= 7);
    }
    assertEquals(domains, seen);
  }

  @Test
  void timesAndOutcomesNarrowTheHistoryButNotTheSummary() throws InterruptedException {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "one.example").expectValid();
    Thread.sleep(5);
    Reply second = api.validate(key(license), "domain", "one.example").expectValid();
    Thread.sleep(5);
    api.validate(key(license), "domain", "two.example").expectRefused("DOMAIN_LIMIT_REACHED");
    String at = second.text("/checked_at");
    assertEquals(
        List.of("refused", "valid"), usage(license, "?from=" + at).texts("/data", "/outcome"));
    assertEquals(List.of("valid"), usage(license, "?to=" + at).texts("/data", "/outcome"));
    assertEquals(
        List.of("two.example"), usage(license, "?outcome=refused").texts("/data", "/domain"));
    Reply valid = usage(license, "?outcome=valid&from=" + at);
    assertEquals(List.of(at), valid.texts("/data", "/at"));
    assertEquals(3, valid.number("/summary/total"));
  }

  @Test
  void wrongParametersAreNamed() {
    Reply license = api.create("starter");
    for (String parameter :
        List.of(
            "outcome=maybe",
            "from=x",
            "to=",
            "limit=0",
            "starting_after=x",
            "page=2",
            "starting_after=zzzzzzzzzzzz-zzzzzzzzzzzzz")) {
      String name = parameter.substring(0, parameter.indexOf('='));
      api.get(path(license) + "/usage?" + parameter).expectInvalid("?" + name);
    }
    usage(license, "?starting_after=zzzzzzzzzzzz-zzzzzzzzzzzz");
    usage(license, "?starting_after=0-0");
  }

  @Test
  void countsAreExactRightAfterTheAnswersAndStaySo() throws Exception {
    Reply license = api.create("enterprise");
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      String domain = "d" + i % 5 + ".example";
      calls.add(() -> api.validate(key(license), "domain", domain).expectValid());
    }
    try (ExecutorService clients = Executors.newFixedThreadPool(16)) {
      for (var call : clients.invokeAll(calls)) {
        call.get();
      }
    }
    assertCounts(license);
    Thread.sleep(300);
    assertCounts(license);
    restart();
    assertCounts(license);
  }

  @Test
  void theTailOfALongRecordedTextIsCutBetweenCharacters() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "x" + "🚀".repeat(200)).expectRefused("DOMAIN_INVALID");
    assertEquals("x" + "🚀".repeat(127), usage(license, "").text("/data/0/domain"));
  }

  private static void assertCounts(Reply license) {
    assertEquals(200, fresh(license).number("/validation_count"));
    Reply seats = api.get(path(license) + "/activations").expect(200);
    for (int i = 0; i < 5; i++) {
      assertEquals(40, seats.number("/data/" + i + "/validation_count"));
    }
    Reply usage = usage(license, "?limit=1");
    assertEquals(200, usage.number("/summary/total"));
    assertEquals(200, usage.number("/summary/by_outcome/valid"));
    assertEquals(fresh(license).text("/last_validated_at"), usage.text("/data/0/at"));
  }

  private static Reply usage(Reply license, String query) {
    return api.get(path(license) + "/usage" + query).expect(200);
  }
}
