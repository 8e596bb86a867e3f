package dev.licet.domain.webhook;

import java.util.Locale;
import java.util.Map;

/**
 * One attempt to deliver a message: a POST.
 *
 * @param headers all but those of the connection, such as {@code Host} and {@code Content-Length}
 * @param body not copied, and not to be changed
 */
public record WebhookRequest(WebhookTarget target, Map<String, String> headers, byte[] body) {
  /**
   * @throws IllegalArgumentException when a header is one of the connection
   */
  public WebhookRequest {
    headers = Map.copyOf(headers);
    for (String name : headers.keySet()) {
      if (WebhookHeaders.isOfConnection(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("the transport alone sets " + name);
      }
    }
  }
}
