package dev.licet.domain.delivery;

import dev.licet.domain.delivery.DeliveryQueue.Exchanged;
import dev.licet.domain.delivery.DeliveryQueue.Message;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryQueue.Result;
import dev.licet.domain.delivery.DeliveryQueue.Taken;
import dev.licet.domain.delivery.DeliveryQueue.Want;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.webhook.DisabledReason;
import dev.licet.domain.webhook.Webhooks;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * Delivers what is due. One thread takes deliveries and writes down what came of them, both in one
 * transaction: a new one starts when the last has returned, so that a single event alone waits for
 * one transaction, and a thousand share one. Results alone wait a moment for something to take, so
 * that the next event finds no transaction under way. Each attempt has a virtual thread of its own.
 *
 * <p>It is woken by this process's own commits. What other nodes left, and what is tried again, is
 * found by looking every second.
 */
public final class Dispatcher implements ChangeListener, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

  /** How long a webhook may do nothing but fail. */
  static final Duration PATIENCE = Duration.ofDays(5);

  /** Deliveries that one transaction takes: a few milliseconds' work. */
  private static final int MOST_TAKEN = 64;

  /** Results that one transaction writes. */
  private static final int MOST_WRITTEN = 128;

  /** So many results, or the first of them for so long, wait for what is taken next. */
  private static final int MOST_WAITING = 32;

  private static final long WAIT_NANOS = 25_000_000L;

  private static final Duration RETURN_DELAY = Duration.ofSeconds(30);
  private static final long PAUSE_NANOS = 300_000_000L;
  private static final long CLOSE_MILLIS = 400;
  private static final long CLOSE_LOOK_NANOS = 10_000_000L;

  private final DeliveryQueue queue;
  private final Sender sender;
  private final Webhooks webhooks;
  private final InstantSource clock;
  private final Duration lease;
  private final long lookNanos;
  private final Thread thread;
  private final DispatchCounts counts = new DispatchCounts();

  private final Set<Long> woken = ConcurrentHashMap.newKeySet();
  private final Queue<Result> finished = new ConcurrentLinkedQueue<>();

  private final Lanes lanes;
  private final List<Result> unwritten = new ArrayList<>();
  private long unwrittenSince;
  private long lookedAt;
  private boolean blind;

  private volatile boolean lookNow = true;
  private volatile boolean stopping;
  private volatile boolean closing;
  private volatile long closeBy;
  private volatile int running;

  /**
   * @param lease longer than an attempt may take, with some time to write down what came of it
   * @param look how often the database is asked what is due
   */
  public Dispatcher(
      DeliveryQueue queue,
      Sender sender,
      Webhooks webhooks,
      InstantSource clock,
      Duration lease,
      Duration look) {
    this.queue = queue;
    this.sender = sender;
    this.webhooks = webhooks;
    this.clock = clock;
    this.lease = lease;
    this.lookNanos = look.toNanos();
    this.lanes = new Lanes(lookNanos);
    this.thread = Thread.ofPlatform().name("webhook-dispatch").daemon().unstarted(this::run);
  }

  public void start() {
    thread.start();
  }

  public DispatchCounts counts() {
    return counts;
  }

  /** Messages on their way. */
  public int running() {
    return running;
  }

  @Override
  public void changed(Change change) {
    if (change.kind() == Change.Kind.DELIVERY) {
      woken.add(change.no());
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void everythingChanged() {
    lookNow = true;
    LockSupport.unpark(thread);
  }

  /** Takes nothing more. What is on its way goes on. */
  public void stop() {
    stopping = true;
    LockSupport.unpark(thread);
  }

  /** Writes down what came of attempts that have ended; the others' leases end by themselves. */
  @Override
  public void close() {
    stopping = true;
    closeBy = System.nanoTime() + CLOSE_MILLIS * 1_000_000L;
    closing = true;
    LockSupport.unpark(thread);
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      boolean busy;
      try {
        busy = round();
        blind = false;
      } catch (RuntimeException e) {
        report(e);
        busy = false;
        LockSupport.parkNanos(this, PAUSE_NANOS);
      }
      if (closing && !busy && (blind || isOver())) {
        return;
      }
      if (!busy) {
        sleep();
      }
    }
  }

  /** Attempts that were told to stop need a moment to say so. */
  private boolean isOver() {
    return finished.isEmpty() && (lanes.running() == 0 || System.nanoTime() - closeBy >= 0);
  }

  private void sleep() {
    if (closing) {
      LockSupport.parkNanos(this, CLOSE_LOOK_NANOS);
      return;
    }
    if (finished.isEmpty() && (stopping || (woken.isEmpty() && !lookNow))) {
      long now = System.nanoTime();
      long wait = Math.min(lookedAt + lookNanos - now, lanes.nextTry(now));
      if (!unwritten.isEmpty()) {
        wait = Math.min(wait, unwrittenSince + WAIT_NANOS - now);
      }
      LockSupport.parkNanos(this, Math.max(1, wait));
    }
  }

  private void report(RuntimeException fault) {
    if (!blind) {
      LOG.log(Level.WARNING, "webhooks wait for the database: {0}", fault.toString());
    }
    blind = true;
  }

  /** Does what there is to do; false when there was nothing. */
  private boolean round() {
    collect();
    List<Want> wants = stopping ? List.of() : wants();
    if (wants.isEmpty() && (unwritten.isEmpty() || mayWait())) {
      return false;
    }
    Instant now = now();
    Exchanged exchanged;
    try {
      exchanged = queue.exchange(unwritten, wants, now, now.plus(lease));
    } catch (RuntimeException e) {
      wants.forEach(want -> lanes.ready(want.webhookNo()));
      throw e;
    }
    List<Result> written = List.copyOf(unwritten);
    unwritten.clear();
    lanes.took(wants, exchanged.taken());
    running = lanes.running();
    launch(exchanged.taken());
    giveUp(written, exchanged.failingSince(), now);
    return true;
  }

  private boolean mayWait() {
    return !stopping
        && unwritten.size() < MOST_WAITING
        && System.nanoTime() - unwrittenSince < WAIT_NANOS;
  }

  /** Makes room in the lanes of what has ended. */
  private void collect() {
    while (unwritten.size() < MOST_WRITTEN) {
      Result result = finished.poll();
      if (result == null) {
        break;
      }
      lanes.ended(result.delivery().webhookNo(), result.outcome(), System.nanoTime());
      counts.add(result.outcome());
      if (unwritten.isEmpty()) {
        unwrittenSince = System.nanoTime();
      }
      unwritten.add(result);
    }
    running = lanes.running();
  }

  private List<Want> wants() {
    // What is added again meanwhile is found all the same: it is looked for after this.
    woken.removeIf(webhookNo -> {
      lanes.ready(webhookNo);
      return true;
    });
    if (lookNow || System.nanoTime() - lookedAt >= lookNanos) {
      lookNow = false;
      lookedAt = System.nanoTime();
      queue.due(now()).forEach(due -> lanes.ready(due.webhookNo(), due.accountNo()));
    }
    return lanes.wants(MOST_TAKEN, System.nanoTime());
  }

  private void launch(List<Taken> taken) {
    Map<Long, List<Taken>> byWebhook = new HashMap<>();
    taken.forEach(
        each -> byWebhook.computeIfAbsent(each.webhookNo(), no -> new ArrayList<>()).add(each));
    byWebhook.forEach(this::launch);
  }

  /** What cannot be read of one webhook keeps no other one from its messages. */
  private void launch(long webhookNo, List<Taken> taken) {
    List<Taken> left = new ArrayList<>(taken);
    try {
      for (Message message : queue.messages(webhookNo, taken)) {
        left.remove(message.delivery());
        Thread.ofVirtual().name("webhook-attempt").start(() -> attempt(message));
      }
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "messages cannot be read: {0}", e.toString());
    }
    left.forEach(this::giveBack);
  }

  private void attempt(Message message) {
    try {
      finished.add(sender.send(message));
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a message cannot be sent", e);
      giveBack(message.delivery());
    }
    LockSupport.unpark(thread);
  }

  /** Of a delivery that is gone this changes nothing. */
  private void giveBack(Taken delivery) {
    finished.add(new Result(delivery, Outcome.RETURNED, now().plus(RETURN_DELAY), null));
  }

  private void giveUp(List<Result> written, Map<Long, Instant> failingSince, Instant now) {
    for (Result result : written) {
      if (result.outcome() == Outcome.GONE) {
        webhooks.disable(result.delivery().webhookNo(), DisabledReason.GONE);
      }
    }
    failingSince.forEach((webhookNo, since) -> {
      if (!since.plus(PATIENCE).isAfter(now)) {
        webhooks.disable(webhookNo, DisabledReason.FAILING);
      }
    });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
