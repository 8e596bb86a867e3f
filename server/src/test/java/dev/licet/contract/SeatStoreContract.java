package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.ValidationCode;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.SeatView;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.license.License;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.FoldStore.Position;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageTotals;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.Validator;
import dev.licet.domain.validation.Verdict;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import dev.licet.store.Database;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Seats, their limits under races, and snapshots, which show them. */
@Timeout(60)
abstract class SeatStoreContract extends Contract {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";

  private <T> T read(Function<Stores, T> work) {
    return database.transactions().read(work);
  }

  private <T> T write(Function<Stores, T> work) {
    return database.transactions().write(work);
  }

  @Test
  void seatIsReadBackAsItWas() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Seat seat = fixture.insert(license, SeatKind.DOMAIN, "a.example");
    assertEquals(
        Optional.of(seat), read(s -> s.seats().find(license.no(), SeatKind.DOMAIN, "a.example")));
    assertTrue(read(s -> s.seats().find(license.no(), SeatKind.DEVICE, "a.example")).isEmpty());
    assertTrue(read(s -> s.seats().find(license.no() + 1, SeatKind.DOMAIN, "a.example")).isEmpty());
    int domains = read(s -> s.seats().count(license.no(), SeatKind.DOMAIN, Fixture.NOW));
    int devices = read(s -> s.seats().count(license.no(), SeatKind.DEVICE, Fixture.NOW));
    assertEquals(1, domains);
    assertEquals(0, devices);
  }

  @Test
  void seatIsDeletedOnceAndOnlyByItsLicense() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Seat seat = fixture.insert(license, SeatKind.DOMAIN, "a.example");
    assertTrue(write(s -> s.seats().delete(license.no() + 1, seat.id())).isEmpty());
    assertEquals(Optional.of(seat), write(s -> s.seats().delete(license.no(), seat.id())));
    assertTrue(write(s -> s.seats().delete(license.no(), seat.id())).isEmpty());
  }

  @Test
  void seatsOfLicensesAreOldestFirstAndLimitedEach() {
    Tenant tenant = fixture.account("one");
    License one = fixture.insert(tenant, "KEY-NUMBER-1");
    License two = fixture.insert(tenant, "KEY-NUMBER-2");
    List<Seat> domains = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      domains.add(fixture.insert(one, SeatKind.DOMAIN, "d" + i + ".example"));
    }
    Seat device = fixture.insert(two, SeatKind.DEVICE, "laptop");
    Map<Long, List<Seat>> seats =
        read(s -> s.seats().ofLicenses(List.of(one.no(), two.no(), 99L), 3, Fixture.NOW));
    assertEquals(Map.of(one.no(), domains.subList(0, 3), two.no(), List.of(device)), seats);
  }

  @Test
  void listShowsUseFoldedOrNotInPages() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Seat domain = fixture.insert(license, SeatKind.DOMAIN, "a.example");
    Seat device = fixture.insert(license, SeatKind.DEVICE, "laptop");
    Seat unused = fixture.insert(license, SeatKind.DEVICE, "tablet");
    JournalStore journal = database.journal();
    long node = journal.openNode();
    append(journal, node, use(license, Outcome.VALID, 10, domain.no(), device.no()));
    append(journal, node, use(license, Outcome.VALID, 20, domain.no(), 0));
    fold(database, node);
    append(journal, node, use(license, Outcome.VALID, 15, 0, device.no()));
    append(journal, node, use(license, Outcome.SUSPENDED, 90, domain.no(), device.no()));
    SeatView domainView = new SeatView(domain, new UsageTotals(2, Instant.ofEpochMilli(20)));
    SeatView deviceView = new SeatView(device, new UsageTotals(2, Instant.ofEpochMilli(15)));
    SeatView unusedView = new SeatView(unused, UsageTotals.NONE);
    Page<SeatView> first = read(s -> s.seats().list(license.no(), 2, null, Fixture.NOW));
    assertEquals(new Page<>(List.of(unusedView, deviceView), true), first);
    Page<SeatView> second = read(s -> s.seats().list(license.no(), 2, device.id(), Fixture.NOW));
    assertEquals(new Page<>(List.of(domainView), false), second);
    assertEquals(Optional.of(domainView), read(s -> s.seats().view(license.no(), domain.id())));
    assertTrue(read(s -> s.seats().view(license.no() + 1, domain.id())).isEmpty());
  }

  @Test
  void seatThatIsFreedBeforeItsUseIsFoldedDoesNotStopTheFold() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Seat seat = fixture.insert(license, SeatKind.DOMAIN, "a.example");
    JournalStore journal = database.journal();
    long node = journal.openNode();
    append(journal, node, use(license, Outcome.VALID, 10, seat.no(), 0));
    write(s -> s.seats().delete(license.no(), seat.id()));
    fold(database, node);
    assertEquals(
        1, read(s -> s.usage().totals(List.of(license.no()))).get(license.no()).validations());
  }

  @Test
  void racersNeverTakeMoreSeatsThanThereAre() throws Exception {
    License license = fixture.insert(fixture.account("one"), KEY);
    Database second = backend.isShared() ? backend.open() : database;
    try {
      List<Callable<Boolean>> racers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Database node = i % 2 == 0 ? database : second;
        String domain = "d" + i / 2 + ".example";
        racers.add(() -> take(node, license, domain, 3));
      }
      int taken = 0;
      try (ExecutorService threads = Executors.newFixedThreadPool(64)) {
        for (Future<Boolean> racer : threads.invokeAll(racers)) {
          taken += racer.get() ? 1 : 0;
        }
      }
      assertEquals(3, taken);
      int count = read(s -> s.seats().count(license.no(), SeatKind.DOMAIN, Fixture.NOW));
      assertEquals(3, count);
    } finally {
      if (second != database) {
        second.close();
      }
    }
  }

  private boolean take(Database node, License license, String domain, int limit) {
    return node.transactions()
        .write(stores -> {
          stores.licenses().lock(license.no()).orElseThrow();
          if (stores.seats().find(license.no(), SeatKind.DOMAIN, domain).isPresent()
              || stores.seats().count(license.no(), SeatKind.DOMAIN, Fixture.NOW) >= limit) {
            return false;
          }
          stores.seats().insert(fixture.seat(license, SeatKind.DOMAIN, domain));
          return true;
        });
  }

  @Test
  void unlimitedSeatsEndWhereASnapshotDoes() {
    License license = fixture.insert(fixture.account("one"), KEY);
    write(stores -> {
      for (int i = 0; i < SeatKind.MAX_SEATS - 1; i++) {
        stores.seats().insert(fixture.seat(license, SeatKind.DEVICE, "device " + i));
      }
      return true;
    });
    Seats seats =
        new Seats(
            database.transactions(),
            new DomainNames(new IcuIdna(), new GuavaPublicSuffixes()),
            fixture.ids,
            InstantSource.fixed(Fixture.NOW));
    seats.take(license.no(), null, "the last one");
    seats.take(license.no(), "a.example", "one too many");
    LicenseSnapshot full = database.snapshots().find(KEY);
    assertEquals(SeatKind.MAX_SEATS, full.devices().size());
    assertTrue(full.devices().find("the last one") > 0);
    assertEquals(0, full.domains().size());
    Verdict verdict =
        Validator.decide(
            full,
            ValidationNode.device(KEY, "one too many"),
            null,
            Fixture.NOW.toEpochMilli(),
            true);
    assertEquals(
        ValidationCode.DEVICE_LIMIT_REACHED,
        assertInstanceOf(Verdict.Refused.class, verdict).code());
    seats.take(license.no(), "a.example", "the last one");
    assertEquals(1, database.snapshots().find(KEY).domains().size());
  }

  @Test
  void faultsSayNothingOfWhatWasBound() {
    License license = fixture.insert(fixture.account("one"), KEY);
    fixture.insert(license, SeatKind.DEVICE, "somebody's laptop");
    RuntimeException fault =
        assertThrows(
            RuntimeException.class,
            () -> fixture.insert(license, SeatKind.DEVICE, "somebody's laptop"));
    StringWriter log = new StringWriter();
    fault.printStackTrace(new PrintWriter(log));
    assertTrue(log.toString().contains("activations"), log::toString);
    assertFalse(log.toString().contains("laptop"), log::toString);
    assertFalse(log.toString().contains(license.id()), log::toString);
  }

  @Test
  void exceptionFreesTheSeatAgain() {
    License license = fixture.insert(fixture.account("one"), KEY);
    assertThrows(
        ArithmeticException.class,
        () ->
            write(s -> {
              s.seats().insert(fixture.seat(license, SeatKind.DOMAIN, "a.example"));
              throw new ArithmeticException("on purpose");
            }));
    int count = read(s -> s.seats().count(license.no(), SeatKind.DOMAIN, Fixture.NOW));
    assertEquals(0, count);
  }

  @Test
  void snapshotShowsTheLicenseAndItsSeats() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Seat domain = fixture.insert(license, SeatKind.DOMAIN, "*.a.example");
    Seat device = fixture.insert(license, SeatKind.DEVICE, "laptop");
    LicenseSnapshot snapshot = database.snapshots().find(KEY);
    assertEquals(license.no(), snapshot.no());
    assertEquals(license.id(), snapshot.id());
    assertEquals(license.plan().no(), snapshot.planNo());
    assertEquals("pro", snapshot.plan());
    assertEquals(List.of("own"), snapshot.features());
    assertEquals(license.storedStatus(), snapshot.status());
    assertEquals(license.term().expiresAt().toEpochMilli(), snapshot.expiresAt());
    assertEquals(3, snapshot.maxDomains());
    assertEquals(LicenseSnapshot.UNLIMITED, snapshot.maxDevices());
    assertFalse(snapshot.localDomainsTakeSeats());
    assertFalse(snapshot.validatedBefore());
    assertEquals(LicenseSnapshot.NEVER, snapshot.keyRetiresAt());
    assertEquals(domain.no(), snapshot.domains().findDomain("x.a.example"));
    assertEquals(device.no(), snapshot.devices().find("laptop"));
    assertEquals(null, database.snapshots().find("TO-0000-0000-0000-0000"));
  }

  @Test
  void snapshotsShareWhatLicensesHaveInCommon() {
    Tenant tenant = fixture.account("one");
    fixture.insert(tenant, "KEY-NUMBER-1");
    fixture.insert(tenant, "KEY-NUMBER-2");
    LicenseSnapshot one = database.snapshots().find("KEY-NUMBER-1");
    LicenseSnapshot two = database.snapshots().find("KEY-NUMBER-2");
    assertTrue(one.features() == two.features() && one.plan() == two.plan());
  }

  @Test
  void everyoneWhoAsksAtOnceGetsTheOwnSnapshot() throws Exception {
    Tenant tenant = fixture.account("one");
    List<License> licenses = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      License license = fixture.insert(tenant, "KEY-NUMBER-" + i);
      fixture.insert(license, SeatKind.DEVICE, "device-" + i);
      licenses.add(license);
    }
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      int number = i % 50;
      calls.add(() -> {
        LicenseSnapshot snapshot = database.snapshots().find("KEY-NUMBER-" + number);
        if (number < licenses.size()) {
          assertEquals(licenses.get(number).no(), snapshot.no());
          assertTrue(snapshot.devices().find("device-" + number) > 0);
          assertEquals(1, snapshot.devices().size());
        } else {
          assertEquals(null, snapshot);
        }
        return null;
      });
    }
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    }
  }

  @Test
  void snapshotOfARetiredKeySaysWhenItRetired() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Instant retired = Fixture.NOW.minusSeconds(1);
    write(s -> s.licenses().replaceKey(license, "KEY-NUMBER-2", retired));
    assertEquals(retired.toEpochMilli(), database.snapshots().find(KEY).keyRetiresAt());
    License another = fixture.insert(fixture.account("two"), KEY);
    assertEquals(another.no(), database.snapshots().find(KEY).no());
  }

  private static UsageEvent use(
      License license, Outcome outcome, long atMillis, long domainSeat, long deviceSeat) {
    return Uses.event(license.no(), atMillis, outcome, null, null, null, domainSeat, deviceSeat);
  }

  private static void append(JournalStore journal, long node, UsageEvent event) {
    journal.append(journal.nextId(node), List.of(event), List.of());
  }

  private static void fold(Database database, long node) {
    FoldStore fold = database.fold();
    Position start = FoldSlices.position(fold, node);
    FoldSlices.round(fold, fold.openRound(start, 100).orElseThrow(), () -> {});
  }
}
