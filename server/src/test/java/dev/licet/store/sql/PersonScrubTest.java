package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PersonScrubTest {
  private final PersonScrub scrub =
      new PersonScrub("ada@example.com", "nobody@erased.invalid", "act_own"::equals);

  @Test
  void aLicenseOfThePersonKeepsWhatTellsNothing() {
    assertScrubbed(
        """
        {"license":{"id":"lic_1","customer_email":"Ada@Example.com","customer_name":"Ada",\
        "status_reason":"Ada did not pay","metadata":{"phone":"1"},"domains":["ada.example"],\
        "devices":["d"],"max_domains":3},"activation":{"id":"act_1","value":"ada.example"},\
        "reason":"as Ada asked","actor":"system"}\
        """,
        """
        {"license":{"id":"lic_1","customer_email":"nobody@erased.invalid","customer_name":null,\
        "status_reason":null,"metadata":{},"domains":[],"devices":[],"max_domains":3},\
        "activation":{"id":"act_1","value":"erased"},"reason":null,"actor":"system"}\
        """);
  }

  @Test
  void whatALicenseWasBeforeIsThePersonsUnlessItWasSomebodyElses() {
    assertScrubbed(
        """
        {"license":{"customer_email":"ada@example.com"},"previous":{"customer_name":"A. L."}}\
        """,
        """
        {"license":{"customer_email":"nobody@erased.invalid"},"previous":{"customer_name":null}}\
        """);
    assertScrubbed(
        """
        {"license":{"customer_email":"ada@example.com"},\
        "previous":{"customer_email":"bob@example.com","customer_name":"Bob"}}\
        """,
        """
        {"license":{"customer_email":"nobody@erased.invalid"},\
        "previous":{"customer_email":"bob@example.com","customer_name":"Bob"}}\
        """);
    assertScrubbed(
        """
        {"license":{"customer_email":"bob@example.com","customer_name":"Bob"},\
        "previous":{"customer_email":"ada@example.com","customer_name":"Ada"},"reason":"sold"}\
        """,
        """
        {"license":{"customer_email":"bob@example.com","customer_name":"Bob"},\
        "previous":{"customer_email":"nobody@erased.invalid","customer_name":null},\
        "reason":"sold"}\
        """);
  }

  @Test
  void theAddressIsReplacedWhereverItStands() {
    assertScrubbed(
        """
        {"data":[{"customer_email":"bob@example.com","metadata":{"for":"ADA@example.com, Bob"}},\
        "ada@example.com"]}\
        """,
        """
        {"data":[{"customer_email":"bob@example.com","metadata":{"for":"nobody@erased.invalid, Bob"}},\
        "nobody@erased.invalid"]}\
        """);
  }

  @Test
  void aBuyerLosesTheName() {
    assertScrubbed(
        "{\"buyer\":{\"email\":\"Ada@example.com\",\"name\":\"Ada\"},\"name\":\"shop\"}",
        "{\"buyer\":{\"email\":\"nobody@erased.invalid\",\"name\":null},\"name\":\"shop\"}");
  }

  @Test
  void aSeatIsThePersonsByItsLicense() {
    assertScrubbed(
        "{\"id\":\"act_own\",\"value\":\"her-laptop\"}",
        "{\"id\":\"act_own\",\"value\":\"erased\"}");
    assertEquals(Optional.empty(), scrub.of("{\"id\":\"act_other\",\"value\":\"his-laptop\"}"));
  }

  @Test
  void whatDoesNotMentionThePersonIsLeftAlone() {
    assertEquals(Optional.empty(), scrub.of("{\"customer_email\":\"bob@example.com\"}"));
    assertEquals(Optional.empty(), scrub.of(""));
  }

  @Test
  void anAddressThatJsonEscapesIsFound() {
    PersonScrub odd = new PersonScrub("a\"\\$1@example.com", "n@erased.invalid", id -> false);
    assertEquals(
        Optional.of("{\"a\":\"n@erased.invalid\"}"), odd.of("{\"a\":\"A\\\"\\\\$1@example.com\"}"));
  }

  private void assertScrubbed(String before, String after) {
    assertEquals(Optional.of(after), scrub.of(before));
  }
}
