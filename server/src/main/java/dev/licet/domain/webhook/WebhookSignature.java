package dev.licet.domain.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Signs messages by Standard Webhooks 1.0.0. What is signed are the message's id, its time and its
 * body, joined by dots.
 */
public final class WebhookSignature {
  /** The header of the message's id, which all its attempts share. */
  public static final String ID_HEADER = "webhook-id";

  /** The header of the time of the attempt, in seconds since 1970. */
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";

  /** The header of what {@link #header} makes. */
  public static final String SIGNATURE_HEADER = "webhook-signature";

  private WebhookSignature() {}

  /**
   * The value of {@code webhook-signature}: {@code v1,} and base64 for each secret, {@code v1a,}
   * and base64 for the key pair, separated by spaces.
   *
   * @param webhookId without a dot, which is what divides the parts
   * @param secrets more than one while a new secret takes the place of an old one
   * @param pair null for endpoints that did not ask for it
   */
  public static String header(
      String webhookId,
      long epochSeconds,
      byte[] body,
      List<WebhookSecret> secrets,
      @Nullable WebhookKeyPair pair) {
    if (webhookId.indexOf('.') >= 0) {
      throw new IllegalArgumentException("a dot in the id " + webhookId);
    }
    byte[] head = (webhookId + "." + epochSeconds + ".").getBytes(UTF_8);
    StringJoiner signatures = new StringJoiner(" ");
    for (WebhookSecret secret : secrets) {
      signatures.add("v1," + base64(secret.sign(head, body)));
    }
    if (pair != null) {
      signatures.add("v1a," + base64(pair.sign(head, body)));
    }
    return signatures.toString();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
