package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.AddressRange;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.AddressForm;
import dev.licet.domain.account.ApiKey;
import dev.licet.domain.account.Credential;
import dev.licet.domain.account.Grant;
import dev.licet.domain.account.OperatorKey;
import dev.licet.domain.account.Quota;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.account.Scope;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.notice.QuotaNotices;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.UsageEvent;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts with their keys, their quotas and their end. */
@Timeout(60)
abstract class TenancyContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";
  private static final YearMonth MAY = YearMonth.of(2026, 5);

  private <T> T read(Function<Stores, T> work) {
    return database.transactions().read(work);
  }

  private <T> T write(Function<Stores, T> work) {
    return database.transactions().write(work);
  }

  private ApiKey key(Tenant tenant, int hash, Grant grant) {
    ApiKey key =
        new ApiKey(
            0,
            fixture.ids.next(Ids.API_KEY),
            tenant,
            new byte[] {(byte) hash},
            "hint",
            "name",
            grant,
            "system",
            Fixture.NOW,
            null,
            null);
    return write(s -> s.apiKeys().insert(key));
  }

  @Test
  void apiKeyIsFoundByItsHashWithItsGrant() {
    Tenant tenant = fixture.account("one");
    Grant grant =
        new Grant(
            Set.of(Scope.LICENSES_READ, Scope.API_KEYS),
            Fixture.NOW.plusSeconds(60),
            List.of(AddressRange.read("10.0.0.0/8").orElseThrow()));
    ApiKey key = key(tenant, 1, grant);
    Credential.OfAccount found = read(s -> s.apiKeys().findByHash(new byte[] {1})).orElseThrow();
    assertArrayEquals(key.hash(), found.key().hash());
    assertEquals(key.no(), found.key().no());
    assertEquals(grant, found.key().grant());
    assertEquals(tenant, found.key().tenant());
    assertEquals(AccountStatus.ACTIVE, found.account());
    assertTrue(read(s -> s.apiKeys().findByHash(new byte[] {9})).isEmpty());
  }

  @Test
  void apiKeysAreSeenByTheirAccountAndMode() {
    Tenant live = fixture.account("one");
    Tenant test = new Tenant(live.accountNo(), false);
    Tenant other = fixture.account("two");
    ApiKey first = key(live, 1, Grant.ALL);
    ApiKey second = key(test, 2, Grant.ALL);
    assertEquals(List.of(second.id(), first.id()), ids(live));
    assertEquals(List.of(second.id()), ids(test));
    assertEquals(List.of(), ids(other));
    assertTrue(read(s -> s.apiKeys().find(other, first.id())).isEmpty());
    assertTrue(read(s -> s.apiKeys().find(test, first.id())).isEmpty());
    assertTrue(read(s -> s.apiKeys().find(live, second.id())).isPresent());
    assertEquals(
        List.of(first.id()),
        read(s -> s.apiKeys().list(live, 1, second.id())).data().stream().map(ApiKey::id).toList());
  }

  private List<String> ids(Tenant tenant) {
    return read(s -> s.apiKeys().list(tenant, 10, null)).data().stream().map(ApiKey::id).toList();
  }

  @Test
  void apiKeyEndsOnceAndNeverLater() {
    Tenant tenant = fixture.account("one");
    ApiKey key = key(tenant, 1, Grant.ALL);
    Instant soon = Fixture.NOW.plusSeconds(10);
    run(s -> s.apiKeys().expire(key.no(), soon));
    run(s -> s.apiKeys().expire(key.no(), soon.plusSeconds(10)));
    assertEquals(soon, reread(tenant, key).grant().expiresAt());
    run(s -> s.apiKeys().revoke(key.no(), soon));
    run(s -> s.apiKeys().revoke(key.no(), soon.plusSeconds(10)));
    assertEquals(soon, reread(tenant, key).revokedAt());
    assertEquals(List.of(), ids(tenant));
  }

  @Test
  void lastUseMovesForwardOnly() {
    Tenant tenant = fixture.account("one");
    ApiKey used = key(tenant, 1, Grant.ALL);
    ApiKey other = key(tenant, 2, Grant.ALL);
    run(s -> s.apiKeys().noteUse(List.of(used.no()), Fixture.NOW));
    run(s -> s.apiKeys().noteUse(List.of(used.no()), Fixture.NOW.minusSeconds(1)));
    assertEquals(Fixture.NOW, reread(tenant, used).lastUsedAt());
    assertEquals(null, reread(tenant, other).lastUsedAt());
  }

  private ApiKey reread(Tenant tenant, ApiKey key) {
    return read(s -> s.apiKeys().find(tenant, key.id())).orElseThrow();
  }

  private void run(Consumer<Stores> work) {
    database.transactions().run(work);
  }

  @Test
  void operatorKeyIsFoundByItsHash() {
    boolean none = write(s -> s.apiKeys().hasNoOperator());
    assertTrue(none);
    OperatorKey key = new OperatorKey("key_1", new byte[] {7}, "hint", Fixture.NOW);
    run(s -> s.apiKeys().insert(key));
    none = write(s -> s.apiKeys().hasNoOperator());
    assertFalse(none);
    Credential.OfOperator found =
        read(s -> s.apiKeys().findOperatorByHash(new byte[] {7})).orElseThrow();
    assertEquals("key_1", found.key().id());
    assertTrue(read(s -> s.apiKeys().findByHash(new byte[] {7})).isEmpty());
  }

  @Test
  void accountIsReadBackAndChanged() {
    Account account =
        write(s ->
            s.accounts()
                .insert(
                    Account.create("acc_1", "one", "one@one.example", Quota.FREE, Fixture.NOW)));
    assertEquals(Optional.of(account), read(s -> s.accounts().find("acc_1")));
    Account changed =
        new Account(
            account.no(),
            "acc_1",
            "uno",
            null,
            AccountStatus.DELETED,
            new Quota(7, 1L << 40, Quota.OverQuota.ALLOW),
            AddressForm.NONE,
            account.createdAt(),
            Fixture.NOW.plusSeconds(1),
            Fixture.NOW.plusSeconds(2));
    run(s -> s.accounts().update(changed));
    assertEquals(Optional.of(changed), write(s -> s.accounts().lock(account.no())));
    assertEquals(List.of(changed), read(s -> s.accounts().list(10, null)).data());
    assertEquals(List.of(), read(s -> s.accounts().due(Fixture.NOW)));
    assertEquals(List.of(changed), read(s -> s.accounts().due(Fixture.NOW.plusSeconds(2))));
  }

  @Test
  void licensesThatCountAreActiveOrSuspendedAndNotOver() {
    Tenant live = fixture.account("one");
    License license = fixture.insert(live, KEY);
    fixture.insert(new Tenant(live.accountNo(), false), KEY + "-test");
    Instant end = license.term().expiresAt();
    assertEquals(1, count(live, Fixture.NOW));
    assertEquals(0, count(live, end));
    run(s -> s.licenses().update(license.with(LicenseStatus.SUSPENDED, null)));
    assertEquals(1, count(live, Fixture.NOW));
    run(s -> s.licenses().update(license.with(LicenseStatus.REVOKED, null)));
    assertEquals(0, count(live, Fixture.NOW));
    assertEquals(1, count(new Tenant(live.accountNo(), false), Fixture.NOW));
  }

  @Test
  void testModeHasRoomForAThousandLicenses() {
    Tenant test = new Tenant(fixture.account("one").accountNo(), false);
    List<License> licenses = new ArrayList<>();
    for (int i = 0; i < Quota.MAX_TEST_LICENSES; i++) {
      licenses.add(fixture.license(test, "brought-key-" + i));
    }
    run(s -> quotas().requireRoom(s, test, Quota.MAX_TEST_LICENSES, Fixture.NOW));
    run(s -> licenses.forEach(license -> s.licenses().insert(license).orElseThrow()));
    FailureException refusal =
        assertThrows(
            FailureException.class, () -> run(s -> quotas().requireRoom(s, test, 1, Fixture.NOW)));
    assertTrue(refusal.failure().detail().contains("1000"), refusal.failure()::detail);
    run(s -> quotas().requireRoom(s, new Tenant(test.accountNo(), true), 9, Fixture.NOW));
  }

  private Quotas quotas() {
    return new Quotas(new QuotaNotices(database.transactions(), fixture.ids, Backend.CLOCK));
  }

  private long count(Tenant tenant, Instant now) {
    return read(s -> s.accounts().countLicenses(tenant, now));
  }

  @Test
  void validationsAreCountedByAccountAndMonthAndNode() {
    JournalStore journal = database.journal();
    long one = journal.openNode();
    long two = journal.openNode();
    append(one, new MonthlyUse(1, 202605, 3), new MonthlyUse(2, 202605, 1));
    append(one, new MonthlyUse(1, 202605, 2), new MonthlyUse(1, 202606, 9));
    append(two, new MonthlyUse(1, 202605, 4));
    append(two);
    assertEquals(Map.of(1L, 9L, 2L, 1L), used(MAY));
    assertEquals(Map.of(1L, 9L), used(MAY.plusMonths(1)));
    assertEquals(Map.of(), used(MAY.minusMonths(1)));
    assertEquals(JournalStore.firstId(one) + 2, journal.nextId(one));
    reopen();
    assertEquals(Map.of(1L, 9L, 2L, 1L), used(MAY));
  }

  private Map<Long, Long> used(YearMonth month) {
    return read(s -> s.usage().validationsIn(month, List.of(1L, 2L, 3L)));
  }

  private void append(long node, MonthlyUse... uses) {
    JournalStore journal = database.journal();
    UsageEvent event = Uses.valid(1, 1);
    journal.append(journal.nextId(node), List.of(event), List.of(uses));
  }
}
