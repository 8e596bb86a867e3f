package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnomalyTest extends ApiTest {
  private static final String ANOMALIES = "/api/v1/usage/anomalies";

  @Test
  void whoseSeatsComeAndGoIsShownWithTheFigures() {
    TestClient vendor = clientOf(account(""));
    for (int i = 0; i < 3; i++) {
      giveUp(vendor, vendor.create("enterprise"), 1);
    }
    Reply shared = vendor.create("enterprise");
    giveUp(vendor, shared, 6);
    Reply found = vendor.get(ANOMALIES + "?days=2").expect(200);
    assertEquals(List.of(shared.text("/id")), found.texts("/data", "/license"));
    assertEquals(shared.text("/customer_email"), found.text("/data/0/customer_email"));
    assertEquals("seats_given_up", found.text("/data/0/findings/0/kind"));
    assertEquals(6, found.number("/data/0/findings/0/value"));
    assertEquals(1, found.number("/data/0/findings/0/usual"));
    assertEquals(1, found.number("/data/0/findings/0/fence"));
    TestClient reader = keyed(vendor, "[\"usage:read\"]");
    assertTrue(reader.get(ANOMALIES + "?days=3").at("/data/0/customer_email").isNull());
  }

  @Test
  void wrongQuestionsAreNamed() {
    for (String days : List.of("0", "31", "week", "")) {
      api.get(ANOMALIES + "?days=" + days).expectInvalid("?days");
    }
    api.get(ANOMALIES + "?limit=5").expectInvalid("?limit");
  }

  private static void giveUp(TestClient vendor, Reply license, int times) {
    String seats = path(license) + "/activations";
    for (int i = 0; i < times; i++) {
      String body = "{\"kind\": \"device\", \"value\": \"d" + i + "\"}";
      String seat = vendor.post(seats, body).expect(201).text("/id");
      vendor.delete(seats + "/" + seat).expect(204);
    }
  }
}
