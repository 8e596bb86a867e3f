package dev.licet.http;

import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.validation.ValidationRequest;
import dev.licet.domain.validation.Validations;
import java.util.function.Consumer;

/**
 * {@code POST /api/v1/validate}, for one event loop. It runs there and never blocks: what asks the
 * database goes elsewhere and comes back.
 */
final class ValidateEndpoint {
  static final String PATH = "/api/v1/validate";

  private final Validations validations;
  private final UsageJournal.Lane lane;
  private final Metrics metrics;

  ValidateEndpoint(Validations validations, UsageJournal.Lane lane, Metrics metrics) {
    this.validations = validations;
    this.lane = lane;
    this.metrics = metrics;
  }

  /**
   * Answers a request.
   *
   * @param reply called once, on the event loop
   */
  void handle(byte[] body, String address, Consumer<Response> reply) {
    long start = System.nanoTime();
    try {
      ValidationBody read = ValidationBody.read(body);
      validations.validate(
          new ValidationRequest(
              read.key(),
              read.domain(),
              read.fingerprint(),
              read.product(),
              read.version(),
              address),
          lane,
          answer -> {
            metrics.validated(answer, System.nanoTime() - start);
            reply.accept(AnswerWriter.response(answer, read.nonce()));
          });
    } catch (RuntimeException e) {
      reply.accept(Problems.of(e));
    }
  }
}
