package dev.licet.contract;

import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.Quota;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.license.Term;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Rules;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.domain.product.Product;
import dev.licet.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes rows to test with. */
final class Fixture {
  static final Instant NOW = Instant.parse("2026-05-01T10:30:00.123Z");

  /** Rules that say something about everything. */
  static final Rules RULES =
      new Rules(
          true,
          7,
          new SeatRelease(SeatRelease.By.ANYONE, 2),
          30,
          false,
          true,
          List.of("10.0.0.0/8", "2001:db8::1"),
          SemanticVersion.read("1.0.0-rc.1+build").orElseThrow(),
          SemanticVersion.read("2.0.0").orElseThrow(),
          Map.of("projects", 10L, "seats", 0L),
          Map.of(
              "exports", new CounterRule(100L, CounterReset.MONTHLY),
              "calls", new CounterRule(null, CounterReset.NEVER)));

  final Ids ids = new Ids(Backend.CLOCK, new Random());
  final Database database;

  Fixture(Database database) {
    this.database = database;
  }

  Tenant account(String name) {
    return database
        .transactions()
        .write(stores -> {
          Account account =
              stores
                  .accounts()
                  .insert(Account.create(ids.next(Ids.ACCOUNT), name, null, Quota.UNLIMITED, NOW));
          stores.plans().insert(account.no(), plan("pro", 3, 3));
          return new Tenant(account.no(), true);
        });
  }

  static Plan plan(String name, @Nullable Integer maxDomains, @Nullable Integer maxDevices) {
    return new Plan(
        0,
        name,
        List.of("export", "sync"),
        maxDomains,
        maxDevices,
        IsoDuration.read("P1Y").orElseThrow(),
        false,
        ExpiresFrom.CREATION,
        Rules.NONE,
        NOW,
        NOW);
  }

  /** A licence on the plan {@code pro} that is not inserted yet. */
  License license(Tenant tenant, String key) {
    Plan plan =
        database
            .transactions()
            .read(stores -> stores.plans().find(tenant.accountNo(), "pro"))
            .orElseThrow();
    Product product =
        database
            .transactions()
            .read(stores -> stores.products().find(tenant.accountNo(), Product.DEFAULT_NAME))
            .orElseThrow();
    return new License(
        0,
        ids.next(Ids.LICENSE),
        tenant,
        key,
        product,
        plan,
        new Overrides(Given.absent(), Given.of(null), Given.of(List.of("own")), Rules.NONE),
        new Customer("Ada@Example.com", "Ada"),
        Map.of("order", "17"),
        LicenseStatus.ACTIVE,
        null,
        new Term(ExpiresFrom.CREATION, null, NOW.plusSeconds(3600), null),
        1,
        NOW,
        NOW);
  }

  License insert(Tenant tenant, String key) {
    License license = license(tenant, key);
    return database.transactions().write(stores -> stores.licenses().insert(license)).orElseThrow();
  }

  /** Leaves a licence with the sealed key of another one, which does not open for it. */
  void breakKey(Backend backend, License broken, License other) throws SQLException {
    String sql =
        """
        UPDATE license_keys SET sealed =
          (SELECT k.sealed FROM license_keys k WHERE k.license_no = %d)
        WHERE license_no = %d
        """;
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(other.no(), broken.no()));
    }
  }

  Seat seat(License license, SeatKind kind, String value) {
    return new Seat(0, ids.next(Ids.ACTIVATION), license.no(), kind, value, false, NOW);
  }

  Seat insert(License license, SeatKind kind, String value) {
    Seat seat = seat(license, kind, value);
    return database.transactions().write(stores -> stores.seats().insert(seat));
  }

  /** Does all of a job's work, as of one moment. */
  void run(Job job, Instant now) {
    Job.Survey survey = job.survey();
    if (survey != null) {
      survey
          .look(database.transactions(), now)
          .forEach(task -> database.transactions().run(stores -> task.run(stores, now)));
    }
    int done;
    do {
      done = database.transactions().write(stores -> job.step().run(stores, now, job.batch()));
    } while (done >= job.batch());
  }

  /** Folds all that is in the journal. */
  void foldAll() {
    FoldSlices.all(database.fold());
  }
}
