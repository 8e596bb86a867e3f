package dev.licet.contract;

import dev.licet.domain.Tenant;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import org.jspecify.annotations.Nullable;

/** Validations, as tests record them. */
final class Uses {
  /** What all licences of tests belong to that name nothing else. */
  static final UsageGroup GROUP = new UsageGroup(1, true, 1, 1);

  static final Tenant TENANT = new Tenant(GROUP.accountNo(), GROUP.live());

  private Uses() {}

  /** A valid one of which nothing is known but the licence and the time. */
  static UsageEvent valid(long license, long atMillis) {
    return event(license, atMillis, Outcome.VALID, null, null, null, 0, 0);
  }

  static UsageEvent event(
      long license,
      long atMillis,
      Outcome outcome,
      @Nullable String domain,
      @Nullable String fingerprint,
      @Nullable String ip,
      long domainSeat,
      long deviceSeat) {
    return new UsageEvent(
        license,
        GROUP,
        atMillis,
        outcome,
        domain,
        fingerprint,
        new UsageOrigin(ip, null, 0, null),
        domainSeat,
        deviceSeat);
  }
}
