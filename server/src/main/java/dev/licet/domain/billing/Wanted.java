package dev.licet.domain.billing;

import dev.licet.domain.license.LicenseStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a licence of an order should be like.
 *
 * @param plan {@code null} when what is ordered is not known, so that the plan stays as it is
 * @param product the name of a product; {@code null} for the default one
 * @param seats {@code null} when the plan says how many there are
 * @param ends whether the order says when it ends; else the plan does
 * @param expiresAt {@code null} when it has no end yet
 * @param reason why it is not active
 */
public record Wanted(
    Buyer buyer,
    @Nullable String plan,
    @Nullable String product,
    @Nullable Integer seats,
    boolean ends,
    @Nullable Instant expiresAt,
    LicenseStatus status,
    @Nullable String reason) {
  /** The same on another's plan and with its seats. */
  Wanted onPlanOf(Wanted other) {
    return new Wanted(
        buyer, other.plan, other.product, other.seats, ends, expiresAt, status, reason);
  }
}
