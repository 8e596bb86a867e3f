package dev.licet.domain.license;

import dev.licet.domain.FailureException;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.activation.SeatView;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.domain.usage.UsageSummary;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Reads licences, their seats and the history of their use. */
public final class Licenses {
  private final Transactions transactions;
  private final InstantSource clock;

  public Licenses(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** The history of a licence, a page of it, with figures over all of it. */
  public record Usage(Page<UsageRecord> page, UsageSummary summary) {}

  /**
   * One licence.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public LicenseView get(Tenant tenant, String id) {
    Instant now = clock.instant();
    return transactions.read(stores -> LicenseViews.of(stores, find(stores, tenant, id), now));
  }

  /** Newest first. */
  public Page<LicenseView> list(
      Tenant tenant, LicenseFilter filter, int limit, @Nullable String startingAfter) {
    Instant now = clock.instant();
    return transactions.read(stores -> {
      Page<License> page = stores.licenses().list(tenant, filter, limit, startingAfter);
      return new Page<>(LicenseViews.of(stores, page.data(), now), page.hasMore());
    });
  }

  /** The ids of licences, newest first. */
  public Page<String> ids(
      Tenant tenant, LicenseFilter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> {
      Page<License> page = stores.licenses().list(tenant, filter, limit, startingAfter);
      return new Page<>(page.data().stream().map(License::id).toList(), page.hasMore());
    });
  }

  /** The seats of a licence, newest first. */
  public Page<SeatView> seats(Tenant tenant, String id, int limit, @Nullable String startingAfter) {
    Instant now = clock.instant();
    return transactions.read(
        stores -> stores.seats().list(find(stores, tenant, id).no(), limit, startingAfter, now));
  }

  /** The history of a licence. */
  public Usage usage(Tenant tenant, String id, UsageQuery query) {
    Instant now = clock.instant();
    return transactions.read(stores -> {
      long no = find(stores, tenant, id).no();
      UsageQuery oneMore =
          new UsageQuery(query.from(), query.to(), query.valid(), query.limit() + 1, query.after());
      return new Usage(
          Page.of(stores.usage().history(no, oneMore), query.limit()),
          stores.usage().summary(tenant, no, now));
    });
  }

  private static License find(Stores stores, Tenant tenant, String id) {
    return stores
        .licenses()
        .find(tenant, id)
        .orElseThrow(() -> FailureException.notFound("license"));
  }
}
