package dev.licet.store.sql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class GroupedCallsTest {
  @Test
  void everyCallGetsItsOwnAnswerHoweverManyThereAre() throws Exception {
    AtomicInteger groups = new AtomicInteger();
    GroupedCalls<Integer, Integer> calls =
        new GroupedCalls<>(
            2,
            64,
            asked -> {
              groups.incrementAndGet();
              assertTrue(asked.size() <= 64);
              LockSupport.parkNanos(100_000);
              return asked.stream().map(each -> each * 2).toList();
            });
    List<Future<Integer>> answers = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 20_000; i++) {
        int asked = i;
        answers.add(threads.submit(() -> calls.call(asked)));
      }
    }
    for (int i = 0; i < answers.size(); i++) {
      assertEquals(i * 2, answers.get(i).get());
    }
    assertTrue(groups.get() < answers.size(), "nothing was grouped");
  }

  @Test
  void callIsNotAnsweredByAGroupThatHadLeftBefore() throws Exception {
    CountDownLatch left = new CountDownLatch(1);
    CountDownLatch comeBack = new CountDownLatch(1);
    GroupedCalls<String, String> calls =
        new GroupedCalls<>(
            1,
            64,
            asked -> {
              left.countDown();
              awaitQuietly(comeBack);
              return asked;
            });
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<String> first = threads.submit(() -> calls.call("first"));
      left.await();
      Future<String> second = threads.submit(() -> calls.call("second"));
      comeBack.countDown();
      assertEquals("first", first.get());
      assertEquals("second", second.get());
    }
  }

  @Test
  void faultIsThrownToItsGroupAndTheNextOneWorks() {
    AtomicInteger turn = new AtomicInteger();
    GroupedCalls<Integer, Integer> calls =
        new GroupedCalls<>(
            1,
            64,
            asked -> {
              if (turn.getAndIncrement() == 0) {
                throw new ArithmeticException("on purpose");
              }
              return asked;
            });
    assertThrows(ArithmeticException.class, () -> calls.call(1));
    assertEquals(2, calls.call(2));
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
