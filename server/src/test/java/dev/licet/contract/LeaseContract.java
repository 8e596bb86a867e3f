package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Caller;
import dev.licet.domain.Given;
import dev.licet.domain.account.Grant;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.license.License;
import dev.licet.domain.plan.Plan;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Floating devices: who has a seat when, under a moved clock and under races. */
@Timeout(120)
abstract class LeaseContract extends RulesContract {
  private static final Duration LEASE = Duration.ofMinutes(5);
  private static final Duration MARGIN = Duration.ofSeconds(10);

  /** After so long other devices come. */
  private static final Duration SHIFT = Duration.ofMinutes(15);

  private static final Duration MILLI = Duration.ofMillis(1);

  private License floating(int seats) {
    return license(KEY, plan("floating", seats, rules(0, null, 5)), null);
  }

  private Set<String> devices(License license) {
    return database
        .transactions()
        .read(s -> s.seats().ofLicenses(List.of(license.no()), 1_000, clock.instant()))
        .getOrDefault(license.no(), List.of())
        .stream()
        .map(Seat::value)
        .collect(Collectors.toSet());
  }

  @Test
  void aSeatIsFreeAfterItsLeaseAndTenSeconds() {
    License license = floating(1);
    assertTrue(one.isValid(KEY, "a"));
    assertFalse(two.isValid(KEY, "b"));
    clock.advance(LEASE.plus(MARGIN).minus(MILLI));
    assertFalse(two.isValid(KEY, "b"));
    assertEquals(Set.of("a"), devices(license));
    clock.advance(MILLI);
    assertEquals(Set.of(), devices(license));
    assertTrue(two.isValid(KEY, "b"));
    assertFalse(one.isValid(KEY, "a"));
    assertEquals(Set.of("b"), devices(license));
  }

  @Test
  void aSeatIsNotFreeBeforeItsLeaseIsOverSinceTheLastValidation() {
    floating(1);
    assertTrue(one.isValid(KEY, "a"));
    for (long seconds : new long[] {1, 10, 11, 60, 290, 299, 300}) {
      clock.advance(Duration.ofSeconds(seconds));
      assertTrue(node((int) seconds).isValid(KEY, "a"));
      Instant last = clock.instant();
      clock.set(last.plus(LEASE).minus(MILLI));
      assertFalse(one.isValid(KEY, "b"), () -> seconds + " s");
      assertFalse(two.isValid(KEY, "b"), () -> seconds + " s");
      clock.set(last);
    }
    clock.advance(LEASE.plus(MARGIN));
    assertTrue(one.isValid(KEY, "b"));
  }

  @Test
  void aDeviceThatComesBackInTimeKeepsItsSeatAndLateTakesAnother() {
    License license = floating(2);
    assertTrue(one.isValid(KEY, "a"));
    Seat first = seat(license, "a");
    clock.advance(LEASE);
    assertTrue(two.isValid(KEY, "a"));
    assertEquals(first.id(), seat(license, "a").id());
    clock.advance(LEASE.plus(MARGIN));
    assertTrue(two.isValid(KEY, "a"));
    assertFalse(first.id().equals(seat(license, "a").id()));
  }

  @Test
  void aSeatByHandAndAReleaseFollowTheLease() {
    License license = floating(1);
    Caller caller = new Caller(tenant, "key_1", Grant.ALL);
    var seat = one.seats().add(caller, license.id(), SeatKind.DEVICE, "a").seat().seat();
    assertEquals(clock.instant().plus(LEASE).plus(MARGIN), seat.leasedUntil());
    byte[] key = Backend.VAULT.lookup(KEY);
    clock.advance(LEASE.plus(MARGIN));
    assertEquals(false, one.seats().release(key, SeatKind.DEVICE, "a").orElseThrow());
    assertTrue(two.isValid(KEY, "b"));
    assertEquals(true, two.seats().release(key, SeatKind.DEVICE, "b").orElseThrow());
    assertEquals(Set.of(), devices(license));
  }

