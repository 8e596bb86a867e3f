package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.LapsedSeats;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.Consumption.Consumed;
import dev.licet.domain.counter.CounterReset;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.counter.Receipt;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.job.Retention;
import dev.licet.domain.license.License;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What goes when its time is over, and what stays. */
@Timeout(60)
abstract class RetentionContract extends Contract {
  private static final Instant NOW = Fixture.NOW;
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration EVENTS = Duration.ofDays(90);

  private License license;
  private License other;

  @BeforeEach
  void prepare() {
    Tenant tenant = fixture.account("a");
    license = fixture.insert(tenant, "KEY-ONE");
    other = fixture.insert(fixture.account("b"), "KEY-TWO");
  }

  @Test
  void consumptionsGoAfterTwoDays() throws SQLException {
    for (int i = 0; i < 600; i++) {
      receipt(i % 2 == 0 ? license : other, "old-" + i, NOW);
    }
    receipt(license, "new", NOW.plusMillis(1));
    assertKept("consumptions", "consumptions", NOW.plus(DAY.multipliedBy(2)), 601);
    assertKept("consumptions", "consumptions", NOW.plus(DAY.multipliedBy(2)).plusMillis(1), 1);
  }

  @Test
  void eventsGoAfterTheTimeThatIsSet() throws SQLException {
    for (int i = 0; i < 600; i++) {
      event(i % 2 == 0 ? license : other, NOW);
    }
    event(license, NOW.plusMillis(1));
    assertKept("events", "outbox_events", NOW.plus(EVENTS), 601);
    assertKept("events", "outbox_events", NOW.plus(EVENTS).plusMillis(1), 1);
  }

  @Test
  void releasesOfSeatsGoAfterAWeekAndADay() throws SQLException {
    Instant before = NOW.minus(DAY);
    run(s -> s.seats().noteRelease(license.no(), NOW, before));
    run(s -> s.seats().noteRelease(license.no(), NOW, before));
    run(s -> s.seats().noteRelease(other.no(), NOW.plusSeconds(1), before));
    Instant over = NOW.plus(Duration.ofDays(8));
    assertKept("seat-releases", "seat_releases", over.minusMillis(1), 3);
    assertKept("seat-releases", "seat_releases", over, 1);
  }

  @Test
  void keysGoAMonthAfterTheyRetiredAndPresentOnesStay() throws SQLException {
    run(s -> s.licenses().replaceKey(license, "KEY-NEXT", NOW));
    Instant over = NOW.plus(Duration.ofDays(30));
    assertKept("retired-keys", "license_keys", over, 3);
    assertKept("retired-keys", "license_keys", over.plusMillis(1), 2);
    assertEquals(
        "KEY-NEXT",
        database.transactions().read(s -> s.licenses().find(license.no())).orElseThrow().key());
    assertKept("retired-keys", "license_keys", over.plus(Duration.ofDays(9_999)), 2);
  }

  @Test
  void changesThatEveryoneHasReadGoButForTheLatest() throws SQLException {
    run(s -> {
      for (int i = 1; i <= 1_700; i++) {
        s.changes().planChanged(i);
      }
    });
    Instant longAfter = Instant.now().plus(Duration.ofDays(2));
    long before = count("change_feed");
    assertTrue(before >= 1_700);
    assertKept("change-feed", "change_feed", Instant.now(), before);
    assertKept("change-feed", "change_feed", longAfter, 1_000);
    assertEquals(1, count("change_feed WHERE ref_no = 1700"));
  }

  @Test
  void seatsWhoseLeaseWasOverForADayGoWithAnEventAndOthersStay() throws SQLException {
    for (int i = 0; i < 60; i++) {
      lease(i % 2 == 0 ? license : other, "lapsed-" + i, NOW);
    }
    lease(license, "held", NOW.plus(DAY.multipliedBy(9)));
    lease(license, "for-good", null);
    fixture.insert(license, SeatKind.DOMAIN, "a.example");
    Job job = new LapsedSeats(fixture.ids).job();
    fixture.run(job, NOW.plus(DAY).minusMillis(1));
    assertEquals(63, count("activations"));
    fixture.run(job, NOW.plus(DAY));
    fixture.run(job, NOW.plus(DAY));
    assertEquals(3, count("activations"));
    assertEquals(60, count("outbox_events WHERE type = 'activation.removed'"));
    assertEquals(0, count("activations WHERE value LIKE 'lapsed-%'"));
  }

  @Test
  void aLicenseThatCannotBeReadKeepsNoOthersSeatsFromGoing() throws SQLException {
    for (int i = 0; i < 60; i++) {
      lease(i % 2 == 0 ? license : other, "lapsed-" + i, NOW);
    }
    fixture.breakKey(backend, license, other);
    Job job = new LapsedSeats(fixture.ids).job();
    for (int i = 0; i < 4; i++) {
      fixture.run(job, NOW.plus(DAY));
    }
    assertEquals(0, count("activations WHERE license_no = " + other.no()));
    assertEquals(30, count("activations WHERE license_no = " + license.no()));
  }

  private void assertKept(String job, String table, Instant now, long left) throws SQLException {
    Job named =
        Retention.jobs(EVENTS).stream()
            .filter(each -> each.name().equals(job))
            .findFirst()
            .orElseThrow();
    fixture.run(named, now);
    assertEquals(left, count(table));
  }

  private void receipt(License of, String key, Instant at) {
    CounterRule rule = new CounterRule(10L, CounterReset.NEVER);
    Consumed consumed = new Consumed("exports", 1, rule.at(new CounterUse(0, 1), at));
    run(s -> s.counters().insert(new Receipt(of.no(), key, consumed, at)));
  }

  private void event(License of, Instant at) {
    String id = fixture.ids.next(Ids.EVENT);
    Event event = new Event(id, EventType.LICENSE_UPDATED, at, of, of, null, null, Actor.SYSTEM);
    run(s -> s.outbox().append(event));
  }

  private void lease(License of, String device, @Nullable Instant until) {
    Seat seat = fixture.insert(of, SeatKind.DEVICE, device);
    run(s -> s.seats().lease(seat.no(), until));
  }

  private void run(Consumer<Stores> work) {
    database.transactions().run(work);
  }
}
