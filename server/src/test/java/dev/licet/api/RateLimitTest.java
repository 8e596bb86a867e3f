package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import dev.licet.domain.account.ApiKeyText;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RateLimitTest {
  private static final String PLANS = "/api/v1/plans";

  @Test
  void oneApiKeyMayCallSoOften() {
    try (TestServer server = start("5", "0")) {
      TestClient api = server.client();
      for (int left = 4; left >= 0; left--) {
        Reply reply = api.get(PLANS).expect(200);
        assertEquals("\"key\";q=5;w=60", reply.header("RateLimit-Policy"));
        assertTrue(reply.header("RateLimit").matches("\"key\";r=" + left + ";t=\\d\\d"));
      }
      Reply refused = api.get(PLANS).expectProblem(429, "RATE_LIMITED");
      assertTrue(Integer.parseInt(refused.header("Retry-After")) <= 12, refused::text);
      assertTrue(refused.header("RateLimit").matches("\"key\";r=0;t=[3-6][0-9]"));
      api.without("Authorization").get(PLANS).expect(401);
      api.get("/health/live").expect(200);
      api.validate("TO-ZAB5-RRB1-46VH-74F4").expectNoKey("UNKNOWN");
    }
  }

  @Test
  void oneAddressMayCallSoOftenWhateverItsKey() {
    try (TestServer server = start("100", "3")) {
      TestClient api = server.client();
      String other = ApiKeyText.generate(ApiKeyText.Kind.LIVE, new SplittableRandom(3)).text();
      TestClient unknown = api.with("Authorization", "Bearer " + other);
      unknown.get(PLANS).expect(401);
      Reply reply = api.get(PLANS).expect(200);
      assertEquals("\"address\";q=3;w=60, \"key\";q=100;w=60", reply.header("RateLimit-Policy"));
      unknown.get(PLANS).expect(401);
      unknown.get(PLANS).expectProblem(429, "RATE_LIMITED");
      api.get(PLANS).expectProblem(429, "RATE_LIMITED");
    }
  }

  @Test
  void aCallThatWasRefusedIsNotKeptForItsIdempotencyKey() throws InterruptedException {
    try (TestServer server = start("20", "0")) {
      for (int i = 0; ; i++) {
        TestClient api = server.client().with("Idempotency-Key", "later-" + i);
        String plan = "{\"name\": \"later-" + i + "\"}";
        Reply first = api.post(PLANS, plan);
        if (first.status() == 429) {
          Thread.sleep(1_000L * Integer.parseInt(first.header("Retry-After")));
          assertNull(api.post(PLANS, plan).expect(201).header("Idempotency-Replayed"));
          return;
        }
      }
    }
  }

  private static TestServer start(String perKey, String perAddress) {
    return TestServer.start(
        TestDatabase.SQLITE,
        Map.of("api-key-requests-per-minute", perKey, "address-requests-per-minute", perAddress));
  }
}
