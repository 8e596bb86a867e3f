package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What does not exist, what another account has and what was deleted cannot be told apart. */
class EnumerationTest extends ApiTest {
  private static final int ROUNDS = 400;

  @Test
  void unknownForeignAndDeletedAreAnsweredAlike() {
    TestClient stranger = server.stranger();
    Reply foreign = stranger.create("starter", "domains", "[\"a.example\"]");
    String foreignSeat =
        stranger.get(path(foreign) + "/activations").texts("/data", "/id").getFirst();
    stranger.post(PLANS, "{\"name\": \"foreign\"}").expect(201);
    Reply own = api.create("starter", "domains", "[\"a.example\"]");
    String deletedSeat = api.get(path(own) + "/activations").texts("/data", "/id").getFirst();
    api.delete(path(own) + "/activations/" + deletedSeat).expect(204);
    api.post(PLANS, "{\"name\": \"deleted\"}").expect(201);
    api.delete(PLANS + "/deleted").expect(204);

    String unknown = LICENSES + "/lic_01jddq1m3xe5v9s8y2b7r4k6ta";
    for (String call :
        List.of("GET ", "PUT ", "DELETE ", "GET /activations", "GET /usage", "POST /suspend")) {
      assertAlike(call, unknown, path(foreign), LICENSES + "/no-id");
    }
    String seats = path(own) + "/activations/";
    assertAlike("DELETE ", seats + "act_01jddq1m3xe5v9s8y2b7r4k6ta", seats + foreignSeat);
    assertAlike("DELETE ", seats + foreignSeat, seats + deletedSeat);
    for (String call : List.of("GET ", "PUT ", "DELETE ")) {
      assertAlike(call, PLANS + "/unknown", PLANS + "/foreign", PLANS + "/deleted");
    }
    for (String filter : List.of("?plan=", "?starting_after=zzz&plan=", "?customer_email=")) {
      assertAlike("GET " + filter + "unknown", LICENSES, LICENSES);
    }
    assertEquals(
        api.get("/api/v1/audit-log?target=unknown").text(),
        api.get("/api/v1/audit-log?target=" + foreign.text("/id")).text());
    assertSameTime(LICENSES + "/", own.text("/id"), foreign.text("/id"));
  }

  /** The same status and the same words to each of these paths. */
  private static void assertAlike(String call, String... paths) {
    String[] parts = call.split(" ", 2);
    List<String> answers = new ArrayList<>();
    for (String path : paths) {
      Reply reply =
          parts[0].equals("GET")
              ? api.get(path + parts[1])
              : api.send(parts[0], path + parts[1], BodyPublishers.ofString("{}"));
      answers.add(reply.status() + " " + reply.text());
    }
    assertEquals(1, answers.stream().distinct().count(), answers::toString);
  }

  /**
   * Of a random foreign id and a random unknown one, asked for in turn and in random order, either
   * is as likely to take longer: 0.5 but for chance, whose deviation is 0.02 for so many.
   */
  private static void assertSameTime(String path, String own, String foreign) {
    String unknown = foreign.substring(0, foreign.length() - 4) + own.substring(own.length() - 4);
    Random random = new Random(1);
    List<Long> foreignTimes = new ArrayList<>();
    List<Long> unknownTimes = new ArrayList<>();
    for (int i = -ROUNDS / 4; i < ROUNDS; i++) {
      boolean foreignFirst = random.nextBoolean();
      long first = time(path + (foreignFirst ? foreign : unknown));
      long second = time(path + (foreignFirst ? unknown : foreign));
      if (i >= 0) {
        foreignTimes.add(foreignFirst ? first : second);
        unknownTimes.add(foreignFirst ? second : first);
      }
    }
    double longer = longer(foreignTimes, unknownTimes);
    assertTrue(longer > 0.38 && longer < 0.62, () -> "foreign ids take longer in " + longer);
  }

  /** How probably one of the first is longer than one of the second (Mann and Whitney's U). */
  private static double longer(List<Long> first, List<Long> second) {
    Collections.sort(second);
    double below = 0;
    for (long time : first) {
      int at = Collections.binarySearch(second, time);
      below += at < 0 ? -at - 1 : at + 0.5;
    }
    return below / ((double) first.size() * second.size());
  }

  private static long time(String path) {
    long start = System.nanoTime();
    api.get(path).expect(404);
    return System.nanoTime() - start;
  }
}
