package dev.licet.http.api;

import dev.licet.domain.AddressBlocks;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.http.Fields.Shape;
import java.util.Optional;

/** What fields that several calls take must be like. */
final class Shapes {
  static final int MAX_FEATURES = 100;
  static final int MAX_DOMAINS = 1_000;
  static final int MAX_PAIRS = 64;
  static final int MAX_METADATA_BYTES = 16 * 1024;

  static final int MAX_GRACE = 3_650;
  static final int MAX_LEASE = 525_600;
  static final int MAX_BLOCKS = 100;
  static final int MAX_LIMITS = 100;

  /** What every JSON parser reads exactly (RFC 8259, section 6). */
  static final long MAX_LIMIT = (1L << 53) - 1;

  /** The name of a plan or of a product. */
  static final Shape<String> NAME =
      Shape.pattern(
          "[a-z0-9][a-z0-9_-]{0,63}",
          "must be a name of 1 to 64 of a-z, 0-9, _ and -, starting with a letter or digit");

  static final Shape<String> KEY_PREFIX =
      Shape.pattern("[A-Z][A-Z0-9]{1,7}", "must be 2 to 8 of A-Z and 0-9, starting with a letter");
  static final Shape<String> ADDRESS_BLOCK =
      new Shape<>(
          text -> AddressBlocks.isBlock(text) ? Optional.of(text) : Optional.empty(),
          "must be an IP address such as 192.0.2.7, or a block such as 10.0.0.0/8");
  static final Shape<SemanticVersion> VERSION =
      new Shape<>(
          SemanticVersion::read,
          "must be a semantic version such as 2.0.1 or 3.0.0-rc.1, at most "
              + SemanticVersion.MAX_LENGTH
              + " characters");
  static final Shape<SeatRelease.By> RELEASE_BY =
      new Shape<>(SeatRelease.By::of, "must be vendor or anyone");
  static final Shape<String> FEATURE =
      Shape.pattern("[a-z0-9_.:-]{1,64}", "must be a name of 1 to 64 of a-z, 0-9 and _ . : -");
  static final int MAX_COUNTERS = 50;
  static final Shape<String> COUNTER = FEATURE;
  static final Shape<CounterReset> COUNTER_RESET =
      new Shape<>(CounterReset::of, "must be monthly or never");
  static final Shape<String> IDEMPOTENCY_KEY = Shape.text(1, 255);
  static final Shape<String> EMAIL =
      new Shape<>(
          text ->
              text.length() <= 254 && text.matches("[^@\\s\\p{Cc}]+@[^@\\s\\p{Cc}]+")
                  ? Optional.of(text)
                  : Optional.empty(),
          "must be an e-mail address of at most 254 characters");
  static final Shape<String> CUSTOMER_NAME = Shape.text(1, 200);
  static final Shape<String> DOMAIN = Shape.text(1, 1_024);
  static final Shape<String> FINGERPRINT = Shape.text(1, 256);
  static final Shape<String> TYPED_KEY = Shape.text(1, 256);
  static final Shape<String> REASON = Shape.text(0, 500);
  static final Shape<ExpiresFrom> EXPIRES_FROM =
      new Shape<>(ExpiresFrom::of, "must be creation or first_validation");
  static final Shape<LicenseStatus> SETTABLE_STATUS =
      new Shape<>(
          text ->
              LicenseStatus.of(text)
                  .filter(status ->
                      status == LicenseStatus.ACTIVE || status == LicenseStatus.SUSPENDED),
          "must be active or suspended");
  static final Shape<SeatKind> SEAT_KIND = new Shape<>(SeatKind::of, "must be domain or device");

  private Shapes() {}
}
