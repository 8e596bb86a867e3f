package dev.licet.domain.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookHeadersTest {
  @Test
  void aReceiversOwnHeadersMayBeAdded() {
    assertEquals(
        Optional.empty(),
        WebhookHeaders.refusal(
            Map.of(
                "Authorization", "Bearer a b", "X-Tenant", "7", "User-Agent", "x".repeat(1_024))));
    assertEquals(Optional.empty(), WebhookHeaders.refusal(Map.of()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Host",
        "content-length",
        "Content-Type",
        "Content-Encoding",
        "Transfer-Encoding",
        "Connection",
        "Keep-Alive",
        "TE",
        "Trailer",
        "Upgrade",
        "Expect",
        "Cookie",
        "Proxy-Authorization",
        "Proxy-Connection",
        "Webhook-Signature",
        "webhook-id",
        "",
        "X Y",
        "X:Y",
        "X\r\nY",
        "Ü",
        ":authority",
      })
  void othersMayNot(String name) {
    assertTrue(WebhookHeaders.refusal(Map.of(name, "x")).isPresent());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", " x", "x ", "a\r\nHost: b", "a\nb", "a\u0000", "ü", "a\tb"})
  void valuesArePrintable(String value) {
    assertTrue(WebhookHeaders.refusal(Map.of("X-A", value)).isPresent());
  }

  @Test
  void theyAreBounded() {
    assertTrue(WebhookHeaders.refusal(Map.of("X-A", "x".repeat(1_025))).isPresent());
    assertTrue(WebhookHeaders.refusal(Map.of("x".repeat(65), "x")).isPresent());
    assertTrue(WebhookHeaders.refusal(Map.of("X-A", "1", "x-a", "2")).isPresent());
    Map<String, String> many = new HashMap<>();
    for (int i = 0; i < WebhookHeaders.MAX_COUNT; i++) {
      many.put("X-" + i, "1");
    }
    assertEquals(Optional.empty(), WebhookHeaders.refusal(many));
    many.put("X-More", "1");
    assertTrue(WebhookHeaders.refusal(many).isPresent());
  }

  @Test
  void aRequestCannotSetTheConnectionsHeaders() {
    WebhookTarget target = new WebhookTarget(true, "example.com", 443, "/");
    assertThrows(
        IllegalArgumentException.class,
        () -> new WebhookRequest(target, Map.of("Host", "other.example"), new byte[0]));
  }
}
