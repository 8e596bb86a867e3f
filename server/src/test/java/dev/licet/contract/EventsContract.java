package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.audit.Audit;
import dev.licet.domain.audit.AuditFilter;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.EventPosition;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.store.Database;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What every database keeps of events, and in what order it gives them out. */
abstract class EventsContract extends Contract {
  private static final String KEY = "AAAABBBBCCCCDDDD";

  @Test
  void eventsOfAllTypesAreKeptAsTheyAreShown() throws IOException {
    License license = fixture.insert(fixture.account("one"), KEY);
    for (EventType type : EventType.values()) {
      append(database, event(license, type, Fixture.NOW));
    }
    List<RecordedEvent> events = all(license.tenant());
    assertEquals(
        List.of(EventType.values()).reversed().stream().map(EventType::text).toList(),
        events.stream().map(RecordedEvent::type).toList());
    for (RecordedEvent event : events) {
      JsonNode envelope = new ObjectMapper().readTree(event.envelope());
      assertEquals(event.id(), envelope.get("id").textValue());
      assertEquals(event.type(), envelope.get("type").textValue());
      assertEquals("2026-05-01T10:30:00.123Z", envelope.get("created_at").textValue());
      assertEquals("v1", envelope.get("api_version").textValue());
      assertTrue(envelope.get("live").booleanValue());
      assertEquals(license.id(), envelope.at("/data/license/id").textValue());
      assertEquals("suspended", envelope.at("/data/license/status").textValue());
      assertEquals("active", envelope.at("/data/previous/status").textValue());
      assertEquals("a.example", envelope.at("/data/activation/value").textValue());
      assertEquals("unpaid", envelope.at("/data/reason").textValue());
      assertEquals("application", envelope.at("/data/actor").textValue());
      assertFalse(envelope.toString().contains(KEY));
    }
  }

  @Test
  void anEventOfAnAccountNeedsNoLicense() throws IOException {
    Tenant tenant = fixture.account("one");
    Map<String, ?> details = Map.of("quota", Map.of("name", "max_licenses", "limit", 5));
    append(
        database,
        Event.ofTenant(
            fixture.ids.next(Ids.EVENT),
            EventType.QUOTA_WARNING,
            Fixture.NOW,
            tenant,
            details,
            null,
            Actor.SYSTEM));
    RecordedEvent event = all(tenant).getFirst();
    JsonNode data = new ObjectMapper().readTree(event.data());
    assertEquals(5, data.at("/quota/limit").intValue());
    assertTrue(data.get("reason").isNull());
    assertFalse(data.has("license"));
    assertEquals(null, event.licenseId());
  }

  @Test
  void theAuditLogHasWhatChangesALicenseAndNothingElse() {
    License license = fixture.insert(fixture.account("one"), KEY);
    for (EventType type : EventType.values()) {
      append(database, event(license, type, Fixture.NOW));
    }
    AuditFilter filter = new AuditFilter(null, null, license.id(), null, null);
    Audit audit = new Audit(database.transactions());
    Set<String> actions =
        Set.copyOf(
            audit.list(license.tenant(), filter, 100, null).data().stream()
                .map(entry -> entry.action())
                .toList());
    for (EventType type : EventType.values()) {
      assertEquals(type.changesLicense(), actions.contains(type.text()), type::text);
    }
  }

  @Test
  void aFilterChoosesByTypeLicenseAndTime() {
    Tenant tenant = fixture.account("one");
    License one = fixture.insert(tenant, KEY);
    License two = fixture.insert(tenant, KEY + "2");
    Instant later = Fixture.NOW.plusMillis(1);
    append(database, event(one, EventType.LICENSE_CREATED, Fixture.NOW));
    append(database, event(one, EventType.ACTIVATION_CREATED, later));
    append(database, event(two, EventType.LICENSE_CREATED, later));
    assertEquals(
        2, count(tenant, new EventFilter(Set.of(EventType.LICENSE_CREATED), null, null, null)));
    assertEquals(2, count(tenant, new EventFilter(null, one.id(), null, null)));
    assertEquals(0, count(tenant, new EventFilter(null, "lic_none", null, null)));
    // Their ids are of today: the bounds are near enough to it for what is looked at.
    Instant today = Backend.CLOCK.instant().truncatedTo(ChronoUnit.MILLIS);
    append(database, event(two, EventType.LICENSE_UPDATED, today));
    assertEquals(1, count(tenant, new EventFilter(null, null, today, null)));
    assertEquals(0, count(tenant, new EventFilter(null, null, today.plusMillis(1), null)));
    assertEquals(1, count(tenant, new EventFilter(null, null, today, today.plusMillis(1))));
    assertEquals(0, count(tenant, new EventFilter(null, null, today, today)));
  }

