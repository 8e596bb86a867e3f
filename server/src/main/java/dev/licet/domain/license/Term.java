package dev.licet.domain.license;

import dev.licet.domain.IsoDuration;
import java.time.Instant;
import java.util.Objects;
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
 * @param announced how many days before this end its last announcement was due; {@link #ENDED} once
 *     it has come and was announced, {@code null} before any announcement
 */
public record Term(
    ExpiresFrom from,
    @Nullable IsoDuration pending,
    @Nullable Instant expiresAt,
    @Nullable Instant firstValidatedAt,
    @Nullable Integer announced) {
  /** The last moment that RFC 3339 can write, to the millisecond. */
  public static final Instant LATEST_END = Instant.parse("9999-12-31T23:59:59.999Z");

  /** No days before an end: the end itself. */
  public static final int ENDED = 0;

  /** A term of whose end nothing was announced. */
  public Term(
      ExpiresFrom from,
      @Nullable IsoDuration pending,
      @Nullable Instant expiresAt,
      @Nullable Instant firstValidatedAt) {
    this(from, pending, expiresAt, firstValidatedAt, null);
  }

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
    return new Term(
        from, null, end, firstValidatedAt, Objects.equals(end, expiresAt) ? announced : null);
  }

  /** A term whose end counts {@code duration} from the first validation, which is yet to come. */
  public Term pendingFor(IsoDuration duration) {
    return new Term(from, duration, null, null);
  }

  /** The term once the licence has been found valid for the first time. */
  public Term startedAt(Instant now) {
    return pending == null
        ? new Term(from, null, expiresAt, now, announced)
        : new Term(from, null, pending.after(now), now);
  }

  /** The term once its end was announced as many days before. */
  Term withAnnounced(int days) {
    return new Term(from, pending, expiresAt, firstValidatedAt, days);
  }

  /** Whether its end has come. */
  public boolean isOverAt(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }
}
