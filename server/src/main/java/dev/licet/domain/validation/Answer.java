package dev.licet.domain.validation;

import dev.licet.core.NotFoundReason;
import org.jspecify.annotations.Nullable;

/** What is answered to an application. */
public sealed interface Answer {
  /**
   * The key may be used.
   *
   * @param domain in canonical form; {@code null} when the request named none
   * @param atMillis when it was decided
   * @param stale whether the database was away
   */
  record Valid(LicenseSnapshot license, @Nullable String domain, long atMillis, boolean stale)
      implements Answer {}

  /**
   * The licence is known and may not be used.
   *
   * @param stale whether the database was away
   */
  record Refused(Verdict.Refused verdict, long atMillis, boolean stale) implements Answer {}

  /**
   * No licence has this key.
   *
   * @param suggestion the one key that differs in one symbol, computed from the text alone
   */
  record NotFound(NotFoundReason reason, @Nullable String suggestion) implements Answer {}

  /** Too many requests; nothing was decided or recorded. */
  record Throttled(long waitNanos) implements Answer {}

  /** The database cannot be reached, and without it there is no answer. */
  record Unavailable() implements Answer {}
}
