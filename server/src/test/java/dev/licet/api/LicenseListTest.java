package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LicenseListTest extends ApiTest {
  @Test
  void pagesFollowEachOtherNewestFirst() {
    List<String> created = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      created.addFirst(create("paging@example.com").text("/id"));
    }
    String filter = LICENSES + "?customer_email=paging@example.com";
    assertEquals(created, api.get(filter).texts("/data", "/id"));
    List<String> seen = new ArrayList<>();
    String after = "";
    for (int size : List.of(2, 2, 1)) {
      Reply page = api.get(filter + "&limit=2" + after).expect(200);
      List<String> ids = page.texts("/data", "/id");
      assertEquals(size, ids.size());
      assertEquals(size == 2, page.at("/has_more").asBoolean());
      seen.addAll(ids);
      after = "&starting_after=" + ids.getLast();
    }
    assertEquals(created, seen);
    assertEquals(0, api.get(filter + after).expect(200).at("/data").size());
  }

  @Test
  void aFullLastPageSaysThatNothingFollows() {
    create("full@example.com");
    create("full@example.com");
    Reply page = api.get(LICENSES + "?customer_email=full@example.com&limit=2").expect(200);
    assertEquals(2, page.at("/data").size());
    assertFalse(page.at("/has_more").asBoolean());
  }

  @Test
  void aPageHasTwentyUnlessAskedOtherwise() {
    for (int i = 0; i < 21; i++) {
      create("twenty@example.com");
    }
    Reply page = api.get(LICENSES + "?customer_email=twenty@example.com").expect(200);
    assertEquals(20, page.at("/data").size());
    assertTrue(page.at("/has_more").asBoolean());
    assertEquals(
        21, api.get(LICENSES + "?customer_email=twenty@example.com&limit=100").at("/data").size());
  }

  @Test
  void theStatusIsTheOneOfThisMoment() {
    String email = "status@example.com";
    String active = create(email).text("/id");
    String expired = create(email, "expires_at", "2020-01-01T00:00:00Z").text("/id");
    Reply suspended = create(email, "expires_at", "2020-01-01T00:00:00Z");
    api.post(path(suspended) + "/suspend", "{}").expect(200);
    Reply revoked = create(email);
    api.delete(path(revoked)).expect(200);
    assertEquals(List.of(active), found("status=active&customer_email=" + email));
    assertEquals(List.of(expired), found("status=expired&customer_email=" + email));
    assertEquals(List.of(suspended.text("/id")), found("status=suspended&customer_email=" + email));
    assertEquals(List.of(revoked.text("/id")), found("status=revoked&customer_email=" + email));
  }

  @Test
  void theCustomersLetterCaseDoesNotMatter() {
    String id = create("Mixed.Case@Example.com").text("/id");
    assertEquals(List.of(id), found("customer_email=mixed.case@EXAMPLE.com"));
    assertEquals(List.of(), found("customer_email=mixed.case"));
    assertEquals(List.of(), found("customer_email=%25@example.com"));
  }

  @Test
  void aPlanAndACustomerNarrowTogether() {
    String email = "both@example.com";
    create(email);
    Reply enterprise = api.create("enterprise");
    api.put(path(enterprise), "{\"customer_email\": \"" + email + "\"}").expect(200);
    assertEquals(List.of(enterprise.text("/id")), found("plan=enterprise&customer_email=" + email));
    assertEquals(List.of(), found("plan=professional&customer_email=" + email));
    assertEquals(List.of(), found("plan=none"));
  }

  @Test
  void aDomainIsFoundInAnySpelling() {
    String id = create("domain@example.com", "domains", "[\"münchen.example\"]").text("/id");
    assertEquals(List.of(id), found("domain=" + encoded("https://www.MÜNCHEN.example:8443/a?b")));
    assertEquals(List.of(id), found("domain=xn--mnchen-3ya.example"));
    assertEquals(List.of(), found("domain=sub.xn--mnchen-3ya.example"));
    assertEquals(List.of(), found("domain=" + encoded("no domain")));
    String wild = create("domain@example.com", "domains", "[\"*.wild.example\"]").text("/id");
    assertEquals(List.of(wild), found("domain=" + encoded("*.wild.example")));
    assertEquals(List.of(), found("domain=a.wild.example"));
  }

  @Test
  void aKeyIsFoundInAnySpelling() {
    Reply license = create("key@example.com");
    String id = license.text("/id");
    assertEquals(List.of(id), found("key=" + key(license)));
    assertEquals(List.of(id), found("key=" + encoded(key(license).toLowerCase())));
    assertEquals(List.of(), found("key=nonsense"));
    assertEquals(List.of(), found("key=TO-ZZZZ-ZZZZ-ZZZZ-ZZZZ"));
    Reply brought = api.create("starter", "key", "brought key/1");
    assertEquals(List.of(brought.text("/id")), found("key=" + encoded("brought key/1")));
  }

  @Test
  void expiryIsFromInclusiveToExclusive() {
    String email = "&customer_email=expiry@example.com";
    String early = create("expiry@example.com", "expires_at", "2030-01-01T00:00:00Z").text("/id");
    String late = create("expiry@example.com", "expires_at", "2031-01-01T00:00:00Z").text("/id");
    create("expiry@example.com", "expires_at", "null");
    assertEquals(List.of(early), found("expires_before=2031-01-01T00:00:00Z" + email));
    assertEquals(List.of(late, early), found("expires_after=2030-01-01T00:00:00Z" + email));
    assertEquals(List.of(late), found("expires_after=2030-01-01T01:00:00.001%2B01:00" + email));
    assertEquals(
        List.of(early),
        found(
            "expires_after=2029-01-01T00:00:00Z&expires_before=2030-01-01T00:00:00.001Z" + email));
  }

  @Test
  void wrongParametersAreNamed() {
    for (String parameter :
        List.of(
            "limit=0",
            "limit=101",
            "limit=x",
            "limit=",
            "status=dead",
            "expires_before=tomorrow",
            "expires_after=2030-01-01",
            "colour=red",
            "limit=1&limit=2",
            "plan=%00")) {
      String name = parameter.substring(0, parameter.indexOf('='));
      api.get(LICENSES + "?" + parameter).expectInvalid("?" + name);
    }
  }

  @Test
  void aPositionThatDoesNotExistIsAPositionAllTheSame() {
    create("position@example.com");
    api.get(LICENSES + "?starting_after=nonsense").expect(200);
    for (String none : List.of("", "x".repeat(129))) {
      api.get(LICENSES + "?starting_after=" + none).expectProblem(400, "INVALID_REQUEST");
    }
    assertEquals(
        List.of(),
        found("starting_after=lic_00000000000000000000000000&customer_email=position@example.com"));
  }

  private static Reply create(String email, String... fields) {
    Reply license = api.create("enterprise", fields);
    return api.put(path(license), "{\"plan\": \"starter\", \"customer_email\": \"" + email + "\"}")
        .expect(200);
  }

  private static List<String> found(String query) {
    return api.get(LICENSES + "?" + query).expect(200).texts("/data", "/id");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
