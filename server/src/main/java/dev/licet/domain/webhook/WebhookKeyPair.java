package dev.licet.domain.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * The Ed25519 keys of an endpoint (RFC 8032). The private one signs; the public one, written as
 * {@code whpk_} and base64, may be read by anyone and verifies.
 *
 * <p>{@link #toString} shows the public key only; {@link #bytes} are to be stored only sealed.
 */
public final class WebhookKeyPair {
  /** How many bytes the stored form has. */
  public static final int BYTES = 64;

  private static final String PUBLIC_MARKER = "whpk_";
  private static final int KEY_BYTES = 32;

  private final byte[] bytes;
  private final PrivateKey privateKey;

  private WebhookKeyPair(byte[] bytes) {
    this.bytes = bytes;
    try {
      byte[] seed = Arrays.copyOf(bytes, KEY_BYTES);
      this.privateKey =
          KeyFactory.getInstance("Ed25519")
              .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks Ed25519", e);
    }
  }

  /** New keys. */
  public static WebhookKeyPair generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      byte[] seed = ((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow();
      byte[] encoded = pair.getPublic().getEncoded();
      byte[] bytes = Arrays.copyOf(seed, BYTES);
      // X.509 puts the algorithm before the key, which are the last bytes
      System.arraycopy(encoded, encoded.length - KEY_BYTES, bytes, KEY_BYTES, KEY_BYTES);
      return new WebhookKeyPair(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks Ed25519", e);
    }
  }

  /**
   * The keys whose {@link #bytes} these are.
   *
   * @throws IllegalArgumentException when they are not as many
   */
  public static WebhookKeyPair restore(byte[] bytes) {
    if (bytes.length != BYTES) {
      throw new IllegalArgumentException("a key pair has " + BYTES + " bytes");
    }
    return new WebhookKeyPair(bytes.clone());
  }

  /** The seed of the private key and, behind it, the public key: 32 bytes each. */
  public byte[] bytes() {
    return bytes.clone();
  }

  /** The public key: {@code whpk_} and the base64 of its 32 bytes. */
  public String publicText() {
    return PUBLIC_MARKER
        + Base64.getEncoder().encodeToString(Arrays.copyOfRange(bytes, KEY_BYTES, BYTES));
  }

  /** The signature of parts that follow one another, 64 bytes. */
  byte[] sign(byte[]... parts) {
    try {
      Signature signature = Signature.getInstance("Ed25519");
      signature.initSign(privateKey);
      for (byte[] part : parts) {
        signature.update(part);
      }
      return signature.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks Ed25519", e);
    }
  }

  /** The public key. */
  @Override
  public String toString() {
    return publicText();
  }
}
