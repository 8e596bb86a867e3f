package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class QuotaRaceTest extends ApiTest {
  private static final int CLIENTS = 64;

  @Test
  void ofManyAtOnceNoneIsALicenseTooMany() throws Exception {
    TestClient client = clientOf(account(", \"max_licenses\": 10"));
    String body = "{\"plan\": \"starter\", \"customer_email\": \"e@e\"}";
    int made = 0;
    for (Reply reply : atOnce(i -> client.post(LICENSES, body))) {
      made += reply.status() == 201 ? 1 : 0;
      if (reply.status() != 201) {
        reply.expectProblem(403, "QUOTA_EXCEEDED");
      }
    }
    assertEquals(10, made);
    assertEquals(10, client.get(ACCOUNT).number("/usage/licenses/used"));
  }

  @Test
  void ofManyAtOnceNoneIsAValidationTooMany() throws Exception {
    TestClient client = clientOf(account(", \"max_validations_per_month\": 40"));
    Reply one = client.create("professional");
    Reply two = client.create("enterprise");
    int valid = 0;
    for (int round = 0; round < 3; round++) {
      List<Reply> replies =
          atOnce(i ->
              client.validate(key(i % 2 == 0 ? one : two), "domain", "d" + i % 3 + ".example"));
      for (Reply reply : replies) {
        valid += reply.at("/valid").asBoolean() ? 1 : 0;
        if (!reply.at("/valid").asBoolean()) {
          reply.expectRefused("QUOTA_EXCEEDED");
        }
      }
    }
    assertEquals(40, valid);
    assertEquals(40, client.get(ACCOUNT).number("/usage/validations/used"));
  }

  @Test
  void theCountGoesOnAfterARestart() {
    Reply account = account(", \"max_validations_per_month\": 5");
    Reply license = clientOf(account).create("starter");
    for (int i = 0; i < 3; i++) {
      api.validate(key(license), "domain", "a.example").expectValid();
    }
    restart();
    for (int i = 0; i < 2; i++) {
      api.validate(key(license), "domain", "a.example").expectValid();
    }
    api.validate(key(license), "domain", "a.example").expectRefused("QUOTA_EXCEEDED");
    assertEquals(5, clientOf(account).get(ACCOUNT).number("/usage/validations/used"));
  }

  private static List<Reply> atOnce(IntFunction<Reply> call) throws Exception {
    CyclicBarrier line = new CyclicBarrier(CLIENTS);
    List<Callable<Reply>> calls = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      calls.add(() -> {
        line.await();
        return call.apply(client);
      });
    }
    List<Reply> replies = new ArrayList<>();
    try (ExecutorService runners = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var run : runners.invokeAll(calls)) {
        replies.add(run.get());
      }
    }
    return replies;
  }
}
