package dev.licet.domain.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {
  private static final String ID = "evt_01h455vb4pex5vsknk084sn02q";
  private static final long TIME = 1_700_000_000;
  private static final byte[] BODY = "{\"type\":\"ping\"}".getBytes(UTF_8);
  private static final WebhookSecret SECRET =
      WebhookSecret.read("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=").orElseThrow();

  /** RFC 8032, 7.1, test 1: the seed and its public key. */
  private static final WebhookKeyPair PAIR =
      WebhookKeyPair.restore(
          HexFormat.of()
              .parseHex(
                  "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
                      + "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"));

  /** The HMAC was computed by other means. */
  @Test
  void aKnownMessageHasItsKnownSignature() {
    assertEquals(
        "v1,mDEPSO+NkB2CwZAHMaGmjjKc8gMUhwG8m+9BLWgIUIk=",
        WebhookSignature.header(ID, TIME, BODY, List.of(SECRET), null));
  }

  @Test
  void everySecretSignsAndTheKeyPairBehindThem() throws Exception {
    WebhookSecret other = WebhookSecret.generate(new Random(1));
    String header = WebhookSignature.header(ID, TIME, BODY, List.of(other, SECRET), PAIR);
    String[] signatures = header.split(" ");
    assertEquals(3, signatures.length);
    assertEquals(WebhookSignature.header(ID, TIME, BODY, List.of(other), null), signatures[0]);
    assertEquals(WebhookSignature.header(ID, TIME, BODY, List.of(SECRET), null), signatures[1]);
    assertTrue(signatures[2].startsWith("v1a,"));
    assertTrue(verifies(PAIR.publicText(), ID + "." + TIME + ".", BODY, signatures[2]));
  }

  @Test
  void ed25519SignaturesAreOfIdTimeAndBody() throws Exception {
    WebhookKeyPair pair = WebhookKeyPair.generate(new SecureRandom());
    String signature = WebhookSignature.header(ID, TIME, BODY, List.of(), pair);
    String key = pair.publicText();
    assertTrue(verifies(key, ID + "." + TIME + ".", BODY, signature));
    assertFalse(verifies(key, "evt_x." + TIME + ".", BODY, signature));
    assertFalse(verifies(key, ID + "." + (TIME + 1) + ".", BODY, signature));
    assertFalse(verifies(key, ID + "." + TIME + ".", "{}".getBytes(UTF_8), signature));
    assertFalse(verifies(PAIR.publicText(), ID + "." + TIME + ".", BODY, signature));
  }

  @Test
  void aKeyPairIsRestoredFromItsBytes() {
    WebhookKeyPair pair = WebhookKeyPair.generate(new SecureRandom());
    WebhookKeyPair restored = WebhookKeyPair.restore(pair.bytes());
    assertArrayEquals(pair.bytes(), restored.bytes());
    assertEquals(pair.publicText(), restored.publicText());
    assertEquals(
        WebhookSignature.header(ID, TIME, BODY, List.of(), pair),
        WebhookSignature.header(ID, TIME, BODY, List.of(), restored));
    assertThrows(IllegalArgumentException.class, () -> WebhookKeyPair.restore(new byte[32]));
  }

  @Test
  void secretsReadBackAndDiffer() {
    SecureRandom random = new SecureRandom();
    WebhookSecret secret = WebhookSecret.generate(random);
    assertTrue(secret.text().matches("whsec_[A-Za-z0-9+/]{43}="));
    assertEquals(Optional.of(secret), WebhookSecret.read(secret.text()));
    assertNotEquals(secret, WebhookSecret.generate(random));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "whsec_",
        "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=AAAA",
        "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8-",
        "whpk__AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
      })
  void otherTextsAreNoSecrets(String text) {
    assertTrue(WebhookSecret.read(text).isEmpty());
  }

  @Test
  void nothingSecretIsShown() {
    assertEquals("whsec_****", SECRET.toString());
    assertEquals("whpk_11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=", PAIR.toString());
  }

  @Test
  void anIdWithADotIsAFault() {
    assertThrows(
        IllegalArgumentException.class,
        () -> WebhookSignature.header("a.b", TIME, BODY, List.of(SECRET), null));
  }

  /** As a receiver does it, with the public key as text. */
  private static boolean verifies(String publicText, String head, byte[] body, String signature)
      throws Exception {
    byte[] key = Base64.getDecoder().decode(publicText.substring("whpk_".length()));
    byte[] x509 =
        HexFormat.of().parseHex("302a300506032b6570032100" + HexFormat.of().formatHex(key));
    PublicKey publicKey =
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509));
    Signature verifier = Signature.getInstance("Ed25519");
    verifier.initVerify(publicKey);
    verifier.update(head.getBytes(UTF_8));
    verifier.update(body);
    return verifier.verify(Base64.getDecoder().decode(signature.substring("v1a,".length())));
  }
}