  @Test
  void ofManyDevicesOnlyAsManyAsThereAreSeatsGetOneAtATime() throws Exception {
    License license = floating(3);
    for (int round = 0; round < 4; round++) {
      String prefix = "r" + round + "-";
      Set<String> granted = valid(prefix);
      assertEquals(3, granted.size());
      assertEquals(granted, devices(license));
      clock.advance(LEASE);
      assertEquals(granted, valid(prefix));
      clock.advance(LEASE);
      assertEquals(Set.of(), valid("late-"));
      clock.advance(MARGIN);
    }
  }

  private Set<String> valid(String prefix) throws Exception {
    Set<String> granted = new HashSet<>();
    for (String device :
        atOnce(
            CLIENTS, client -> node(client).isValid(KEY, prefix + client) ? prefix + client : "")) {
      granted.add(device);
    }
    granted.remove("");
    return granted;
  }

  /** A device had a seat at least from the end of a validation to a lease after its begin. */
  private record Held(String device, long from, long to) {}

  @Test
  void neverMoreDevicesThanSeatsHaveOneWhileTheClockRuns() throws Exception {
    floating(3);
    Set<Held> held = ConcurrentHashMap.newKeySet();
    long end = clock.instant().plus(SHIFT.multipliedBy(5)).toEpochMilli();
    AtomicBoolean stop = new AtomicBoolean();
    Thread time =
        Thread.ofVirtual()
            .start(() -> {
              while (!stop.get()) {
                clock.advance(Duration.ofSeconds(7));
                LockSupport.parkNanos(2_000_000);
              }
            });
    atOnce(
        CLIENTS,
        client -> {
          Random random = new Random(client);
          for (long begin = clock.millis(); begin < end; begin = clock.millis()) {
            String device = begin / SHIFT.toMillis() + "-" + random.nextInt(12);
            if (node(client).isValid(KEY, device)) {
              held.add(new Held(device, clock.millis(), begin + LEASE.toMillis()));
            }
          }
          return true;
        });
    stop.set(true);
    time.join();
    assertTrue(held.stream().map(Held::device).distinct().count() > 3, "seats went round");
    assertNeverMoreThan(3, held);
  }

  private static void assertNeverMoreThan(int seats, Set<Held> held) {
    Map<Long, List<Held>> starts =
        held.stream()
            .filter(each -> each.from() < each.to())
            .collect(Collectors.groupingBy(Held::from, TreeMap::new, Collectors.toList()));
    List<Held> open = new ArrayList<>();
    starts.forEach((at, begun) -> {
      open.addAll(begun);
      open.removeIf(each -> each.to() <= at);
      Set<String> devices = open.stream().map(Held::device).collect(Collectors.toSet());
      assertTrue(
          devices.size() <= seats,
          () -> at + ": " + open.stream().sorted(Comparator.comparing(Held::device)).toList());
    });
  }

  @Test
  void aPlanThatBecomesFloatingLeasesWhatIsHeldAndBack() {
    Plan plan = plan("moving", 1, rules(0, null, 0));
    License license = license(KEY, plan, null);
    assertTrue(one.isValid(KEY, "a"));
    clock.advance(Duration.ofDays(100));
    change(plan, changes(Given.of(5), Given.absent()));
    clock.advance(LEASE.plus(MARGIN).minus(MILLI));
    assertFalse(one.isValid(KEY, "b"));
    clock.advance(MILLI);
    assertTrue(one.isValid(KEY, "b"));
    change(plan, changes(Given.of(1), Given.absent()));
    clock.advance(Duration.ofSeconds(70));
    assertEquals(Set.of(), devices(license));
    assertTrue(one.isValid(KEY, "c"));
    change(plan, changes(Given.of(0), Given.absent()));
    clock.advance(Duration.ofDays(100));
    assertFalse(one.isValid(KEY, "d"));
    assertTrue(one.isValid(KEY, "c"));
    assertEquals(Set.of("c"), devices(license));
    assertEquals(null, seat(license, "c").leasedUntil());
  }

  private Seat seat(License license, String device) {
    return database
        .transactions()
        .read(s -> s.seats().find(license.no(), SeatKind.DEVICE, device))
        .orElseThrow();
  }
}
