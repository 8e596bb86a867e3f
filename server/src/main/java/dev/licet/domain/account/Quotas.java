package dev.licet.domain.account;

import dev.licet.domain.Failure.Forbidden;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Holds accounts to the number of licences that they may have. */
public final class Quotas {
  private Quotas() {}

  /**
   * To be called inside the transaction that makes licences count, before it does. Of an account
   * that has a limit the row stays locked, so that no other transaction adds any meanwhile.
   *
   * @param more how many licences begin to count
   * @throws FailureException when there is no room for all of them
   */
  public static void requireRoom(Stores stores, Tenant tenant, int more, Instant now) {
    if (limit(stores, tenant) == null) {
      return;
    }
    stores.accounts().lock(tenant.accountNo());
    Integer limit = limit(stores, tenant);
    if (limit != null && stores.accounts().countLicenses(tenant, now) + more > limit) {
      throw FailureException.forbidden(
          Forbidden.Code.QUOTA_EXCEEDED,
          tenant.live()
              ? "The account may have " + limit + " licenses that are active or suspended."
              : "An account may have " + limit + " licenses in test mode.");
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
