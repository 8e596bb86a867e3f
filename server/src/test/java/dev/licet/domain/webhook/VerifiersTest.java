package dev.licet.domain.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.http.HttpHeaders;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Other people's verifiers accept what we sign, and refuse it when anything has changed. */
class VerifiersTest {
  private static final String ID = "evt_01h455vb4pex5vsknk084sn02q";
  private static final String BODY =
      "{\"type\":\"license.created\",\"data\":{\"name\":\"Jürgen 例\"}}";

  private final SecureRandom random = new SecureRandom();
  private final WebhookSecret secret = WebhookSecret.generate(random);
  private final WebhookSecret next = WebhookSecret.generate(random);
  private final WebhookKeyPair pair = WebhookKeyPair.generate(random);
  private final long now = Instant.now().getEpochSecond();

  /** A verifier of somebody else's. */
  private interface Verifier {
    void verify(String secret, String body, HttpHeaders headers) throws Exception;
  }

  private static final Map<String, Verifier> VERIFIERS =
      new LinkedHashMap<>(
          Map.of(
              "standardwebhooks",
              (secret, body, headers) ->
                  new com.standardwebhooks.Webhook(secret).verify(body, headers.map()),
              "svix",
              (secret, body, headers) -> new com.svix.Webhook(secret).verify(body, headers)));

  private Map<String, String> signed(List<WebhookSecret> secrets, WebhookKeyPair pair, long time) {
    String signature = WebhookSignature.header(ID, time, BODY.getBytes(UTF_8), secrets, pair);
    return Map.of(
        WebhookSignature.ID_HEADER, ID,
        WebhookSignature.TIMESTAMP_HEADER, Long.toString(time),
        WebhookSignature.SIGNATURE_HEADER, signature);
  }

  private static Map<String, String> with(Map<String, String> headers, String name, String value) {
    Map<String, String> changed = new LinkedHashMap<>(headers);
    changed.put(name, value);
    return changed;
  }

  private static void forEach(
      String secret, String body, Map<String, String> headers, Check check) {
    HttpHeaders given =
        HttpHeaders.of(
            headers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue()))),
            (name, value) -> true);
    VERIFIERS.forEach(
        (name, verifier) -> check.of(name, () -> verifier.verify(secret, body, given)));
  }

  private interface Check {
    void of(String name, Executable verification);
  }

  private static void assertAccepted(String secret, String body, Map<String, String> headers) {
    forEach(secret, body, headers, (name, verification) -> assertDoesNotThrow(verification, name));
  }

  private static void assertRefused(String secret, String body, Map<String, String> headers) {
    forEach(
        secret,
        body,
        headers,
        (name, verification) -> assertThrows(Exception.class, verification, name));
  }

  @Test
  void theyAcceptWhatWeSign() {
    assertAccepted(secret.text(), BODY, signed(List.of(secret), null, now));
    assertAccepted(secret.text(), BODY, signed(List.of(secret), pair, now));
  }

  @Test
  void theyAcceptBothSecretsWhileOneTakesThePlaceOfTheOther() {
    Map<String, String> headers = signed(List.of(next, secret), pair, now);
    assertAccepted(secret.text(), BODY, headers);
    assertAccepted(next.text(), BODY, headers);
  }

  @Test
  void theyRefuseWhatHasChanged() {
    Map<String, String> headers = signed(List.of(secret), pair, now);
    assertRefused(secret.text(), BODY.replace("created", "revoked"), headers);
    assertRefused(secret.text(), BODY + " ", headers);
    assertRefused(secret.text(), BODY, with(headers, WebhookSignature.ID_HEADER, ID + "x"));
    assertRefused(
        secret.text(),
        BODY,
        with(headers, WebhookSignature.TIMESTAMP_HEADER, Long.toString(now + 1)));
    assertRefused(next.text(), BODY, headers);
  }

  @Test
  void theyRefuseAnOldMessage() {
    assertRefused(secret.text(), BODY, signed(List.of(secret), null, now - 600));
    assertRefused(secret.text(), BODY, signed(List.of(secret), null, now + 600));
  }

  @Test
  void anEd25519SignatureAloneIsNoneOfTheirs() {
    assertRefused(secret.text(), BODY, signed(List.of(), pair, now));
  }
}
