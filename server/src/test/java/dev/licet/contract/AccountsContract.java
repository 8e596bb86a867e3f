package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.Quota;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Rules;
import dev.licet.store.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Accounts, API keys, plans, events and the news of changes. */
@Timeout(60)
abstract class AccountsContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";

  private <T> T read(Function<Stores, T> work) {
    return database.transactions().read(work);
  }

  private <T> T write(Function<Stores, T> work) {
    return database.transactions().write(work);
  }

  /** Remembers what it heard. */
  static final class Ear implements ChangeListener {
    final List<Change> heard = new CopyOnWriteArrayList<>();
    final AtomicInteger everything = new AtomicInteger();

    @Override
    public void changed(Change change) {
      heard.add(change);
    }

    @Override
    public void everythingChanged() {
      everything.incrementAndGet();
    }

    /** Waits for as long as news may take to come. */
    boolean hears(Change change) throws InterruptedException {
      for (int i = 0; i < 100 && !heard.contains(change); i++) {
        Thread.sleep(10);
      }
      return heard.contains(change);
    }
  }

  @Test
  void oneOfManyFirstStartsMakesTheAccount() throws Exception {
    List<Callable<Boolean>> starts = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      starts.add(() ->
          write(s -> {
            if (!s.accounts().isEmpty()) {
              return false;
            }
            s.accounts()
                .insert(
                    Account.create(
                        fixture.ids.next(Ids.ACCOUNT),
                        "default",
                        null,
                        Quota.UNLIMITED,
                        Fixture.NOW));
            return true;
          }));
    }
    int made = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      for (Future<Boolean> start : threads.invokeAll(starts)) {
        made += start.get() ? 1 : 0;
      }
    }
    assertEquals(1, made);
  }

  @Test
  void firstSecretIsRemembered() {
    byte[] first = {1, 2};
    byte[] other = {1, 3};
    boolean remembered = write(s -> s.accounts().confirmSecret(first));
    boolean again = write(s -> s.accounts().confirmSecret(first));
    boolean another = write(s -> s.accounts().confirmSecret(other));
    assertTrue(remembered && again);
    assertFalse(another);
  }

  @Test
  void planIsReadBackChangedAndDeleted() {
    Tenant tenant = fixture.account("one");
    long account = tenant.accountNo();
    boolean inserted = write(s -> s.plans().insert(account, Fixture.plan("team", null, 5)));
    boolean again = write(s -> s.plans().insert(account, Fixture.plan("team", 1, 1)));
    assertTrue(inserted);
    assertFalse(again);
    Plan team = read(s -> s.plans().find(account, "team")).orElseThrow();
    assertEquals(null, team.maxDomains());
    Plan changed =
        new Plan(
            team.no(),
            "team",
            List.of(),
            7,
            null,
            null,
            true,
            ExpiresFrom.FIRST_VALIDATION,
            Fixture.RULES,
            team.createdAt(),
            Fixture.NOW);
    write(s -> {
      s.plans().update(account, changed);
      return true;
    });
    assertEquals(Optional.of(changed), read(s -> s.plans().find(account, "team")));
    Page<Plan> first = read(s -> s.plans().list(account, 1, null));
    assertEquals("pro", first.data().getFirst().name());
    assertTrue(first.hasMore());
    assertEquals(List.of(changed), read(s -> s.plans().list(account, 1, "pro")).data());
    boolean byOther = write(s -> s.plans().delete(account + 1, team.no()));
    boolean byOwner = write(s -> s.plans().delete(account, team.no()));
    assertFalse(byOther);
    assertTrue(byOwner);
  }

  @Test
  void planInUseIsNotDeletedNorChangedByAnotherAccount() {
    Tenant tenant = fixture.account("one");
    Tenant other = fixture.account("two");
    License license = fixture.insert(tenant, KEY);
    boolean deleted = write(s -> s.plans().delete(tenant.accountNo(), license.plan().no()));
    assertFalse(deleted);
    Plan stolen = license.plan();
    write(s -> {
      s.plans()
          .update(
              other.accountNo(),
              new Plan(
                  stolen.no(),
                  "pro",
                  List.of("stolen"),
                  0,
                  0,
                  null,
                  true,
                  ExpiresFrom.CREATION,
                  Rules.NONE,
                  Fixture.NOW,
                  Fixture.NOW));
      return true;
    });
    assertEquals(Optional.of(stolen), read(s -> s.plans().find(tenant.accountNo(), "pro")));
    assertTrue(read(s -> s.plans().find(tenant.accountNo(), "team")).isEmpty());
  }

  @Test
  void changesAreHeardAfterTheCommitAndOnce() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Ear ear = new Ear();
    database.addListener(ear);
    write(s -> {
      s.changes().licenseChanged(license.no());
      s.changes().licenseChanged(license.no());
      s.changes().keyAdded(license.no());
      s.changes().planChanged(7);
      assertEquals(List.of(), ear.heard);
      return true;
    });
    assertEquals(
        List.of(
            new Change(Change.Kind.LICENSE, license.no()),
            new Change(Change.Kind.KEY_ADDED, license.no()),
            new Change(Change.Kind.PLAN, 7)),
        ear.heard.subList(0, 3));
  }

  @Test
  void changesOfOthersAreHeardWithinASecond() throws Exception {
    assumeTrue(backend.isShared(), "commands alone write beside the one server: SqliteFileTest");
    try (Database other = backend.open()) {
      Ear ear = new Ear();
      other.addListener(ear);
      for (long no = 1; no <= 5; no++) {
        long license = no;
        write(s -> {
          s.changes().licenseChanged(license);
          return true;
        });
        assertTrue(ear.hears(new Change(Change.Kind.LICENSE, no)));
      }
    }
  }

  @Test
  void changeThatIsCommittedLateIsNotMissed() throws Exception {
    assumeTrue(backend.isShared(), "of one writer, commits are in the order of their numbers");
    try (Database other = backend.open()) {
      Ear ear = new Ear();
      other.addListener(ear);
      write(s -> {
        s.changes().licenseChanged(1);
        other.transactions().write(later -> change(later, 2));
        try {
          assertTrue(ear.hears(new Change(Change.Kind.LICENSE, 2)));
          Thread.sleep(1_200);
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
        return true;
      });
      assertTrue(ear.hears(new Change(Change.Kind.LICENSE, 1)));
    }
  }

  private static boolean change(Stores stores, long license) {
    stores.changes().licenseChanged(license);
    return true;
  }

  @Test
  void eventsOfAllKindsAreTaken() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Stream.of(EventType.values())
        .forEach(type ->
            write(s -> {
              s.outbox()
                  .append(
                      new Event(
                          fixture.ids.next(Ids.EVENT),
                          type,
                          Fixture.NOW,
                          license.with(LicenseStatus.SUSPENDED, "unpaid"),
                          license,
                          fixture.seat(license, SeatKind.DOMAIN, "a.example"),
                          "unpaid",
                          Actor.APPLICATION));
              return true;
            }));
  }

  @Test
  void checkPassesOnAnOpenDatabase() {
    database.check();
  }
}
