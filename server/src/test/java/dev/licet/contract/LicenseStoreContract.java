package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Given;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.Overrides;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Licences and their keys. */
@Timeout(60)
abstract class LicenseStoreContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";

  private <T> T read(Function<Stores, T> work) {
    return database.transactions().read(work);
  }

  private <T> T write(Function<Stores, T> work) {
    return database.transactions().write(work);
  }

  @Test
  void insertedLicenseIsReadBackAsItWas() {
    Tenant tenant = fixture.account("one");
    License license = fixture.insert(tenant, KEY);
    assertTrue(license.no() > 0);
    assertEquals(Optional.of(license), read(s -> s.licenses().find(tenant, license.id())));
    assertEquals(Optional.of(license), write(s -> s.licenses().lock(tenant, license.id())));
    assertEquals(Optional.of(license), write(s -> s.licenses().lock(license.no())));
    assertEquals(
        Optional.of(license),
        read(s -> s.licenses().findByKey(Backend.VAULT.lookup(KEY), Fixture.NOW)));
  }

  @Test
  void keyIsUniqueInAnAccountAndNotBeyond() {
    Tenant one = fixture.account("one");
    Tenant two = fixture.account("two");
    License first = fixture.insert(one, KEY);
    License again = fixture.license(one, KEY);
    License inTest = fixture.license(new Tenant(one.accountNo(), false), KEY);
    assertTrue(write(s -> s.licenses().insert(again)).isEmpty());
    assertTrue(write(s -> s.licenses().insert(inTest)).isEmpty());
    assertTrue(read(s -> s.licenses().find(one, again.id())).isEmpty());
    fixture.insert(two, KEY);
    Optional<License> oldest =
        read(s -> s.licenses().findByKey(Backend.VAULT.lookup(KEY), Fixture.NOW));
    assertEquals(Optional.of(first), oldest);
  }

  @Test
  void oneOfSixteenRacingInsertsGetsTheKey() throws Exception {
    Tenant tenant = fixture.account("one");
    List<Callable<Boolean>> inserts = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      License license = fixture.license(tenant, KEY);
      inserts.add(() -> write(s -> s.licenses().insert(license)).isPresent());
    }
    int inserted = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
      for (Future<Boolean> insert : threads.invokeAll(inserts)) {
        inserted += insert.get() ? 1 : 0;
      }
    }
    assertEquals(1, inserted);
    assertEquals(1, list(tenant, filter(null, null, null), 100, null).data().size());
  }

  private static final Overrides RULES_ALONE =
      new Overrides(Given.absent(), Given.absent(), Given.absent(), Fixture.RULES);

  @Test
  void updateWritesEverythingButTheKey() {
    Tenant tenant = fixture.account("one");
    License license = fixture.insert(tenant, KEY);
    License changed =
        license
            .with(LicenseStatus.SUSPENDED, "unpaid")
            .with(license.term().startedAt(Fixture.NOW))
            .with(license.plan(), RULES_ALONE, license.customer(), license.metadata())
            .changedAt(Fixture.NOW.plusSeconds(5));
    write(s -> {
      s.licenses().update(changed);
      return true;
    });
    assertEquals(Optional.of(changed), read(s -> s.licenses().find(tenant, license.id())));
  }

  @Test
  void replacedKeyOpensUntilItRetires() {
    Tenant tenant = fixture.account("one");
    License license = fixture.insert(tenant, KEY);
    fixture.insert(tenant, "TAKEN-KEY-1");
    Instant retires = Fixture.NOW.plusSeconds(9);
    boolean taken = write(s -> s.licenses().replaceKey(license, "TAKEN-KEY-1", retires));
    assertFalse(taken);
    assertEquals(KEY, read(s -> s.licenses().find(tenant, license.id())).orElseThrow().key());
    boolean replaced = write(s -> s.licenses().replaceKey(license, "NEW-KEY-12", retires));
    assertTrue(replaced);
    License found = read(s -> s.licenses().find(tenant, license.id())).orElseThrow();
    assertEquals("NEW-KEY-12", found.key());
    byte[] old = Backend.VAULT.lookup(KEY);
    assertTrue(read(s -> s.licenses().findByKey(old, Fixture.NOW.plusSeconds(8))).isPresent());
    assertTrue(read(s -> s.licenses().findByKey(old, Fixture.NOW.plusSeconds(9))).isEmpty());
    License taker = fixture.license(tenant, KEY);
    assertTrue(write(s -> s.licenses().insert(taker)).isEmpty());
  }

  @Test
  void listIsNewestFirstInPages() {
    Tenant tenant = fixture.account("one");
    List<License> inserted = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      inserted.addFirst(fixture.insert(tenant, "KEY-NUMBER-" + i));
    }
    LicenseFilter all = filter(null, null, null);
    Page<License> first = list(tenant, all, 5, null);
    assertEquals(inserted.subList(0, 5), first.data());
    assertTrue(first.hasMore());
    Page<License> second = list(tenant, all, 5, first.data().getLast().id());
    assertEquals(inserted.subList(5, 7), second.data());
    assertFalse(second.hasMore());
  }

  @Test
  void filtersLetThroughWhatTheySay() {
    Tenant tenant = fixture.account("one");
    License plain = fixture.insert(tenant, "KEY-PLAIN");
    License suspended = fixture.insert(tenant, "KEY-SUSPENDED").with(LicenseStatus.SUSPENDED, "x");
    License over = fixture.insert(tenant, "KEY-OVER");
    License ended = over.with(over.term().endingAt(Fixture.NOW));
    write(s -> {
      s.licenses().update(suspended);
      s.licenses().update(ended);
      s.seats().insert(fixture.seat(plain, SeatKind.DOMAIN, "a.example"));
      return true;
    });
    assertEquals(List.of(plain), found(tenant, filter(LicenseStatus.ACTIVE, null, null)));
    assertEquals(List.of(suspended), found(tenant, filter(LicenseStatus.SUSPENDED, null, null)));
    assertEquals(List.of(ended), found(tenant, filter(LicenseStatus.EXPIRED, null, null)));
    assertEquals(List.of(), found(tenant, filter(LicenseStatus.REVOKED, null, null)));
    assertEquals(List.of(plain), found(tenant, filter(null, "a.example", null)));
    assertEquals(List.of(), found(tenant, filter(null, "b.example", null)));
    byte[] key = Backend.VAULT.lookup("KEY-SUSPENDED");
    assertEquals(List.of(suspended), found(tenant, filter(null, null, key)));
    LicenseFilter email =
        new LicenseFilter(null, "pro", "ADA@example.COM", null, null, null, null, Fixture.NOW);
    assertEquals(3, found(tenant, email).size());
    LicenseFilter otherPlan =
        new LicenseFilter(null, "starter", null, null, null, null, null, Fixture.NOW);
    assertEquals(List.of(), found(tenant, otherPlan));
    LicenseFilter before =
        new LicenseFilter(
            null, null, null, null, null, Fixture.NOW.plusMillis(1), null, Fixture.NOW);
    assertEquals(List.of(ended), found(tenant, before));
    LicenseFilter after =
        new LicenseFilter(
            null, null, null, null, null, null, Fixture.NOW.plusMillis(1), Fixture.NOW);
    assertEquals(List.of(suspended, plain), found(tenant, after));
  }

  @Test
  void tenantsDoNotSeeEachOther() {
    Tenant one = fixture.account("one");
    Tenant two = fixture.account("two");
    Tenant test = new Tenant(one.accountNo(), false);
    License license = fixture.insert(one, KEY);
    for (Tenant other : List.of(two, test)) {
      assertTrue(read(s -> s.licenses().find(other, license.id())).isEmpty());
      assertTrue(write(s -> s.licenses().lock(other, license.id())).isEmpty());
      assertEquals(List.of(), found(other, filter(null, null, null)));
      assertEquals(List.of(), found(other, filter(null, null, Backend.VAULT.lookup(KEY))));
    }
    assertTrue(read(s -> s.plans().find(two.accountNo(), "pro")).isPresent());
    assertEquals(1, read(s -> s.plans().list(two.accountNo(), 10, null)).data().size());
  }

  @Test
  void someAreFoundByTheirNumbersWithinTheirTenant() {
    Tenant tenant = fixture.account("one");
    Tenant other = fixture.account("other");
    License one = fixture.insert(tenant, "KEY-ONE");
    License two = fixture.insert(tenant, "KEY-TWO");
    License foreign = fixture.insert(other, "KEY-ONE");
    List<Long> numbers = List.of(one.no(), two.no(), foreign.no(), Long.MAX_VALUE);
    List<License> found =
        database.transactions().read(stores -> stores.licenses().find(tenant, numbers));
    assertEquals(Set.of(one, two), Set.copyOf(found));
  }

  @Test
  void exceptionUndoesEverything() {
    Tenant tenant = fixture.account("one");
    License license = fixture.license(tenant, KEY);
    assertThrows(
        ArithmeticException.class,
        () ->
            write(s -> {
              s.licenses().insert(license);
              throw new ArithmeticException("on purpose");
            }));
    assertEquals(List.of(), found(tenant, filter(null, null, null)));
    fixture.insert(tenant, KEY);
  }

  @Test
  void everythingIsThereAfterReopening() {
    Tenant tenant = fixture.account("one");
    License license = fixture.insert(tenant, KEY);
    reopen();
    assertEquals(Optional.of(license), read(s -> s.licenses().find(tenant, license.id())));
  }

  private static LicenseFilter filter(
      @Nullable LicenseStatus status, @Nullable String domain, byte @Nullable [] keyLookup) {
    return new LicenseFilter(status, null, null, domain, keyLookup, null, null, Fixture.NOW);
  }

  private List<License> found(Tenant tenant, LicenseFilter filter) {
    return list(tenant, filter, 100, null).data();
  }

  private Page<License> list(
      Tenant tenant, LicenseFilter filter, int limit, @Nullable String startingAfter) {
    return read(s -> s.licenses().list(tenant, filter, limit, startingAfter));
  }
}
