package dev.licet.domain;

import dev.licet.domain.Failure.Conflict;
import dev.licet.domain.Failure.FieldError;
import dev.licet.domain.Failure.Forbidden;
import dev.licet.domain.Failure.InvalidRequest;
import dev.licet.domain.Failure.NotFound;

/**
 * Carries a {@link Failure} out of a transaction, undoing it. Has no stack trace: it is no fault.
 */
public final class FailureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  public FailureException(Failure failure) {
    super(failure.detail(), null, false, false);
    this.failure = failure;
  }

  public static FailureException notFound(String what) {
    return new FailureException(new NotFound("There is no such " + what + "."));
  }

  public static FailureException invalid(String pointer, String detail) {
    return new FailureException(new InvalidRequest(new FieldError(pointer, detail)));
  }

  public static FailureException conflict(Conflict.Code code, String detail) {
    return new FailureException(new Conflict(code, detail));
  }

  public static FailureException forbidden(Forbidden.Code code, String detail) {
    return new FailureException(new Forbidden(code, detail));
  }

  public Failure failure() {
    return failure;
  }
}
