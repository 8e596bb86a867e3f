package dev.licet.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.domain.webhook.WebhookKeyPair;
import dev.licet.domain.webhook.WebhookSecret;
import dev.licet.domain.webhook.WebhookSignature;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages signed as the server signs them, some changed afterwards, for verifiers in other
 * languages. Command line: {@code SignedMessages FILE}.
 */
final class SignedMessages {
  private static final String ID = "evt_01h455vb4pex5vsknk084sn02q";
  private static final String BODY = "{\"type\":\"license.created\",\"name\":\"Jürgen 例 😀\"}";

  private final SecureRandom random = new SecureRandom();
  private final WebhookSecret secret = WebhookSecret.generate(random);
  private final WebhookSecret next = WebhookSecret.generate(random);
  private final WebhookKeyPair pair = WebhookKeyPair.generate(random);
  private final long now = Instant.now().getEpochSecond();

  /**
   * A message as it arrives.
   *
   * @param accepted whether a verifier must accept it
   */
  record Message(
      String name, boolean accepted, String secret, String body, Map<String, String> headers) {}

  public static void main(String[] arguments) throws IOException {
    new ObjectMapper().writeValue(Path.of(arguments[0]).toFile(), new SignedMessages().messages());
  }

  private List<Message> messages() {
    Map<String, String> plain = signed(now, List.of(secret), null);
    Map<String, String> rotating = signed(now, List.of(next, secret), pair);
    return List.of(
        message("a message", true, secret, BODY, plain),
        message("one with v1a, too", true, secret, BODY, signed(now, List.of(secret), pair)),
        message("one signed by two secrets, by the old one", true, secret, BODY, rotating),
        message("one signed by two secrets, by the new one", true, next, BODY, rotating),
        message("another body", false, secret, BODY.replace("created", "revoked"), plain),
        message("another id", false, secret, BODY, with(plain, WebhookSignature.ID_HEADER, "x")),
        message(
            "another time",
            false,
            secret,
            BODY,
            with(plain, WebhookSignature.TIMESTAMP_HEADER, Long.toString(now + 1))),
        message("another secret", false, next, BODY, plain),
        message("an old one", false, secret, BODY, signed(now - 600, List.of(secret), null)),
        message("v1a alone", false, secret, BODY, signed(now, List.of(), pair)));
  }

  private static Message message(
      String name,
      boolean accepted,
      WebhookSecret secret,
      String body,
      Map<String, String> headers) {
    return new Message(name, accepted, secret.text(), body, headers);
  }

  private static Map<String, String> signed(
      long time, List<WebhookSecret> secrets, @Nullable WebhookKeyPair pair) {
    return Map.of(
        WebhookSignature.ID_HEADER,
        ID,
        WebhookSignature.TIMESTAMP_HEADER,
        Long.toString(time),
        WebhookSignature.SIGNATURE_HEADER,
        WebhookSignature.header(ID, time, BODY.getBytes(UTF_8), secrets, pair));
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return changed;
  }
}