  @Test
  void pagesFollowOneAnother() {
    License license = fixture.insert(fixture.account("one"), KEY);
    List<String> ids = appendSome(license, 5);
    List<String> seen = new ArrayList<>();
    String cursor = null;
    boolean more = true;
    while (more) {
      String after = cursor;
      var page = read(database, s -> s.events().list(license.tenant(), EventFilter.ALL, 2, after));
      page.data().forEach(event -> seen.add(event.id()));
      cursor = seen.getLast();
      more = page.hasMore();
    }
    assertEquals(ids.reversed(), seen);
  }

  @Test
  void anotherTenantSeesNone() {
    License license = fixture.insert(fixture.account("one"), KEY);
    String id = appendSome(license, 1).getFirst();
    Tenant test = new Tenant(license.tenant().accountNo(), false);
    for (Tenant other : List.of(test, fixture.account("two"))) {
      assertEquals(List.of(), all(other));
      assertTrue(read(database, s -> s.events().find(other, id)).isEmpty());
      assertEquals(List.of(), follow(other, EventPosition.START, 10));
      assertEquals(0, count(other, new EventFilter(null, license.id(), null, null)));
    }
    assertTrue(read(database, s -> s.events().find(license.tenant(), id)).isPresent());
  }

  @Test
  void whoFollowsGetsEachEventOnceAndInOrder() {
    License license = fixture.insert(fixture.account("one"), KEY);
    List<String> ids = appendSome(license, 5);
    List<String> seen = new ArrayList<>();
    EventPosition position = EventPosition.START;
    for (int round = 0; round < 4; round++) {
      for (RecordedEvent event : follow(license.tenant(), position, 2)) {
        seen.add(event.id());
        position = event.position();
      }
    }
    assertEquals(ids, seen);
    EventPosition end = read(database, s -> s.events().end(license.tenant()));
    assertEquals(position, end);
  }

  @Test
  void anEventsPlaceIsKnownByItsIdAndWhereItWouldBeWhenItIsGone() {
    License license = fixture.insert(fixture.account("one"), KEY);
    Tenant tenant = license.tenant();
    String before = fixture.ids.next(Ids.EVENT);
    List<String> ids = appendSome(license, 2);
    String after = fixture.ids.next(Ids.EVENT);
    assertEquals(ids, idsAfter(tenant, before));
    assertEquals(List.of(ids.get(1)), idsAfter(tenant, ids.get(0)));
    assertEquals(List.of(), idsAfter(tenant, after));
  }

  @Test
  void aTransactionThatCommitsLateIsNotMissed() throws InterruptedException {
    assumeTrue(backend.isShared(), "one writer after the other");
    License license = fixture.insert(fixture.account("one"), KEY);
    Tenant tenant = license.tenant();
    String first = appendSome(license, 1).getFirst();
    Event late = event(license, EventType.LICENSE_SUSPENDED, Fixture.NOW);
    Event early = event(license, EventType.LICENSE_REINSTATED, Fixture.NOW);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Thread slow =
        Thread.ofVirtual()
            .start(() ->
                database
                    .transactions()
                    .run(s -> {
                      s.outbox().append(late);
                      written.countDown();
                      await(release);
                    }));
    await(written);
    append(database, early);
    List<RecordedEvent> seen = follow(tenant, EventPosition.START, 10);
    assertEquals(List.of(first), seen.stream().map(RecordedEvent::id).toList());
    EventPosition end = read(database, s -> s.events().end(tenant));
    assertEquals(seen.getLast().position(), end);
    release.countDown();
    slow.join();
    assertEquals(
        List.of(late.id(), early.id()),
        follow(tenant, seen.getLast().position(), 10).stream().map(RecordedEvent::id).toList());
  }

