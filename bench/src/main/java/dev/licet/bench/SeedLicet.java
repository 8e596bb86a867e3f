package dev.licet.bench;

import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.license.Term;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.product.Product;
import dev.licet.store.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Fills a database with the licenses of a key list, through the product's own stores: a million of
 * them over HTTP would take an hour. Each has its domain authorized and has been validated before,
 * as licenses in daily use have.
 */
final class SeedLicet {
  /** The account that a server makes when it starts for the first time. */
  private static final Tenant FIRST_ACCOUNT = new Tenant(1, true);

  private static final int LICENSES_EACH = 1_000;
  private static final Duration YEAR = Duration.ofDays(365);

  private final Ids ids = new Ids(InstantSource.system(), new SplittableRandom(20261123));
  private final Instant now = Instant.ofEpochMilli(System.currentTimeMillis());

  /** Creates one license of the plan {@code professional} for each key. */
  static void seed(Database database, List<KnownKey> keys) {
    SeedLicet seed = new SeedLicet();
    for (int start = 0; start < keys.size(); start += LICENSES_EACH) {
      List<KnownKey> part = keys.subList(start, Math.min(keys.size(), start + LICENSES_EACH));
      database.transactions().run(stores -> seed.insert(stores, part));
    }
  }

  private void insert(Stores stores, List<KnownKey> keys) {
    Plan plan = stores.plans().find(FIRST_ACCOUNT.accountNo(), "professional").orElseThrow();
    Product product =
        stores.products().find(FIRST_ACCOUNT.accountNo(), Product.DEFAULT_NAME).orElseThrow();
    for (KnownKey known : keys) {
      License license = stores.licenses().insert(license(known, product, plan)).orElseThrow();
      stores
          .seats()
          .insert(
              new Seat(
                  0,
                  ids.next(Ids.ACTIVATION),
                  license.no(),
                  SeatKind.DOMAIN,
                  known.domain(),
                  true,
                  now));
    }
  }

  private License license(KnownKey known, Product product, Plan plan) {
    return new License(
        0,
        ids.next(Ids.LICENSE),
        FIRST_ACCOUNT,
        known.key(),
        product,
        plan,
        Overrides.NONE,
        new Customer("bench@example.com", null),
        Map.of(),
        LicenseStatus.ACTIVE,
        null,
        new Term(ExpiresFrom.CREATION, null, now.plus(YEAR), now),
        1,
        now,
        now);
  }
}
