package dev.licet.domain.webhook;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The secret that an endpoint shares with the server, by which its receiver knows that a message is
 * the server's: 32 random bytes, written as {@code whsec_} and base64 (Standard Webhooks 1.0.0).
 *
 * <p>{@link #toString} masks it; {@link #text} is the secret in clear, to be shown once and stored
 * only sealed.
 */
public final class WebhookSecret {
  /** How many bytes a secret has. */
  public static final int BYTES = 32;

  private static final String MARKER = "whsec_";
  private static final int TEXT_LENGTH = MARKER.length() + 44;
  private static final String ALGORITHM = "HmacSHA256";

  private final byte[] bytes;

  private WebhookSecret(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A new secret.
   *
   * @param random a {@link java.security.SecureRandom} outside tests
   */
  public static WebhookSecret generate(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return new WebhookSecret(bytes);
  }

  /** Reads what {@link #text} wrote; empty when it is none. */
  public static Optional<WebhookSecret> read(String text) {
    if (text.length() != TEXT_LENGTH || !text.startsWith(MARKER)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = Base64.getDecoder().decode(text.substring(MARKER.length()));
      return bytes.length == BYTES ? Optional.of(new WebhookSecret(bytes)) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The secret in clear. */
  public String text() {
    return MARKER + Base64.getEncoder().encodeToString(bytes);
  }

  /** The HMAC-SHA256 of parts that follow one another. */
  byte[] sign(byte[]... parts) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(bytes, ALGORITHM));
      for (byte[] part : parts) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HmacSHA256", e);
    }
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof WebhookSecret secret && MessageDigest.isEqual(bytes, secret.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** Shows nothing of it. */
  @Override
  public String toString() {
    return MARKER + "****";
  }
}