  @Test
  void eventsThatCameWithADumpAreBeforeAllThatHappensLater() throws SQLException {
    assumeTrue(backend.isShared(), "no numbers of transactions");
    License license = fixture.insert(fixture.account("one"), KEY);
    List<String> ids = new ArrayList<>(appendSome(license, 3));
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("UPDATE outbox_events SET tx = tx + 1000000000");
    }
    reopen();
    ids.addAll(appendSome(license, 2));
    assertEquals(
        ids,
        follow(license.tenant(), EventPosition.START, 10).stream().map(RecordedEvent::id).toList());
  }

  @Test
  void manyWritersAtOnceAreFollowedWithoutLoss() throws InterruptedException {
    License license = fixture.insert(fixture.account("one"), KEY);
    int writers = 8;
    int each = 25;
    List<Thread> threads = new ArrayList<>();
    for (int writer = 0; writer < writers; writer++) {
      threads.add(Thread.ofVirtual().start(() -> appendSome(license, each)));
    }
    List<String> seen = new ArrayList<>();
    EventPosition position = EventPosition.START;
    long until = System.nanoTime() + 30_000_000_000L;
    while (seen.size() < writers * each && System.nanoTime() < until) {
      for (RecordedEvent event : follow(license.tenant(), position, 7)) {
        seen.add(event.id());
        position = event.position();
      }
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(writers * each, seen.size());
    assertEquals(writers * each, Set.copyOf(seen).size());
  }

  @Test
  void whatIsOldEnoughIsRemovedALittleAtATime() {
    License license = fixture.insert(fixture.account("one"), KEY);
    appendSome(license, 5);
    append(database, event(license, EventType.LICENSE_UPDATED, Fixture.NOW.plusSeconds(1)));
    Instant before = Fixture.NOW.plusMillis(1);
    assertEquals(3, forget(before));
    assertEquals(2, forget(before));
    assertEquals(0, forget(before));
    assertEquals(1, all(license.tenant()).size());
  }

  private List<String> appendSome(License license, int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Event event = event(license, EventType.LICENSE_UPDATED, Fixture.NOW);
      append(database, event);
      ids.add(event.id());
    }
    return ids;
  }

  private Event event(License license, EventType type, Instant at) {
    return new Event(
        fixture.ids.next(Ids.EVENT),
        type,
        at,
        license.with(LicenseStatus.SUSPENDED, "unpaid"),
        license,
        fixture.seat(license, SeatKind.DOMAIN, "a.example"),
        "unpaid",
        Actor.APPLICATION);
  }

  private static void append(Database database, Event event) {
    database.transactions().run(stores -> stores.outbox().append(event));
  }

  private List<RecordedEvent> all(Tenant tenant) {
    return read(database, s -> s.events().list(tenant, EventFilter.ALL, 100, null)).data();
  }

  private int count(Tenant tenant, EventFilter filter) {
    List<RecordedEvent> found =
        read(database, s -> s.events().list(tenant, filter, 100, null)).data();
    assertTrue(found.stream().allMatch(filter::admits));
    return found.size();
  }

  private List<RecordedEvent> follow(Tenant tenant, EventPosition position, int limit) {
    return read(database, s -> s.events().after(tenant, position, limit));
  }

  private List<String> idsAfter(Tenant tenant, String id) {
    EventPosition position = read(database, s -> s.events().positionOf(tenant, id));
    return follow(tenant, position, 10).stream().map(RecordedEvent::id).toList();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int forget(Instant before) {
    return database.transactions().write(stores -> stores.events().forget(before, 3));
  }

  private static <T> T read(Database database, Function<Stores, T> work) {
    return database.transactions().read(work);
  }
}
