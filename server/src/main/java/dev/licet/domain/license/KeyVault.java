package dev.licet.domain.license;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps licence keys out of the database: finds them by HMAC-SHA256 and shows them again from
 * AES-256-GCM. Does the same for answers that hold keys and for the secrets of webhooks and shops,
 * and tags the rows of the audit log. All secrets are derived from the server's own by HKDF-SHA256
 * (RFC 5869).
 *
 * <p>Safe for many threads.
 */
public final class KeyVault {
  /** Bytes of the server's secret. */
  public static final int SECRET_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey pepper;
  private final SecretKey dataKey;
  private final SecretKey answerKey;
  private final SecretKey auditKey;
  private final SecretKey webhookKey;
  private final SecretKey checkoutKey;
  private final SecureRandom random;

  /**
   * @param secret the server's secret, {@value #SECRET_BYTES} bytes
   */
  public KeyVault(byte[] secret, SecureRandom random) {
    if (secret.length != SECRET_BYTES) {
      throw new IllegalArgumentException("the secret has " + secret.length + " bytes, not 32");
    }
    this.pepper = derive(secret, "licet key lookup v1", "HmacSHA256");
    this.dataKey = derive(secret, "licet key seal v1", "AES");
    this.answerKey = derive(secret, "licet answer seal v1", "AES");
    this.auditKey = derive(secret, "licet audit chain v1", "HmacSHA256");
    this.webhookKey = derive(secret, "licet webhook seal v1", "AES");
    this.checkoutKey = derive(secret, "licet checkout seal v1", "AES");
    this.random = random;
  }

  /** What a key is found by: equal for equal keys, and of no use without the secret. */
  public byte[] lookup(String canonicalKey) {
    return hmac(pepper, canonicalKey.getBytes(UTF_8));
  }

  /** What shows that a server with this secret wrote {@code bytes}. */
  public byte[] auditTag(byte[] bytes) {
    return hmac(auditKey, bytes);
  }

  /** Encrypts a key for the licence {@code licenseId}; another licence's id does not open it. */
  public byte[] seal(String canonicalKey, String licenseId) {
    return seal(dataKey, canonicalKey.getBytes(UTF_8), licenseId.getBytes(UTF_8));
  }

  /** Encrypts the answer to a request; the id of another does not open it. */
  public byte[] sealAnswer(byte[] answer, byte[] requestId) {
    return seal(answerKey, answer, requestId);
  }

  /** Encrypts what is secret about a webhook; the id of another does not open it. */
  public byte[] sealWebhook(byte[] secrets, String webhookId) {
    return seal(webhookKey, secrets, webhookId.getBytes(UTF_8));
  }

  /** Encrypts what a shop's provider signs with; the id of another connection does not open it. */
  public byte[] sealCheckout(byte[] secrets, String connectionId) {
    return seal(checkoutKey, secrets, connectionId.getBytes(UTF_8));
  }

  private byte[] seal(SecretKey key, byte[] clear, byte[] context) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, nonce, context).doFinal(clear);
      byte[] result = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
      System.arraycopy(sealed, 0, result, NONCE_BYTES, sealed.length);
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK cannot encrypt", e);
    }
  }

  /**
   * Decrypts what {@link #seal} made.
   *
   * @throws IllegalStateException when it was sealed with another secret or for another licence
   */
  public String open(byte[] sealed, String licenseId) {
    return new String(open(dataKey, sealed, licenseId.getBytes(UTF_8)), UTF_8);
  }

  /** Decrypts what {@link #sealAnswer} made, as {@link #open} does. */
  public byte[] openAnswer(byte[] sealed, byte[] requestId) {
    return open(answerKey, sealed, requestId);
  }

  /** Decrypts what {@link #sealWebhook} made, as {@link #open} does. */
  public byte[] openWebhook(byte[] sealed, String webhookId) {
    return open(webhookKey, sealed, webhookId.getBytes(UTF_8));
  }

  /** Decrypts what {@link #sealCheckout} made, as {@link #open} does. */
  public byte[] openCheckout(byte[] sealed, String connectionId) {
    return open(checkoutKey, sealed, connectionId.getBytes(UTF_8));
  }

  private static byte[] open(SecretKey key, byte[] sealed, byte[] context) {
    byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
    try {
      return cipher(Cipher.DECRYPT_MODE, key, nonce, context)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("what was sealed does not open with this secret", e);
    }
  }

  /** Equal for servers that have the same secret; says nothing about it. */
  public byte[] fingerprint() {
    return lookup("licet secret fingerprint");
  }

  private static byte[] hmac(SecretKey key, byte[] bytes) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HmacSHA256", e);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] context)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(context);
    return cipher;
  }

  private static SecretKey derive(byte[] secret, String purpose, String algorithm) {
    try {
      byte[] derived =
          KDF.getInstance("HKDF-SHA256")
              .deriveData(
                  HKDFParameterSpec.ofExtract()
                      .addIKM(secret)
                      .thenExpand(purpose.getBytes(UTF_8), SECRET_BYTES));
      return new SecretKeySpec(derived, algorithm);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JDK lacks HKDF-SHA256", e);
    }
  }
}
