package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeactivationTest extends ApiTest {
  @Test
  void aSeatIsFreedAndCanBeTakenByAnother() {
    Reply license = api.create("starter");
    api.validate(key(license), "domain", "one.example", "fingerprint", "f1").expectValid();
    assertEquals(true, deactivate(license, "domain", "https://WWW.one.example/").asBoolean());
    assertEquals(List.of(), fresh(license).texts("/domains"));
    assertEquals(List.of("f1"), fresh(license).texts("/devices"));
    api.validate(key(license), "domain", "two.example").expectValid();
    assertEquals(true, deactivate(license, "fingerprint", "f1").asBoolean());
    api.validate(key(license), "fingerprint", "f2").expectValid();
  }

  @Test
  void whatWasFreeAlreadyIsNoError() {
    Reply license = api.create("starter");
    String tag = license.header("ETag");
    assertEquals(false, deactivate(license, "domain", "one.example").asBoolean());
    assertEquals(false, deactivate(license, "fingerprint", "f1").asBoolean());
    assertEquals(tag, fresh(license).header("ETag"));
  }

  @Test
  void theStatusDoesNotMatter() {
    Reply license = api.create("starter");
    api.validate(key(license), "fingerprint", "f1").expectValid();
    api.post(path(license) + "/suspend", "{}").expect(200);
    assertEquals(true, deactivate(license, "fingerprint", "f1").asBoolean());
    assertEquals(List.of(), fresh(license).texts("/devices"));
  }

  @Test
  void aWildcardIsNotFreedByADomainUnderIt() {
    Reply license = api.create("starter", "domains", "[\"*.example.com\"]");
    assertEquals(false, deactivate(license, "domain", "a.example.com").asBoolean());
    assertEquals(List.of("*.example.com"), fresh(license).texts("/domains"));
  }

  @Test
  void exactlyOneOfDomainAndFingerprintIsTaken() {
    Reply license = api.create("starter");
    post("{\"key\": \"" + key(license) + "\"}").expectProblem(400, "INVALID_REQUEST");
    post("{\"key\": \"" + key(license) + "\", \"domain\": \"a.example\", \"fingerprint\": \"f\"}")
        .expectProblem(400, "INVALID_REQUEST");
    post("{\"domain\": \"a.example\"}").expectInvalid("#/key");
    post("{\"key\": \"" + key(license) + "\", \"domain\": \"no domain\"}")
        .expectInvalid("#/domain");
    post("{\"key\": \"" + key(license) + "\", \"domain\": \"a.example\", \"nonce\": \"n\"}")
        .expectInvalid("#/nonce");
  }

  @Test
  void aKeyThatDoesNotExistIsToldAsAValidationTellsIt() {
    post("{\"key\": \"nonsense\", \"domain\": \"a.example\"}").expectNoKey("MALFORMED");
    post("{\"key\": \"AC-ZAB5-RRB1-46VH-74F4\", \"domain\": \"a.example\"}")
        .expectNoKey("CHECKSUM_MISMATCH");
    Reply license = api.create("starter");
    api.post(path(license) + "/rotate", "{}").expect(200);
    post("{\"key\": \"" + key(license) + "\", \"domain\": \"a.example\"}").expectNoKey("UNKNOWN");
  }

  private static JsonNode deactivate(Reply license, String field, String value) {
    return post("{\"key\": \"" + key(license) + "\", \"" + field + "\": \"" + value + "\"}")
        .expect(200)
        .at("/deactivated");
  }

  private static Reply post(String body) {
    return api.without("Authorization").post("/api/v1/deactivate", body);
  }
}
