package dev.licet.domain.license;

import dev.licet.domain.usage.UsageTotals;
import java.util.List;

/**
 * A licence with its seats and its use, all of one moment: what the API shows.
 *
 * @param domains canonical names, oldest seat first; at most {@link #MAX_SEATS_SHOWN}
 * @param devices fingerprints, oldest seat first; at most {@link #MAX_SEATS_SHOWN}
 */
public record LicenseView(
    License license, List<String> domains, List<String> devices, UsageTotals usage) {
  /** A view lists no more seats of a kind than this; the list of activations has them all. */
  public static final int MAX_SEATS_SHOWN = 1_000;
}
