package dev.licet.domain.activation;

import dev.licet.domain.Stores;
import dev.licet.domain.activation.SeatStore.Scope;
import dev.licet.domain.license.License;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Policy;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Leases of seats for devices: where a plan's devices are floating, a seat is free again when its
 * device has not validated for as long as the plan says, or up to {@link #MARGIN} longer.
 */
public final class Leases {
  /**
   * How much longer a lease is written than it has to be: a device that validates all the time
   * writes it once in so long.
   */
  public static final Duration MARGIN = Duration.ofSeconds(10);

  private Leases() {}

  /** Until when a device that validates now has its seat; {@code null} is until it is freed. */
  static @Nullable Instant end(Policy policy, Instant now) {
    return policy.leasesDevices() ? now.plusMillis(policy.deviceLeaseMillis()).plus(MARGIN) : null;
  }

  /**
   * Whether the lease of a device that validates now must be written anew: it ends too soon, or
   * there is one and should be none.
   *
   * @param leasedUntil milliseconds since the epoch; {@link Long#MAX_VALUE} for a seat that is held
   *     until it is freed
   */
  public static boolean isDue(Policy policy, long leasedUntil, long nowMillis) {
    boolean leased = leasedUntil != Long.MAX_VALUE;
    return policy.leasesDevices()
        ? !leased || leasedUntil - nowMillis < policy.deviceLeaseMillis()
        : leased;
  }

  /** Writes the lease of a seat anew if it is time; the licence is locked. */
  static void renew(Stores stores, License license, Seat seat, Instant now) {
    Instant until = seat.leasedUntil();
    long untilMillis = until == null ? Long.MAX_VALUE : until.toEpochMilli();
    if (isDue(license.policy(), untilMillis, now.toEpochMilli())) {
      stores.seats().lease(seat.no(), end(license.policy(), now));
    }
  }

  /**
   * To be called before a plan changes. Keeps all its licences from taking seats until the
   * transaction ends, if their leases change.
   */
  public static void planChanges(Stores stores, Plan before, Plan after, Instant now) {
    if (before.policy().deviceLeaseMinutes() != after.policy().deviceLeaseMinutes()) {
      stores.licenses().lockAllOn(after.no());
      change(stores, Scope.ofPlan(after.no()), after.policy(), now);
    }
  }

  /** To be called when a licence, which is locked, moves to another plan. */
  public static void licenseMoves(Stores stores, License before, License after, Instant now) {
    if (before.policy().deviceLeaseMinutes() != after.policy().deviceLeaseMinutes()) {
      change(stores, Scope.ofLicense(after.no()), after.policy(), now);
    }
  }

  private static void change(Stores stores, Scope scope, Policy policy, Instant now) {
    Instant end = end(policy, now);
    if (end == null) {
      stores.seats().endLeases(scope, now);
    } else {
      stores.seats().capLeases(scope, end);
    }
  }
}
