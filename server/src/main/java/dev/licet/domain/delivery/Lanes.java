package dev.licet.domain.delivery;

import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryQueue.Taken;
import dev.licet.domain.delivery.DeliveryQueue.Want;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All webhooks at which something is due or on its way. Says who may take how much next: accounts
 * in turn, the webhooks of an account in turn, and those that fail not more than a part of all, so
 * that nobody keeps another from its messages. For one thread.
 */
final class Lanes {
  /** Messages on their way at once: what a node has in memory. */
  static final int MOST_RUNNING = 512;

  /** Those of them that may be to receivers that fail. */
  private static final int MOST_FAILING = MOST_RUNNING / 2;

  private final Map<Long, Lane> lanes = new HashMap<>();

  /** Those at which something may be due; whoever waits longest stands first. */
  private final Set<Lane> ready = new LinkedHashSet<>();

  private final long longestPause;
  private int running;
  private int failing;

  /**
   * @param longestPause of a receiver that fails, in nanoseconds
   */
  Lanes(long longestPause) {
    this.longestPause = longestPause;
  }

  /** How many messages are on their way. */
  int running() {
    return running;
  }

  /** Notes that something may be due at a webhook. */
  void ready(long webhookNo) {
    ready(lane(webhookNo));
  }

  private void ready(Lane lane) {
    lane.ready(true);
    ready.add(lane);
  }

  private Lane lane(long webhookNo) {
    return lanes.computeIfAbsent(webhookNo, Lane::new);
  }

  /** As {@link #ready(long)}, when it is known whose it is. */
  void ready(long webhookNo, long accountNo) {
    Lane lane = lane(webhookNo);
    lane.belongsTo(accountNo);
    ready(lane);
  }

  /**
   * What to take next. The webhooks that it names count as not ready until they are found to have
   * more.
   */
  List<Want> wants(int most, long now) {
    Map<Long, Deque<Lane>> byAccount = byAccount(now);
    Map<Lane, Integer> counts = new LinkedHashMap<>();
    Deque<Deque<Lane>> accounts = new ArrayDeque<>(byAccount.values());
    int left = Math.min(most, MOST_RUNNING - running);
    int leftForFailing = MOST_FAILING - failing;
    while (left > 0 && !accounts.isEmpty()) {
      Deque<Lane> account = accounts.remove();
      Lane lane = account.remove();
      if (!lane.failing() || leftForFailing > 0) {
        int count = counts.merge(lane, 1, Integer::sum);
        left--;
        leftForFailing -= lane.failing() ? 1 : 0;
        if (count < lane.room(now)) {
          account.add(lane);
        }
      }
      if (!account.isEmpty()) {
        accounts.add(account);
      }
    }
    List<Want> wants = new ArrayList<>(counts.size());
    counts.forEach((lane, count) -> {
      wants.add(new Want(lane.webhookNo(), count));
      lane.ready(false);
      ready.remove(lane);
    });
    return wants;
  }

  /** In how many nanoseconds a receiver that fails may be tried again, at most a pause. */
  long nextTry(long now) {
    long next = longestPause;
    for (Lane lane : ready) {
      long pause = lane.pause(now);
      if (pause > 0) {
        next = Math.min(next, pause);
      }
    }
    return next;
  }

  private Map<Long, Deque<Lane>> byAccount(long now) {
    Map<Long, Deque<Lane>> byAccount = new LinkedHashMap<>();
    for (Lane lane : ready) {
      if (lane.room(now) > 0) {
        // Until it is known whose it is, it counts as an account of its own.
        long account = lane.accountNo() == 0 ? -lane.webhookNo() : lane.accountNo();
        byAccount.computeIfAbsent(account, no -> new ArrayDeque<>()).add(lane);
      }
    }
    return byAccount;
  }

  /** Notes what came of {@link #wants}: who got all that it could take may have more. */
  void took(Collection<Want> wants, Collection<Taken> taken) {
    Map<Long, Integer> counts = new HashMap<>();
    for (Taken delivery : taken) {
      counts.merge(delivery.webhookNo(), 1, Integer::sum);
      Lane lane = lane(delivery.webhookNo());
      lane.belongsTo(delivery.accountNo());
      lane.began();
      running++;
      failing += lane.failing() ? 1 : 0;
    }
    for (Want want : wants) {
      if (counts.getOrDefault(want.webhookNo(), 0) >= want.count()) {
        ready(want.webhookNo());
      } else {
        forget(want.webhookNo());
      }
    }
  }

  /** Notes how an attempt ended. */
  void ended(long webhookNo, Outcome outcome, long now) {
    Lane lane = lanes.get(webhookNo);
    if (lane != null) {
      failing -= lane.failing() ? lane.running() : 0;
      lane.ended(outcome, now, longestPause);
      failing += lane.failing() ? lane.running() : 0;
      running--;
      forget(webhookNo);
    }
  }

  private void forget(long webhookNo) {
    Lane lane = lanes.get(webhookNo);
    if (lane != null && lane.idle()) {
      lanes.remove(webhookNo);
    }
  }
}
