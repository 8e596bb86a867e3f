package dev.licet.domain.account;

import dev.licet.domain.Failure.Forbidden;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.notice.QuotaNotices;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Holds accounts to the number of licences that they may have, and has them told. */
public final class Quotas {
  private final QuotaNotices notices;

  public Quotas(QuotaNotices notices) {
    this.notices = notices;
  }

  /**
   * To be called inside the transaction that makes licences count, before it does. Of an account
   * that has a limit the row stays locked, so that no other transaction adds any meanwhile.
   *
   * @param more how many licences begin to count
   * @throws FailureException when there is no room for all of them
   */
  public void requireRoom(Stores stores, Tenant tenant, int more, Instant now) {
    if (limit(stores, tenant) == null) {
      return;
    }
    Account account = stores.accounts().lock(tenant.accountNo()).orElse(null);
    Integer limit = limit(stores, tenant);
    if (account == null || limit == null) {
      return;
    }
    long before = stores.accounts().countLicenses(tenant, now);
    if (before + more > limit) {
      if (tenant.live()) {
        notices.licenseRefused(account.no());
      }
      throw FailureException.forbidden(
          Forbidden.Code.QUOTA_EXCEEDED,
          tenant.live()
              ? "The account may have " + limit + " licenses that are active or suspended."
              : "An account may have " + limit + " licenses in test mode.");
    }
    if (tenant.live()) {
      notices.licensesAdded(stores, account, before, before + more, limit, now);
    }
  }

  private static @Nullable Integer limit(Stores stores, Tenant tenant) {
    return tenant.live()
        ? stores
            .accounts()
            .find(tenant.accountNo())
            .map(account -> account.quota().maxLicenses())
            .orElse(null)
        : Integer.valueOf(Quota.MAX_TEST_LICENSES);
  }
}
