package dev.licet.http;

import java.util.Locale;

/** The stable codes of problems, each with its HTTP status and title. */
public enum ProblemCode {
  INVALID_REQUEST(400, "Invalid request"),
  MALFORMED_JSON(400, "Malformed JSON"),
  SIGNATURE_INVALID(400, "Signature invalid"),
  UNAUTHORIZED(401, "Unauthorized"),
  INSUFFICIENT_SCOPE(403, "Insufficient scope"),
  ADDRESS_NOT_ALLOWED(403, "Address not allowed"),
  ACCOUNT_SUSPENDED(403, "Account suspended"),
  QUOTA_EXCEEDED(403, "Quota exceeded"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  KEY_TAKEN(409, "Key taken"),
  PRODUCT_EXISTS(409, "Product exists"),
  PRODUCT_IN_USE(409, "Product in use"),
  PLAN_EXISTS(409, "Plan exists"),
  PLAN_IN_USE(409, "Plan in use"),
  LICENSE_REVOKED(409, "License revoked"),
  LICENSE_NEVER_EXPIRES(409, "License never expires"),
  LIMIT_BELOW_USAGE(409, "Limit below usage"),
  DOMAIN_LIMIT_REACHED(409, "Domain limit reached"),
  DEVICE_LIMIT_REACHED(409, "Device limit reached"),
  WEBHOOK_LIMIT_REACHED(409, "Webhook limit reached"),
  WEBHOOK_DISABLED(409, "Webhook disabled"),
  CHECKOUT_LIMIT_REACHED(409, "Checkout limit reached"),
  SEAT_RELEASE_NOT_ALLOWED(409, "Seat release not allowed"),
  IDEMPOTENCY_IN_PROGRESS(409, "Idempotency in progress"),
  PRECONDITION_FAILED(412, "Precondition failed"),
  PAYLOAD_TOO_LARGE(413, "Payload too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  EXPECTATION_FAILED(417, "Expectation failed"),
  IDEMPOTENCY_KEY_REUSED(422, "Idempotency key reused"),
  REPORT_TOO_LARGE(422, "Report too large"),
  RATE_LIMITED(429, "Rate limited"),
  SEAT_RELEASE_LIMIT_REACHED(429, "Seat release limit reached"),
  INTERNAL_ERROR(500, "Internal error"),
  TEMPORARILY_UNAVAILABLE(503, "Temporarily unavailable");

  private final int status;
  private final String title;

  ProblemCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The problem's type, RFC 9457 section 3.1.1. */
  public String type() {
    return "https://licet.dev/problems/" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
