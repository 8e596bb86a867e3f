package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class ConcurrencyTest extends ApiTest {
  private static final int CLIENTS = 24;

  @Test
  void neverMoreSeatsAreTakenThanThereAre() throws Exception {
    for (int round = 0; round < 5; round++) {
      Reply license = api.create("professional");
      List<Reply> replies = atOnce(i -> api.validate(key(license), "domain", "d" + i + ".example"));
      Set<String> granted = new HashSet<>();
      for (Reply reply : replies) {
        if (reply.expect(200).at("/valid").asBoolean()) {
          granted.add(reply.text("/domain"));
        } else {
          reply.expectRefused("DOMAIN_LIMIT_REACHED");
        }
      }
      assertEquals(3, granted.size());
      assertEquals(granted, Set.copyOf(fresh(license).texts("/domains")));
      assertEquals(3, fresh(license).number("/validation_count"));
    }
  }

  @Test
  void allWhoAskForTheSameNewSeatGetIt() throws Exception {
    Reply license = api.create("starter", "expires_from", "first_validation");
    Set<String> expiries = new HashSet<>();
    for (Reply reply :
        atOnce(i -> api.validate(key(license), "domain", "one.example", "fingerprint", "f"))) {
      expiries.add(reply.expectValid().text("/license/expiresAt"));
    }
    assertEquals(1, expiries.size());
    assertEquals(List.of("one.example"), fresh(license).texts("/domains"));
    assertEquals(CLIENTS, fresh(license).number("/validation_count"));
  }

  @Test
  void ofManyWhoBringTheSameKeyOneGetsIt() throws Exception {
    String body = "{\"plan\":\"starter\",\"customer_email\":\"a@b\",\"key\":\"contested key\"}";
    assertOneWins(atOnce(i -> api.post(LICENSES, body)), 201, "KEY_TAKEN");
  }

  @Test
  void ofManyWhoCreateAPlanOfOneNameOneDoes() throws Exception {
    assertOneWins(atOnce(i -> api.post(PLANS, "{\"name\": \"contested\"}")), 201, "PLAN_EXISTS");
  }

  @Test
  void ofManyWhoHaveSeenTheSameStateOneChangesIt() throws Exception {
    Reply license = api.create("starter");
    var seen = api.with("If-Match", license.header("ETag"));
    List<Reply> replies =
        atOnce(i -> seen.put(path(license), "{\"max_domains\": " + (100 + i) + "}"));
    assertOneWins(replies, 200, "PRECONDITION_FAILED");
  }

  @Test
  void aRevocationIsTheLastWord() throws Exception {
    Reply license = api.create("enterprise");
    atOnce(i ->
        i == CLIENTS / 2
            ? api.delete(path(license)).expect(200)
            : api.validate(key(license), "domain", "d" + i + ".example").expect(200));
    api.validate(key(license)).expectRefused("LICENSE_REVOKED");
    Reply after = fresh(license);
    assertEquals("revoked", after.text("/status"));
    assertTrue(after.texts("/domains").size() >= after.number("/validation_count"), after::text);
  }

  private static void assertOneWins(List<Reply> replies, int status, String otherwise) {
    List<Reply> won = replies.stream().filter(reply -> reply.status() == status).toList();
    assertEquals(1, won.size());
    for (Reply reply : replies) {
      assertTrue(reply.status() == status || otherwise.equals(reply.text("/code")), reply::text);
    }
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
    try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var reply : clients.invokeAll(calls)) {
        replies.add(reply.get());
      }
    }
    return replies;
  }
}
