package dev.licet.http.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private final AtomicInteger looks = new AtomicInteger();
  private final AtomicBoolean up = new AtomicBoolean(true);
  private final AtomicLong nanos = new AtomicLong(-5);

  @Test
  void thePartsAreLookedAtOnceASecondAtMost() {
    Readiness readiness = new Readiness(Map.of("part", this::look), nanos::get);
    assertEquals(Map.of("part", true), readiness.now());
    up.set(false);
    nanos.addAndGet(999_999_999);
    assertEquals(Map.of("part", true), readiness.now());
    assertEquals(1, looks.get());
    nanos.addAndGet(1);
    assertEquals(Map.of("part", false), readiness.now());
    assertEquals(2, looks.get());
  }

  @Test
  void allWhoAskWhileItIsLookedShareWhatIsSeen() throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    Readiness readiness = new Readiness(Map.of("part", () -> look(end)), nanos::get);
    List<Future<Map<String, Boolean>>> answers = new ArrayList<>();
    try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 100; i++) {
        answers.add(callers.submit(readiness::now));
      }
      end.countDown();
    }
    for (Future<Map<String, Boolean>> answer : answers) {
      assertEquals(Map.of("part", true), answer.get());
    }
    assertEquals(1, looks.get());
  }

  private boolean look() {
    looks.incrementAndGet();
    return up.get();
  }

  private boolean look(CountDownLatch end) {
    try {
      end.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return look();
  }
}
