package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.RawHttp;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LimitTest {
  private static final String UNKNOWN = "AC-ZAB5-RRB1-46VH-74F4";

  @Test
  void unknownKeysAreThrottledForEachAddress() {
    try (TestServer server = start(Map.of("unknown-keys-per-minute", "20"))) {
      TestClient api = server.client();
      String seen = api.create("starter").text("/key");
      api.validate(seen).expectValid();
      String unseen = api.create("starter").text("/key");
      for (int i = 0; i < 20; i++) {
        api.validate(i % 2 == 0 ? UNKNOWN : "nonsense" + i).expect(404);
      }
      assertThrottled(api.validate(UNKNOWN), 3);
      assertThrottled(api.validate("nonsense"), 3);
      String deactivation = "{\"key\": \"nonsense\", \"domain\": \"a.example\"}";
      assertThrottled(api.post("/api/v1/deactivate", deactivation), 3);
      api.validate(seen).expectValid();
      assertThrottled(api.validate(unseen), 3);
      assertThrottled(api.post("/api/v1/deactivate", giveBack(unseen)), 3);
      api.post("/api/v1/deactivate", giveBack(seen)).expect(200);
    }
  }

  @Test
  void aKeyInUseIsHeldToNoOneElsesGuessesWhenItsLicenseWasChanged() {
    try (TestServer server = start(Map.of("unknown-keys-per-minute", "1"))) {
      TestClient api = server.client();
      Reply license = api.create("starter");
      String key = license.text("/key");
      api.validate(key).expectValid();
      api.validate(UNKNOWN).expect(404);
      assertThrottled(api.validate(UNKNOWN), 60);
      String path = "/api/v1/licenses/" + license.text("/id");
      api.put(path, "{\"customer_name\": \"Ada\"}").expect(200);
      api.validate(key).expectValid();
      api.put(path, "{\"status\": \"suspended\"}").expect(200);
      api.validate(key).expectRefused("LICENSE_SUSPENDED");
      api.put(path, "{\"status\": \"active\"}").expect(200);
      api.post("/api/v1/deactivate", giveBack(key)).expect(200);
    }
  }

  @Test
  void knownKeysAreNotCountedForTheirAddress() {
    try (TestServer server = start(Map.of("unknown-keys-per-minute", "1"))) {
      TestClient api = server.client();
      for (int i = 0; i < 5; i++) {
        api.validate(api.create("starter").text("/key")).expectValid();
        String unseen = api.create("starter").text("/key");
        api.post("/api/v1/deactivate", giveBack(unseen)).expect(200);
      }
      api.validate(UNKNOWN).expect(404);
      assertThrottled(api.validate(UNKNOWN), 60);
    }
  }

  @Test
  void deactivationsAreThrottledForEachLicense() {
    try (TestServer server =
        start(Map.of("license-validations-per-minute", "60", "license-validations-burst", "5"))) {
      TestClient api = server.client();
      String key = api.create("starter").text("/key");
      Reply reply = api.post("/api/v1/deactivate", giveBack(key));
      for (int i = 0; i < 20 && reply.status() == 200; i++) {
        reply = api.post("/api/v1/deactivate", giveBack(key));
      }
      assertThrottled(reply, 1);
      assertThrottled(api.validate(key), 1);
    }
  }

  @Test
  void knownKeysAreThrottledForEachLicense() {
    try (TestServer server =
        start(Map.of("license-validations-per-minute", "60", "license-validations-burst", "5"))) {
      TestClient api = server.client();
      String key = api.create("starter").text("/key");
      int valid = 0;
      Reply throttled = api.validate(key);
      while (throttled.status() == 200 && valid < 20) {
        valid++;
        throttled = api.validate(key);
      }
      assertThrottled(throttled, 1);
      assertTrue(valid >= 5 && valid <= 8, "valid: " + valid);
      api.validate(api.create("starter").text("/key")).expectValid();
      Reply licenses = api.get("/api/v1/licenses?key=" + key);
      assertEquals(valid, licenses.number("/data/0/validation_count"));
    }
  }

  @Test
  void noneMeansUnlimited() {
    try (TestServer server = start(Map.of())) {
      TestClient api = server.client();
      String key = api.create("starter").text("/key");
      for (int i = 0; i < 120; i++) {
        api.validate(key).expectValid();
        api.validate(UNKNOWN).expect(404);
      }
    }
  }

  @Test
  void aForwardedAddressOfAStrangerDoesNotCount() {
    try (TestServer server = start(Map.of("unknown-keys-per-minute", "2"))) {
      TestClient api = server.client();
      api.with("X-Forwarded-For", "192.0.2.1").validate(UNKNOWN).expect(404);
      api.with("X-Forwarded-For", "192.0.2.2").validate(UNKNOWN).expect(404);
      assertThrottled(api.with("X-Forwarded-For", "192.0.2.3").validate(UNKNOWN), 30);
    }
  }

  @Test
  void aForwardedAddressOfATrustedProxyCounts() {
    try (TestServer server =
        start(Map.of("unknown-keys-per-minute", "1", "trusted-proxies", "127.0.0.1,10.0.0.0/8"))) {
      TestClient api = server.client();
      api.with("X-Forwarded-For", "192.0.2.1").validate(UNKNOWN).expect(404);
      api.with("X-Forwarded-For", "192.0.2.2").validate(UNKNOWN).expect(404);
      assertThrottled(api.with("X-Forwarded-For", "192.0.2.1").validate(UNKNOWN), 60);
      assertThrottled(api.with("X-Forwarded-For", "1.1.1.1, 192.0.2.1").validate(UNKNOWN), 60);
      assertThrottled(api.with("X-Forwarded-For", "192.0.2.2, 10.1.2.3").validate(UNKNOWN), 60);
      Reply license = api.create("starter");
      keepFullAddresses(api);
      api.with("X-Forwarded-For", "2001:DB8::7").validate(license.text("/key")).expectValid();
      assertEquals("2001:db8:0:0:0:0:0:7", ip(api, license));
    }
  }

  private static void keepFullAddresses(TestClient api) {
    api.patch("/api/v1/account", "{\"address_form\": \"full\"}").expect(200);
  }

  @Test
  void linesOfTheForwardedHeaderAreOneList() {
    try (TestServer server = start(Map.of("trusted-proxies", "127.0.0.1"))) {
      TestClient api = server.client();
      Reply license = api.create("starter");
      keepFullAddresses(api);
      String body = "{\"key\": \"" + license.text("/key") + "\"}";
      String head =
          "POST /api/v1/validate HTTP/1.1\nContent-Type: application/json\nContent-Length: "
              + body.length()
              + "\nX-Forwarded-For: 192.0.2.66\nX-Forwarded-For: 198.51.100.7";
      RawHttp.send(api.base(), head, body.getBytes(StandardCharsets.UTF_8)).expectValid();
      assertEquals("198.51.100.7", ip(api, license));
    }
  }

  private static String giveBack(String key) {
    return "{\"key\": \"" + key + "\", \"domain\": \"a.example\"}";
  }

  private static String ip(TestClient api, Reply license) {
    return api.get("/api/v1/licenses/" + license.text("/id") + "/usage").text("/data/0/ip");
  }

  private static TestServer start(Map<String, String> settings) {
    return TestServer.start(TestDatabase.SQLITE, settings);
  }

  private static void assertThrottled(Reply reply, int maxSeconds) {
    reply.expectProblem(429, "RATE_LIMITED");
    int seconds = Integer.parseInt(reply.header("Retry-After"));
    assertTrue(seconds >= 1 && seconds <= maxSeconds, "Retry-After: " + seconds);
  }
}
