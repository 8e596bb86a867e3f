package dev.licet.contract;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.CanonicalBytes;
import dev.licet.domain.FailureException;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.idempotency.Idempotency;
import dev.licet.domain.idempotency.Idempotency.Outcome;
import dev.licet.domain.idempotency.KeptAnswer;
import dev.licet.domain.idempotency.RequestId;
import dev.licet.domain.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Transactions that are parts of one, and the answers that are kept with their effect. */
abstract class AnswersContract extends Contract {
  private static final Instant NOW = Fixture.NOW;
  private static final KeptAnswer ANSWER =
      new KeptAnswer(
          201,
          "application/json",
          Map.of("ETag", "\"1\""),
          "answer".getBytes(StandardCharsets.UTF_8));

  @Test
  void partsSeeOneAnotherAndAreUndoneTogether() {
    Tenant tenant = fixture.account("a");
    Transactions transactions = database.transactions();
    assertThrows(
        IllegalStateException.class,
        () ->
            transactions.joined(stores -> {
              insert(tenant, "one");
              assertTrue(hasPlan(tenant, "one"));
              assertEquals(true, transactions.joined(inner -> hasPlan(tenant, "one")));
              throw new IllegalStateException("the rest fails");
            }));
    assertFalse(hasPlan(tenant, "one"));
  }

  @Test
  void aPartThatFailsIsUndoneAloneWithItsNewsAndItsAudit() {
    Tenant tenant = fixture.account("a");
    List<Change> changes = new CopyOnWriteArrayList<>();
    database.addListener(listener(changes));
    Transactions transactions = database.transactions();
    transactions.joined(stores -> {
      insert(tenant, "one");
      assertThrows(
          FailureException.class,
          () ->
              transactions.run(inner -> {
                insert(tenant, "two");
                inner.changes().planChanged(77);
                throw FailureException.notFound("thing");
              }));
      transactions.run(inner -> inner.changes().planChanged(77));
      return true;
    });
    assertTrue(hasPlan(tenant, "one"));
    assertFalse(hasPlan(tenant, "two"));
    assertTrue(changes.contains(new Change(Change.Kind.PLAN, 77)), changes::toString);
  }

  @Test
  void anAnswerIsGivenForADayAndThenForgotten() {
    RequestId request = request(1, "body");
    AtomicInteger effects = new AtomicInteger();
    assertFalse(once(NOW, request, effects).replayed());
    Instant lastMoment = NOW.plus(Idempotency.KEPT).minusMillis(1);
    Outcome.Answered replayed = once(lastMoment, request, effects);
    assertTrue(replayed.replayed());
    assertEquals(ANSWER.status(), replayed.answer().status());
    assertEquals(ANSWER.contentType(), replayed.answer().contentType());
    assertEquals(ANSWER.headers(), replayed.answer().headers());
    assertArrayEquals(ANSWER.body(), replayed.answer().body());
    assertEquals(1, effects.get());
    assertEquals(0, sweep(lastMoment));
    Instant over = NOW.plus(Idempotency.KEPT);
    assertFalse(once(over, request, effects).replayed());
    assertTrue(once(over, request, effects).replayed());
    assertEquals(2, effects.get());
    assertEquals(1, sweep(over.plus(Idempotency.KEPT)));
  }

  @Test
  void anAnswerIsItsAccountsAndItsRequests() {
    AtomicInteger effects = new AtomicInteger();
    once(NOW, request(1, "body"), effects);
    once(NOW, request(2, "body"), effects);
    assertEquals(2, effects.get());
    assertInstanceOf(
        Outcome.Reused.class, idempotency(NOW).once(request(1, "other"), () -> ANSWER, a -> true));
  }

  @Test
  void aFaultLeavesNothingBehind() {
    RequestId request = request(1, "body");
    assertThrows(
        IllegalStateException.class,
        () ->
            idempotency(NOW)
                .once(
                    request,
                    () -> {
                      throw new IllegalStateException("a fault");
                    },
                    answer -> true));
    assertFalse(once(NOW, request, new AtomicInteger()).replayed());
  }

  /** On SQLite the second waits for the writer, on PostgreSQL it is told after two seconds. */
  @Test
  void theSameRequestIsNotHandledTwiceAtOnce() throws Exception {
    RequestId request = request(1, "body");
    CountDownLatch working = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Outcome> first =
          clients.submit(() ->
              idempotency(NOW)
                  .once(
                      request,
                      () -> {
                        working.countDown();
                        await(goOn);
                        return ANSWER;
                      },
                      answer -> true));
      await(working);
      Future<Outcome> second =
          clients.submit(() -> idempotency(NOW).once(request, () -> ANSWER, answer -> true));
      if (backend.isShared()) {
        assertInstanceOf(Outcome.InProgress.class, second.get(10, SECONDS));
      }
      goOn.countDown();
      assertEquals(new Outcome.Answered(ANSWER, false), first.get(10, SECONDS));
      if (!backend.isShared()) {
        assertTrue(((Outcome.Answered) second.get(10, SECONDS)).replayed());
      }
    }
    assertTrue(once(NOW, request, new AtomicInteger()).replayed());
  }

  private Outcome.Answered once(Instant now, RequestId request, AtomicInteger effects) {
    Outcome outcome =
        idempotency(now)
            .once(
                request,
                () -> {
                  effects.incrementAndGet();
                  return ANSWER;
                },
                answer -> true);
    return (Outcome.Answered) outcome;
  }

  private Idempotency idempotency(Instant now) {
    return new Idempotency(database.transactions(), InstantSource.fixed(now));
  }

  private int sweep(Instant now) {
    return database.transactions().write(stores -> stores.answers().deleteExpired(now, 10));
  }

  private static RequestId request(long accountNo, String body) {
    return new RequestId(
        accountNo,
        new CanonicalBytes().add("the key").sha256(),
        new CanonicalBytes().add(body).sha256());
  }

  private void insert(Tenant tenant, String name) {
    Plan plan = Fixture.plan(name, 1, 1);
    database.transactions().run(stores -> stores.plans().insert(tenant.accountNo(), plan));
  }

  private boolean hasPlan(Tenant tenant, String name) {
    return database
        .transactions()
        .read(stores -> stores.plans().find(tenant.accountNo(), name).isPresent());
  }

  private static ChangeListener listener(List<Change> changes) {
    return new ChangeListener() {
      @Override
      public void changed(Change change) {
        changes.add(change);
      }

      @Override
      public void everythingChanged() {}
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      assertTrue(latch.await(10, SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
