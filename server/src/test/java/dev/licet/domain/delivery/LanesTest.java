package dev.licet.domain.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryQueue.Taken;
import dev.licet.domain.delivery.DeliveryQueue.Want;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LanesTest {
  private final Lanes lanes = new Lanes(16);

  private long now = 1_000;

  @Test
  void accountWithManyWebhooksGetsNoMoreThanOneWithOne() {
    for (long webhook = 1; webhook <= 20; webhook++) {
      lanes.ready(webhook, 1);
    }
    lanes.ready(100, 2);
    List<Want> wants = lanes.wants(4, now);
    assertEquals(2, count(wants, 100));
    assertEquals(4, wants.stream().mapToInt(Want::count).sum());
  }

  @Test
  void receiverThatSucceedsGetsMoreAtOnceUpToTen() {
    lanes.ready(1, 1);
    assertEquals(2, give(lanes.wants(64, now), 1));
    for (int i = 0; i < 50; i++) {
      lanes.ended(1, Outcome.SUCCEEDED, now);
      lanes.ready(1, 1);
      give(lanes.wants(64, now), 1);
    }
    assertEquals(Lane.WIDEST, lanes.running());
  }

  @Test
  void receiverThatFailsGetsOneAtATime() {
    lanes.ready(1, 1);
    give(lanes.wants(64, now), 1);
    lanes.ended(1, Outcome.RETRIED, now);
    lanes.ready(1, 1);
    assertEquals(List.of(), lanes.wants(64, now), "one is still on its way");
    lanes.ended(1, Outcome.RETRIED, now);
    lanes.ready(1, 1);
    assertEquals(List.of(), lanes.wants(64, now), "it has a pause");
    assertEquals(2, lanes.nextTry(now));
    now += 2;
    assertEquals(1, give(lanes.wants(64, now), 1));
  }

  @Test
  void pausesGrowToTheLongestAndEndWithASuccess() {
    for (int failures = 0; failures < 40; failures++) {
      fail(1);
      assertTrue(lanes.nextTry(now) <= 16);
    }
    assertEquals(16, lanes.nextTry(now));
    now += 16;
    lanes.ready(1, 1);
    give(lanes.wants(1, now), 1);
    lanes.ended(1, Outcome.SUCCEEDED, now);
    lanes.ready(1, 1);
    assertEquals(2, give(lanes.wants(64, now), 1));
  }

  private void fail(long webhookNo) {
    lanes.ready(webhookNo, 1);
    now += 16;
    give(lanes.wants(1, now), 1);
    lanes.ended(webhookNo, Outcome.RETRIED, now);
    lanes.ready(webhookNo, 1);
  }

  @Test
  void receiversThatFailLeaveRoomForOthers() {
    for (long webhook = 1; webhook <= 1_000; webhook++) {
      lanes.ready(webhook, webhook);
      lanes.took(List.of(new Want(webhook, 1)), List.of(taken(webhook, webhook)));
      lanes.ended(webhook, Outcome.RETRIED, now);
      lanes.ready(webhook, webhook);
    }
    now += 16;
    lanes.ready(5_000, 5_000);
    int taken = 0;
    boolean healthy = false;
    List<Want> wants = lanes.wants(64, now);
    while (!wants.isEmpty()) {
      healthy |= count(wants, 5_000) > 0;
      for (Want want : wants) {
        taken += want.count();
        List<Taken> given = new ArrayList<>();
        for (int i = 0; i < want.count(); i++) {
          given.add(taken(want.webhookNo(), want.webhookNo()));
        }
        lanes.took(List.of(want), given);
      }
      wants = lanes.wants(64, now);
    }
    assertTrue(healthy);
    assertTrue(taken <= Lanes.MOST_RUNNING / 2 + Lane.WIDEST, "took " + taken);
  }

  @Test
  void whatHasNothingDueIsNotAskedAgain() {
    lanes.ready(1, 1);
    List<Want> wants = lanes.wants(64, now);
    assertEquals(1, wants.size());
    lanes.took(wants, List.of());
    assertEquals(List.of(), lanes.wants(64, now));
  }

  /** Gives a webhook all that it wants. */
  private int give(List<Want> wants, long accountNo) {
    int count = 0;
    for (Want want : wants) {
      List<Taken> taken = new ArrayList<>();
      for (int i = 0; i < want.count(); i++) {
        taken.add(taken(want.webhookNo(), accountNo));
        count++;
      }
      lanes.took(List.of(want), taken);
    }
    return count;
  }

  private static Taken taken(long webhookNo, long accountNo) {
    return new Taken(1, webhookNo, accountNo, 0, Instant.EPOCH);
  }

  private static int count(List<Want> wants, long webhookNo) {
    return wants.stream().filter(want -> want.webhookNo() == webhookNo).mapToInt(Want::count).sum();
  }
}
