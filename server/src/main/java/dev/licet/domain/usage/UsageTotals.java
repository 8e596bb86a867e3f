package dev.licet.domain.usage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How often and when last something was validated.
 *
 * @param validations the valid ones
 * @param lastValidatedAt the latest of them; {@code null} when there was none
 */
public record UsageTotals(long validations, @Nullable Instant lastValidatedAt) {
  public static final UsageTotals NONE = new UsageTotals(0, null);
}
