package dev.licet.http;

import dev.licet.domain.Failure.FieldError;
import java.util.List;
import java.util.Map;

/**
 * A request that is answered with a problem (RFC 9457). Has no stack trace: it is no fault of the
 * server.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  /**
   * What is answered.
   *
   * @param headers to be sent beside it, such as {@code Allow}
   */
  public record Problem(
      ProblemCode code, String detail, List<FieldError> errors, Map<String, String> headers) {}

  public ProblemException(ProblemCode code, String detail) {
    this(code, detail, List.of(), Map.of());
  }

  public ProblemException(
      ProblemCode code, String detail, List<FieldError> errors, Map<String, String> headers) {
    super(detail, null, false, false);
    this.problem = new Problem(code, detail, errors, headers);
  }

  public Problem problem() {
    return problem;
  }
}
