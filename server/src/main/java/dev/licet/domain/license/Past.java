package dev.licet.domain.license;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a licence that comes from elsewhere has been through already.
 *
 * @param createdAt {@code null} is now; durations count from here
 * @param firstValidatedAt {@code null} when it was never found valid
 * @param devices fingerprints that hold a seat
 * @param countersUsed units of the present period, by the counters' names
 */
public record Past(
    LicenseStatus status,
    @Nullable String statusReason,
    @Nullable Instant createdAt,
    @Nullable Instant firstValidatedAt,
    List<String> devices,
    Map<String, Long> countersUsed) {
  /** A new licence. */
  public static final Past NONE =
      new Past(LicenseStatus.ACTIVE, null, null, null, List.of(), Map.of());
}
