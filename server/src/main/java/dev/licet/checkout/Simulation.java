package dev.licet.checkout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.billing.Scene;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Makes messages as a provider would send them. */
public interface Simulation {
  /** The types of events that it can make. */
  List<String> types();

  /** A message's body. */
  String body(Scene scene);

  /** The headers by which a message is known to be the provider's. */
  Map<String, String> headers(Scene scene, String body, String secret, Instant now);

  /** What the buyer's browser knows the order by. */
  String session(Scene scene);

  static ObjectNode object() {
    return Json.MAPPER.createObjectNode();
  }

  static String write(ObjectNode json) {
    try {
      return Json.MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("no JSON can be made of this", e);
    }
  }

  /** Writes JSON. */
  final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}
  }
}
