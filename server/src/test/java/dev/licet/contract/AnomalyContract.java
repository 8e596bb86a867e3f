package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Tenant;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.anomaly.Anomalies;
import dev.licet.domain.anomaly.Finding;
import dev.licet.domain.anomaly.Measure;
import dev.licet.domain.anomaly.SuspicionJob;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageJobs;
import dev.licet.domain.usage.UsageOrigin;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Use that points to sharing is found, with its figures, and told of once a day. */
@Timeout(60)
abstract class AnomalyContract extends Contract {
  private static final Instant NOW = Instant.now();
  private static final int ORDINARY = 6;

  private final List<UsageEvent> batch = new ArrayList<>();
  private final List<License> ordinary = new ArrayList<>();
  private Tenant tenant;
  private License shared;

  @BeforeEach
  void fill() {
    tenant = fixture.account("one");
    for (int i = 0; i < ORDINARY; i++) {
      License license = fixture.insert(tenant, "ORDINARY-" + i);
      ordinary.add(license);
      use(license, "own-" + i, "DE", "192.0.2." + i, 0, 30);
      use(license, "own-" + i, "DE", "192.0.2.77", 0, 2);
    }
    shared = fixture.insert(tenant, "SHARED");
  }

  @Test
  void whatIsUsedLikeTheOthersIsNotFound() {
    use(shared, "own", "DE", "192.0.2.1", 0, 1);
    use(shared, "own", "FR", "198.51.100.1", 0, 1);
    assertEquals(List.of(), look(7).suspects());
    assertEquals(ORDINARY + 1, look(7).active());
    Anomalies.Report nobody = look(new Tenant(tenant.accountNo(), false), 7);
    assertEquals(0, nobody.active());
    assertEquals(List.of(), nobody.suspects());
  }

  @Test
  void manyCountriesDevicesAndNetworksAreFoundWithTheirFigures() {
    for (String country : List.of("DE", "FR", "IT", "CH", "AT")) {
      use(shared, null, country, null, 0, 3);
    }
    for (int i = 0; i < 8; i++) {
      use(shared, "device-" + i, "DE", null, 0, 4);
      use(shared, "refused-" + i, "BR", "10.0." + i + ".1", 0, Outcome.DEVICE_LIMIT, 4);
    }
    for (int i = 0; i < 11; i++) {
      use(shared, null, "DE", "198.51." + i + ".1", 0, 3);
      use(shared, null, "DE", "198.51." + i + ".2", 0, 28);
    }
    use(shared, null, "DE", "2001:db8:0:0:0:0:0:1", 0, 2);
    use(shared, null, "DE", "2001:db8:0:ffff:0:0:0:1", 0, 2);
    use(shared, null, "DE", "203.0.113.1", 64_500, 2);
    use(shared, null, "DE", "203.0.114.1", 64_500, 2);
    Anomalies.Suspect suspect = onlySuspect(look(7));
    assertEquals(shared.id(), suspect.license().id());
    assertEquals(
        Set.of(
            new Finding.Excess(Measure.COUNTRIES, 5, 1, 1),
            new Finding.Excess(Measure.DEVICES, 8, 1, 1),
            new Finding.Excess(Measure.NETWORKS, 13, 1, 1)),
        Set.copyOf(suspect.findings()));
  }

  @Test
  void whatWasBeforeTheTimeDoesNotCount() {
    for (int i = 0; i < 8; i++) {
      use(shared, "device-" + i, "DE", null, 0, 24 * 8);
    }
    use(shared, "device", "DE", null, 0, 1);
    assertEquals(List.of(), look(7).suspects());
    assertEquals(1, look(10).suspects().size());
  }

  @Test
  void travelThatIsImpossibleIsFound() {
    use(shared, "stays", "DE", null, 0, 40);
    use(shared, "stays", "AU", null, 0, 10);
    use(shared, null, "DE", null, 0, 20);
    use(shared, null, "AU", null, 0, 20);
    assertEquals(List.of(), look(7).suspects());
    use(shared, "jumps", "DE", null, 0, 5);
    use(shared, "jumps", "AU", null, 0, 3);
    assertTrue(
        onlySuspect(look(7)).findings().getFirst() instanceof Finding.Travel travel
            && travel.from().equals("DE")
            && travel.to().equals("AU")
            && travel.hours() == 3
            && travel.kilometers() > 10_000);
  }

