package dev.licet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class LedgerTest {
  private final Ledger ledger = new Ledger(Api.object().put("id", "lic_1").put("key", "key"));

  LedgerTest() {
    ledger.settle(license(10, "home"));
    ledger.acknowledge("home");
    ledger.acknowledge("new");
    ledger.doubt("perhaps");
  }

  @Test
  void whatIsInDoubtMayBeCountedOrNot() {
    assertEquals(0, contradictions(license(12, "home", "new"), 12));
    assertEquals(0, contradictions(license(13, "home", "new", "perhaps"), 13));
  }

  @Test
  void aLostAcknowledgedValidationIsSeen() {
    assertEquals(1, contradictions(license(11, "home", "new"), 11));
  }

  @Test
  void aValidationCountedTwiceIsSeen() {
    assertEquals(1, contradictions(license(14, "home", "new"), 14));
  }

  @Test
  void aHistoryThatDiffersFromTheCountIsSeen() {
    assertEquals(1, contradictions(license(12, "home", "new"), 13));
  }

  @Test
  void aLostSeatAndAnUnaskedSeatAreSeen() {
    assertEquals(1, contradictions(license(12, "home"), 12));
    assertEquals(1, contradictions(license(12, "home", "new", "other"), 12));
  }

  @Test
  void eachRoundIsJudgedFromWhereTheLastOneEnded() {
    ledger.settle(license(13, "home", "new", "perhaps"));
    assertEquals(0, contradictions(license(13, "home", "new", "perhaps"), 13));
    assertEquals(1, contradictions(license(12, "home", "new", "perhaps"), 12));
    assertEquals(1, contradictions(license(13, "home", "new"), 13));
  }

  private int contradictions(JsonNode license, long historyTotal) {
    return ledger.contradictions(license, historyTotal).size();
  }

  private static JsonNode license(long count, String... domains) {
    var license = Api.object().put("validation_count", count);
    var list = license.putArray("domains");
    for (String domain : domains) {
      list.add(domain);
    }
    return license;
  }
}
