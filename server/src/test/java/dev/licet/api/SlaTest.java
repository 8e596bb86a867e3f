package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SlaTest extends ApiTest {
  @Test
  void whatWasAnsweredShowsAtOnce() {
    api.validate(key(api.create("starter")), "domain", "one.example").expectValid();
    Reply sla = api.get("/api/v1/sla").expect(200);
    assertEquals(30, sla.at("/days").size());
    assertEquals(
        LocalDate.now(ZoneOffset.UTC).toString(),
        sla.text("/days/29/date"),
        "unless it is midnight");
    assertEquals(0.0, sla.at("/total/error_rate").doubleValue());
    double median = sla.at("/total/latency_ms/p50").doubleValue();
    assertTrue(median > 0, sla::text);
    assertTrue(median <= sla.at("/total/latency_ms/p99").doubleValue(), sla::text);
    assertTrue(
        sla.at("/days/0/availability").isNull(), "nothing is expected before the first check");
    assertEquals(0, sla.number("/total/checks/failed"));
  }

  @Test
  void aDayAtLeastAndNinetyAtMost() {
    assertEquals(1, api.get("/api/v1/sla?days=1").expect(200).at("/days").size());
    assertEquals(90, api.get("/api/v1/sla?days=90").expect(200).at("/days").size());
    for (String days : new String[] {"0", "91", "-1", "many", "1.5", ""}) {
      api.get("/api/v1/sla?days=" + days).expectInvalid("?days");
    }
  }
}
