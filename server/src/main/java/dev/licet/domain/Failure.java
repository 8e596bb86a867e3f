package dev.licet.domain;

import java.time.Duration;
import java.util.List;

/**
 * Why a management call was refused. Each case is something that a caller did or can mend; faults
 * are other exceptions. {@code dev.licet.http} maps every case to one problem.
 */
public sealed interface Failure {
  /** What a person should read. */
  String detail();

  /** No such thing, or another tenant's. */
  record NotFound(String detail) implements Failure {}

  /** A field of the request is missing, of the wrong type or out of range. */
  record InvalidRequest(List<FieldError> errors) implements Failure {
    /** Of many that are wrong, so many are named. */
    public static final int MAX_ERRORS = 20;

    public InvalidRequest(FieldError error) {
      this(List.of(error));
    }

    @Override
    public String detail() {
      if (errors.size() > 1) {
        return errors.size() + " fields are not as they should be";
      }
      FieldError error = errors.getFirst();
      return error.pointer().isEmpty()
          ? error.detail()
          : error.pointer().substring(1) + ": " + error.detail();
    }
  }

  /** The state of things does not allow it; {@code code} is stable. */
  record Conflict(Conflict.Code code, String detail) implements Failure {
    /** The conflicts that there are. */
    public enum Code {
      KEY_TAKEN,
      PRODUCT_EXISTS,
      PRODUCT_IN_USE,
      PLAN_EXISTS,
      PLAN_IN_USE,
      LICENSE_REVOKED,
      LICENSE_NEVER_EXPIRES,
      LIMIT_BELOW_USAGE,
      SEAT_RELEASE_NOT_ALLOWED,
      DOMAIN_LIMIT_REACHED,
      DEVICE_LIMIT_REACHED,
      WEBHOOK_LIMIT_REACHED,
      WEBHOOK_DISABLED,
      CHECKOUT_LIMIT_REACHED,
      IDEMPOTENCY_KEY_REUSED
    }
  }

  /**
   * Seats of a licence were given back as often as its plan lets them be.
   *
   * @param retryAfter until the next one may be
   */
  record SeatReleaseLimit(Duration retryAfter, String detail) implements Failure {}

  /** The caller may not; {@code code} is stable. */
  record Forbidden(Forbidden.Code code, String detail) implements Failure {
    /** Why it may not. */
    public enum Code {
      INSUFFICIENT_SCOPE,
      QUOTA_EXCEEDED
    }
  }

  /** The caller's {@code If-Match} names another version. */
  record PreconditionFailed(String detail) implements Failure {}

  /** More would have to be added up for a report than there is time for. */
  record ReportTooLarge(String detail) implements Failure {}

  /**
   * One field that is not as it should be.
   *
   * @param pointer where it stands in the body, RFC 6901, or the name of a query parameter
   * @param detail what is wrong and what is allowed
   */
  record FieldError(String pointer, String detail) {}
}
