package dev.licet.domain.license;

import dev.licet.domain.IsoDuration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a licence lasts.
 *
 * @param from from when a duration counts
 * @param pending the duration that starts at the first validation; {@code null} once it has, or
 *     when there is none
 * @param expiresAt the first moment at which the licence is no longer valid; {@code null} is never,
 *     or not known before the first validation
 * @param firstValidatedAt when the licence was first found valid
 */
public record Term(
    ExpiresFrom from,
    @Nullable IsoDuration pending,
    @Nullable Instant expiresAt,
    @Nullable Instant firstValidatedAt) {
  /** The last moment that RFC 3339 can write, to the millisecond. */
  public static final Instant LATEST_END = Instant.parse("9999-12-31T23:59:59.999Z");

  /** A term that counts {@code duration} from creation or from the first validation. */
  public static Term lasting(@Nullable IsoDuration duration, ExpiresFrom from, Instant createdAt) {
    if (duration == null) {
      return new Term(from, null, null, null);
    }
    return from == ExpiresFrom.FIRST_VALIDATION
        ? new Term(from, duration, null, null)
        : new Term(from, null, duration.after(createdAt), null);
  }

  /** A term that ends at a given moment, or never; what counted before is forgotten. */
  public Term endingAt(@Nullable Instant end) {
    return new Term(from, null, end, firstValidatedAt);
  }

  /** A term whose end counts {@code duration} from the first validation, which is yet to come. */
  public Term pendingFor(IsoDuration duration) {
    return new Term(from, duration, null, null);
  }

  /** The term once the licence has been found valid for the first time. */
  public Term startedAt(Instant now) {
    Instant end = pending == null ? expiresAt : pending.after(now);
    return new Term(from, null, end, now);
  }
}
