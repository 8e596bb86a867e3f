package dev.licet.http;

import static dev.licet.http.OpenApiDocument.map;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.Checkout;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import dev.licet.http.OpenApiDocument.Operation;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Sends damaged examples of every write in the description. The answers are as described, and none
 * is a fault. {@code bench/fuzz} searches for longer.
 */
class WriteBodiesTest {
  private static final int ROUNDS = 60;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final List<String> PIECES =
      List.of(
          "null",
          "-1",
          "1e999",
          "true",
          "{}",
          "[]",
          "[[[[[[",
          "\"\"",
          "\\u0000",
          "\\ud800",
          "9223372036854775808",
          "0.5",
          "\"x\":",
          ",",
          "}",
          "\"",
          "\u0000",
          "\u00e9",
          "\"id\":\"lic_x\",",
          "\"account_id\":1,",
          "P1Y",
          "9999-12-31T23:59:59Z");

  private final OpenApiDocument document = OpenApiDocument.load();

  @Test
  void noDamagedBodyEndsInAFault() {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      TestClient api = server.client();
      api.post("/api/v1/plans", "{\"name\": \"fuzzed\"}").expect(201);
      String shop = Checkout.stripe(api).id();
      int writes = 0;
      for (Operation operation : document.operations()) {
        if (operation.definition().containsKey("requestBody")) {
          damage(api, operation, shop);
          writes++;
        }
      }
      assertTrue(writes > 5, "found " + writes);
      api.get("/health/ready").expect(200);
    }
  }

  private void damage(TestClient api, Operation operation, String shop) {
    String path =
        operation
            .path()
            .replace("{id}", api.create("starter").text("/id"))
            .replace("{connection_id}", shop)
            .replace("{name}", "fuzzed");
    Map<String, Object> content =
        map(document.resolve(operation.definition().get("requestBody")).get("content"));
    for (Map.Entry<String, Object> type : content.entrySet()) {
      TestClient client = api.with("Content-Type", type.getKey());
      List<byte[]> examples = examples(map(type.getValue()));
      Random random = new Random(operation.toString().hashCode());
      for (int round = 0; round < ROUNDS; round++) {
        byte[] body = examples.get(random.nextInt(examples.size()));
        for (int times = random.nextInt(3); times >= 0; times--) {
          body = damaged(body, random);
        }
        Reply reply =
            client.send(
                operation.method().toUpperCase(Locale.ROOT),
                path,
                BodyPublishers.ofByteArray(body));
        assertTrue(reply.status() < 500, () -> operation + ": " + reply.text());
      }
    }
  }

  private List<byte[]> examples(Map<String, Object> content) {
    List<byte[]> examples = new ArrayList<>(List.of("{}".getBytes(StandardCharsets.UTF_8)));
    map(content.getOrDefault("examples", Map.of()))
        .values()
        .forEach(example -> examples.add(bytes(document.resolve(example).get("value"))));
    return examples;
  }

  private static byte[] bytes(Object value) {
    try {
      String text = value instanceof String string ? string : MAPPER.writeValueAsString(value);
      return text.getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static byte[] damaged(byte[] body, Random random) {
    int from = random.nextInt(body.length + 1);
    int to = Math.min(body.length, from + random.nextInt(8));
    return switch (random.nextInt(5)) {
      case 0 -> Arrays.copyOf(body, from);
      case 1 -> joined(body, from, new byte[] {(byte) random.nextInt()}, to);
      case 2 -> joined(body, to, Arrays.copyOfRange(body, from, body.length), to);
      default -> {
        String piece = PIECES.get(random.nextInt(PIECES.size()));
        yield joined(body, from, piece.getBytes(StandardCharsets.UTF_8), to);
      }
    };
  }

  /** The body up to {@code until}, then {@code piece}, then the body from {@code from} on. */
  private static byte[] joined(byte[] body, int until, byte[] piece, int from) {
    byte[] joined = new byte[until + piece.length + body.length - from];
    System.arraycopy(body, 0, joined, 0, until);
    System.arraycopy(piece, 0, joined, until, piece.length);
    System.arraycopy(body, from, joined, until + piece.length, body.length - from);
    return joined;
  }
}
