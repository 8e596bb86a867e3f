package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventPosition;
import dev.licet.domain.event.EventStreams;
import dev.licet.domain.event.EventType;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.store.Database;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who follows events hears of all of them, whoever writes them, however late they are committed.
 */
@Timeout(60)
abstract class EventStreamsContract extends Contract {
  private static final String KEY = "AAAABBBBCCCCDDDD";

  @Test
  void eventsOfThisNodeComeAtOnceAndThoseOfOthersWithinASecond() throws InterruptedException {
    License license = fixture.insert(fixture.account("one"), KEY);
    Follower follower = new Follower();
    try (EventStreams streams = streams()) {
      follower.start(streams, license);
      Event own = event(license);
      append(database, own);
      assertEquals(own.id(), follower.next());
      if (backend.isShared()) {
        try (Database other = backend.open()) {
          Event foreign = event(license);
          append(other, foreign);
          assertEquals(foreign.id(), follower.next());
        }
      }
    }
    follower.thread.join();
  }

  @Test
  void whatIsCommittedLateComesFirstAndNothingIsLost() throws InterruptedException {
    assumeTrue(backend.isShared(), "one writer after the other");
    License license = fixture.insert(fixture.account("one"), KEY);
    Event late = event(license);
    Event early = event(license);
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Follower follower = new Follower();
    try (EventStreams streams = streams()) {
      follower.start(streams, license);
      Thread slow =
          Thread.ofVirtual()
              .start(() ->
                  database
                      .transactions()
                      .run(stores -> {
                        stores.outbox().append(late);
                        written.countDown();
                        await(release);
                      }));
      await(written);
      append(database, early);
      assertEquals(null, follower.taken.poll(500, TimeUnit.MILLISECONDS));
      release.countDown();
      slow.join();
      assertEquals(late.id(), follower.next());
      assertEquals(early.id(), follower.next());
    }
    follower.thread.join();
  }

  @Test
  void theEndComesToThoseTooWhoDoNotRead() throws InterruptedException {
    License license = fixture.insert(fixture.account("one"), KEY);
    append(database, event(license));
    CountDownLatch blocked = new CountDownLatch(1);
    Follower follower =
        new Follower() {
          @Override
          public void take(RecordedEvent event) throws IOException {
            blocked.countDown();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          }
        };
    EventStreams streams = streams();
    follower.start(streams, license);
    assertTrue(blocked.await(10, TimeUnit.SECONDS));
    streams.close();
    assertTrue(follower.thread.join(Duration.ofSeconds(5)));
    Follower after = new Follower();
    after.start(streams, license);
    assertTrue(after.thread.join(Duration.ofSeconds(5)));
    assertEquals(0, after.taken.size());
  }

  @Test
  void anAccountHasSoManyFollowersAndOthersHaveTheirs() throws InterruptedException {
    License license = fixture.insert(fixture.account("one"), KEY);
    License other = fixture.insert(fixture.account("two"), KEY + "2");
    long account = license.tenant().accountNo();
    List<Follower> followers = new ArrayList<>();
    EventStreams streams = streams();
    for (int i = 0; i < EventStreams.MAX_PER_ACCOUNT; i++) {
      Follower follower = new Follower();
      follower.start(streams, license);
      followers.add(follower);
    }
    assertFalse(streams.hasRoom(account));
    assertThrows(
        IOException.class,
        () -> streams.follow(license.tenant(), EventPosition.START, new Follower()));
    assertTrue(streams.hasRoom(other.tenant().accountNo()));
    followers.getFirst().goesOn = false;
    followers.getFirst().thread.join();
    assertTrue(streams.hasRoom(account));
    streams.close();
    for (Follower follower : followers) {
      follower.thread.join();
    }
  }

  private EventStreams streams() {
    EventStreams streams = new EventStreams(database.transactions());
    database.addListener(streams);
    return streams;
  }

  private Event event(License license) {
    return new Event(
        fixture.ids.next(Ids.EVENT),
        EventType.LICENSE_UPDATED,
        Fixture.NOW,
        license,
        license,
        null,
        null,
        Actor.SYSTEM);
  }

  private static void append(Database to, Event event) {
    to.transactions().run(stores -> stores.outbox().append(event));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Remembers what it takes. */
  private static class Follower implements EventStreams.Follower {
    final BlockingQueue<String> taken = new LinkedBlockingQueue<>();
    final CountDownLatch started = new CountDownLatch(1);
    volatile boolean goesOn = true;
    Thread thread = Thread.currentThread();

    /** Returns when it follows. */
    void start(EventStreams streams, License license) throws InterruptedException {
      thread =
          Thread.ofVirtual()
              .start(() -> {
                try {
                  streams.follow(license.tenant(), EventPosition.START, this);
                } catch (IOException e) {
                  // it was told to end
                }
                started.countDown();
              });
      started.await();
    }

    String next() throws InterruptedException {
      return String.valueOf(taken.poll(10, TimeUnit.SECONDS));
    }

    @Override
    public void take(RecordedEvent event) throws IOException {
      taken.add(event.id());
    }

    @Override
    public boolean goesOn() {
      started.countDown();
      return goesOn;
    }
  }
}
