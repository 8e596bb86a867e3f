package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.ValidationCode;
import dev.licet.domain.Failure;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.Page;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.Stores;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.license.License;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Rules;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.domain.product.Product;
import dev.licet.domain.product.Products;
import dev.licet.domain.validation.Answer;
import dev.licet.domain.validation.ValidationRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Products; grace, versions, addresses and releases under a moved clock and under races. */
@Timeout(120)
abstract class PolicyContract extends RulesContract {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Duration MILLI = Duration.ofMillis(1);

  /** Another node hears of a change within a second; the rest is what a busy machine may add. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  @Test
  void productIsReadBackChangedAndDeleted() {
    long account = tenant.accountNo();
    Product shop = new Product(0, "shop", "SHOP", 5, true, Fixture.NOW, Fixture.NOW);
    assertEquals(true, write(s -> s.products().insert(account, shop)));
    assertEquals(false, write(s -> s.products().insert(account, shop)));
    Product stored = find(account, "shop").orElseThrow();
    assertEquals(shop, withNo(stored, 0));
    Product changed =
        new Product(stored.no(), "shop", "S2", 7, false, Fixture.NOW, Fixture.NOW.plusMillis(1));
    update(account + 1, withNo(shop, stored.no()));
    update(account, changed);
    assertEquals(Optional.of(changed), find(account, "shop"));
    assertTrue(find(account + 1, "shop").isEmpty());
    Page<Product> page = write(s -> s.products().list(account, 1, "default"));
    assertEquals(new Page<>(List.of(changed), false), page);
    assertEquals(false, write(s -> s.products().delete(account + 1, stored.no())));
    assertEquals(true, write(s -> s.products().delete(account, stored.no())));
  }

  private <T> T write(Function<Stores, T> work) {
    return database.transactions().write(work);
  }

  private Optional<Product> find(long accountNo, String name) {
    return write(s -> s.products().find(accountNo, name));
  }

  private void update(long accountNo, Product product) {
    database.transactions().run(stores -> stores.products().update(accountNo, product));
  }

  private static Product withNo(Product product, long no) {
    return new Product(
        no,
        product.name(),
        product.keyPrefix(),
        product.keyGroups(),
        product.requireProduct(),
        product.createdAt(),
        product.updatedAt());
  }

  @Test
  void everyAccountHasTheDefaultProductWhichIsNotDeletedWhileInUse() {
    License license = license(KEY, plan("plain", 1, Rules.NONE), null);
    assertEquals(Product.DEFAULT_NAME, license.product().name());
    assertEquals(
        false, write(s -> s.products().delete(tenant.accountNo(), license.product().no())));
  }

  @Test
  void graceBeginsAtTheEndAndEndsToTheMillisecond() {
    Instant end = clock.instant().plus(Duration.ofHours(1));
    license(KEY, plan("grace", 1, rules(2, null, 0)), end);
    assertGrace(end.minus(MILLI), false);
    assertGrace(end, true);
    assertTrue(one.isValid(KEY, "new in grace"));
    assertGrace(end.plus(Duration.ofDays(2)).minus(MILLI), true);
    clock.set(end.plus(Duration.ofDays(2)));
    ValidationRequest request = ValidationNode.device(KEY, null);
    assertEquals(ValidationCode.LICENSE_EXPIRED, one.refusal(request));
    assertEquals(ValidationCode.LICENSE_EXPIRED, two.refusal(request));
    clock.set(end.minus(MILLI));
    assertNull(two.refusal(request));
  }

  private void assertGrace(Instant at, boolean inGrace) {
    clock.set(at);
    for (ValidationNode node : List.of(one, two)) {
      Answer answer = node.answer(ValidationNode.device(KEY, null));
      assertTrue(answer instanceof Answer.Valid, answer::toString);
      assertEquals(inGrace, ((Answer.Valid) answer).license().isInGraceAt(at.toEpochMilli()));
    }
  }

  @Test
  void versionsAndAddressesOfALicenseCountAtOnceOnItsNode() {
    License license = license(KEY, plan("plain", 1, Rules.NONE), null);
    assertNull(one.refusal(ValidationNode.from(KEY, null, "192.0.2.1")));
    own(license, new Own(null, "1.0.0", "1.9.9"));
    assertVersion("1.0.0-rc.1", false);
    assertVersion("1.0.0", true);
    assertVersion("1.9.9", true);
    assertVersion("1.9.10", false);
    assertVersion(null, false);
    own(license, new Own(List.of("10.0.0.0/8", "2001:db8::/32"), null, null));
    assertAddress("10.255.0.1", true);
    assertAddress("11.0.0.1", false);
    assertAddress("2001:db8:1::1", true);
    assertAddress("::ffff:10.0.0.1", true);
    assertAddress("no address", false);
    own(license, new Own(null, null, null));
    assertAddress("11.0.0.1", true);
  }

  private record Own(@Nullable List<String> addresses, @Nullable String min, @Nullable String max) {
    Rules rules() {
      return new Rules(
          null, null, null, null, null, null, addresses, version(min), version(max), null, null);
    }

    private static @Nullable SemanticVersion version(@Nullable String text) {
      return text == null ? null : SemanticVersion.read(text).orElseThrow();
    }
  }

  private void own(License license, Own own) {
    Overrides overrides =
        new Overrides(Given.absent(), Given.absent(), Given.absent(), own.rules());
    database
        .transactions()
        .run(stores -> {
          License before = stores.licenses().lock(license.no()).orElseThrow();
          stores
              .licenses()
              .update(before.with(before.plan(), overrides, before.customer(), Map.of()));
          stores.changes().licenseChanged(license.no());
        });
  }

  private void assertVersion(@Nullable String version, boolean covered) {
    assertEquals(
        covered ? null : ValidationCode.VERSION_NOT_ALLOWED,
        one.refusal(ValidationNode.from(KEY, version, "192.0.2.1")));
  }

  private void assertAddress(String address, boolean allowed) {
    assertEquals(
        allowed ? null : ValidationCode.IP_NOT_ALLOWED,
        one.refusal(ValidationNode.from(KEY, null, address)));
  }

  @Test
  void changesOfPlansAndProductsReachTheOtherNode() throws InterruptedException {
    Plan plan = plan("plain", 1, Rules.NONE);
    license(KEY, plan, null);
    ValidationRequest request = ValidationNode.device(KEY, null);
    assertNull(two.refusal(request));
    change(plan, changes(Given.absent(), Given.of(true)));
    awaitOnTwo(request, ValidationCode.DOMAIN_REQUIRED);
    change(plan, changes(Given.absent(), Given.of(null)));
    awaitOnTwo(request, null);
    new Products(database.transactions(), clock)
        .update(
            tenant.accountNo(),
            Product.DEFAULT_NAME,
            new Products.Fields(Given.absent(), Given.absent(), Given.of(true)));
    awaitOnTwo(request, ValidationCode.PRODUCT_MISMATCH);
  }

  private void awaitOnTwo(ValidationRequest request, @Nullable ValidationCode wanted)
      throws InterruptedException {
    long start = System.nanoTime();
    while (two.refusal(request) != wanted) {
      assertTrue(System.nanoTime() - start < PATIENCE_NANOS, () -> "still not " + wanted);
      Thread.sleep(5);
    }
  }

  @Test
  void asManySeatsAreGivenBackInAWeekAsThePlanAllowsHoweverManyTry() throws Exception {
    SeatRelease twice = new SeatRelease(SeatRelease.By.ANYONE, 2);
    license(KEY, plan("released", 1_000, rules(0, twice, 0)), null);
    atOnce(CLIENTS, client -> node(client).isValid(KEY, "d" + client));
    assertEquals(2, releases());
    clock.advance(Duration.ofHours(1));
    assertEquals(0, releases());
    Duration left = WEEK.minus(Duration.ofHours(1));
    assertEquals(Optional.of(left), release(0).or(() -> release(1)).or(() -> release(2)));
    clock.advance(left.minus(MILLI));
    assertEquals(0, releases());
    clock.advance(MILLI);
    assertEquals(2, releases());
  }

  /** How many of all devices may be given back, all of them trying at once. */
  private long releases() throws Exception {
    return atOnce(CLIENTS, this::free).stream().filter(freed -> freed).count();
  }

  private boolean free(int client) {
    try {
      return release(client, node(client));
    } catch (FailureException e) {
      assertTrue(e.failure() instanceof Failure.SeatReleaseLimit, e::toString);
      return false;
    }
  }

  private static boolean release(int client, ValidationNode node) {
    return node.seats()
        .release(Backend.VAULT.lookup(KEY), SeatKind.DEVICE, "d" + client)
        .orElseThrow();
  }

  /** How long a device that has a seat must wait to give it back. */
  private Optional<Duration> release(int client) {
    try {
      release(client, one);
      return Optional.empty();
    } catch (FailureException e) {
      return Optional.of(((Failure.SeatReleaseLimit) e.failure()).retryAfter());
    }
  }
}
