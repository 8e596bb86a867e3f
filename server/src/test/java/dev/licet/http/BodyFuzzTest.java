package dev.licet.http;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.domain.Failure;
import dev.licet.domain.FailureException;
import dev.licet.http.Fields.Shape;

/**
 * Reads arbitrary bytes as bodies. As an ordinary test it runs on the seeds; with {@code
 * -Dfuzz=true} it searches.
 */
class BodyFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void aValidationIsReadOrRefused(byte[] data) {
    try {
      ValidationBody body = ValidationBody.read(data);
      require(Json.hasLength(body.key(), 1, 256), body.key());
      requireClean(body.key(), body.domain(), body.fingerprint(), body.nonce());
      Json.read(data);
    } catch (ProblemException | FailureException e) {
      requireProblem(e);
    }
  }

  @FuzzTest(maxDuration = "1m")
  void fieldsAreReadOrRefused(byte[] data) {
    try {
      JsonNode json = Json.read(data);
      Fields fields = Fields.of(json);
      fields.required("name", Shape.text(1, 64));
      fields.nullable("reason", Shape.text(0, 500));
      fields.nullableCount("max_domains");
      fields.nullableTime("expires_at");
      fields.nullableDuration("duration");
      fields.flag("force");
      fields.texts("features", 100, true, Shape.pattern("[a-z]{1,64}", "must be a name"));
      fields.pairs("metadata", 64, 16_384);
      fields.finish();
      require(json.equals(Json.read(Json.bytes(json))), "reads back as something else");
    } catch (ProblemException | FailureException e) {
      requireProblem(e);
    }
  }

  private static void requireClean(String... texts) {
    for (String text : texts) {
      require(text == null || Json.isClean(text), "is not clean");
    }
  }

  /** What was refused is answered with a problem that is the client's. */
  private static void requireProblem(RuntimeException thrown) {
    int status = Problems.of(thrown).status();
    require(status == 400, "is answered with " + status);
    if (thrown instanceof FailureException e) {
      require(e.failure() instanceof Failure.InvalidRequest, "is another failure");
    }
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new AssertionError(otherwise);
    }
  }
}