  @Test
  void seatsThatComeAndGoAreFoundAndLeasesThatEndAreNot() {
    use(shared, null, "DE", null, 0, 2);
    giveUp(ordinary.getFirst(), 20, Actor.LEASE);
    giveUp(ordinary.get(1), 1, Actor.APPLICATION);
    giveUp(shared, 5, Actor.APPLICATION);
    giveUp(shared, 5, Actor.LEASE);
    Anomalies.Suspect suspect = onlySuspect(look(7));
    assertEquals(shared.id(), suspect.license().id());
    assertEquals(List.of(new Finding.Excess(Measure.SEATS_GIVEN_UP, 5, 0, 4)), suspect.findings());
  }

  @Test
  void aSuspiciousLicenseIsToldOfOnceADay() {
    for (int i = 0; i < 9; i++) {
      use(shared, "device-" + i, "DE", null, 0, 2);
    }
    append();
    tell(NOW);
    tell(NOW.plus(Duration.ofHours(23)));
    List<RecordedEvent> told = events();
    assertEquals(1, told.size());
    assertTrue(
        told.getFirst()
            .data()
            .contains(
                "\"days\":7,\"findings\":[{\"kind\":\"devices\",\"value\":9,\"usual\":1,"
                    + "\"fence\":1}]"),
        told::toString);
    tell(NOW.plus(Duration.ofHours(25)));
    assertEquals(2, events().size());
  }

  @Test
  void networksGoAfterAMonthAndWithThePerson() {
    for (int i = 0; i < 12; i++) {
      use(shared, null, "DE", "198.51." + i + ".1", 0, 1);
    }
    assertEquals(1, look(7).suspects().size());
    database.transactions().run(s -> s.erasures().removeNames(List.of(shared.no())));
    assertEquals(List.of(), look(7).suspects());
    use(ordinary.getFirst(), null, "DE", "198.51.100.1", 0, 1);
    append();
    var networks = UsageJobs.all(Duration.ofDays(30)).get(1);
    assertEquals("usage-networks", networks.name());
    assertTrue(networkRows() > 0);
    fixture.run(networks, NOW);
    assertTrue(networkRows() > 0);
    fixture.run(networks, NOW.plus(Duration.ofDays(40)));
    assertEquals(0, networkRows());
  }

  private int networkRows() {
    try (var connection = backend.connect();
        var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT COUNT(*) FROM usage_networks")) {
      row.next();
      return row.getInt(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void tell(Instant now) {
    fixture.run(new SuspicionJob(fixture.ids).job(), now);
  }

  private List<RecordedEvent> events() {
    EventFilter filter = new EventFilter(Set.of(EventType.LICENSE_SUSPICIOUS), null, null, null);
    return database.transactions().read(s -> s.events().list(tenant, filter, 100, null)).data();
  }

  private Anomalies.Report look(int days) {
    return look(tenant, days);
  }

  private Anomalies.Report look(Tenant whose, int days) {
    append();
    return new Anomalies(database.transactions(), InstantSource.fixed(NOW)).last(whose, days);
  }

  private static Anomalies.Suspect onlySuspect(Anomalies.Report report) {
    assertEquals(1, report.suspects().size(), () -> report.suspects().toString());
    return report.suspects().getFirst();
  }

  private void use(
      License license,
      @Nullable String device,
      String country,
      @Nullable String ip,
      long asn,
      int hoursAgo) {
    use(license, device, country, ip, asn, Outcome.VALID, hoursAgo);
  }

  private void use(
      License license,
      @Nullable String device,
      String country,
      @Nullable String ip,
      long asn,
      Outcome outcome,
      int hoursAgo) {
    batch.add(
        new UsageEvent(
            license.no(),
            new UsageGroup(tenant.accountNo(), true, 1, 1),
            NOW.minus(Duration.ofHours(hoursAgo)).toEpochMilli(),
            outcome,
            null,
            device,
            new UsageOrigin(ip, country, asn, null),
            0,
            0));
  }

  private void append() {
    if (!batch.isEmpty()) {
      JournalStore journal = database.journal();
      journal.append(journal.nextId(journal.openNode()), List.copyOf(batch), List.of());
      batch.clear();
    }
    fixture.foldAll();
  }

  private void giveUp(License license, int times, Actor actor) {
    for (int i = 0; i < times; i++) {
      database
          .transactions()
          .run(s ->
              s.outbox()
                  .append(
                      new Event(
                          fixture.ids.next(Ids.EVENT),
                          EventType.ACTIVATION_REMOVED,
                          NOW,
                          license,
                          license,
                          fixture.seat(license, SeatKind.DEVICE, "d"),
                          null,
                          actor)));
    }
  }
}
