package dev.licet.http;

import dev.licet.domain.sla.ServiceLevels;
import dev.licet.domain.usage.JournalLane;
import dev.licet.domain.validation.Answer;
import dev.licet.domain.validation.ValidationRequest;
import dev.licet.domain.validation.Validations;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/validate}, for one event loop. It runs there and never blocks: what asks the
 * database goes elsewhere and comes back.
 */
final class ValidateEndpoint {
  static final String PATH = "/api/v1/validate";

  private static final int LEAST_FAULT = 500;

  private final Validations validations;
  private final JournalLane lane;
  private final Metrics metrics;
  private final ServiceLevels levels;

  ValidateEndpoint(
      Validations validations, JournalLane lane, Metrics metrics, ServiceLevels levels) {
    this.validations = validations;
    this.lane = lane;
    this.metrics = metrics;
    this.levels = levels;
  }

  /**
   * Who asks.
   *
   * @param country if a proxy that is believed said it
   * @param client the software, {@code name/version}
   */
  record Sender(String address, @Nullable String country, @Nullable String client) {}

  /**
   * Answers a request.
   *
   * @param reply called once, on the event loop
   */
  void handle(byte[] body, Sender sender, Consumer<Response> reply) {
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
              sender.address(),
              sender.country(),
              sender.client()),
          lane,
          answer -> {
            long nanos = System.nanoTime() - start;
            metrics.validated(answer, nanos);
            if (answer instanceof Answer.Unavailable) {
              levels.failed();
            } else {
              levels.answered(nanos);
            }
            reply.accept(AnswerWriter.response(answer, read.nonce()));
          });
    } catch (RuntimeException e) {
      Response response = Problems.of(e);
      if (response.status() >= LEAST_FAULT) {
        levels.failed();
      }
      reply.accept(response);
    }
  }
}
