package dev.licet.domain.event;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Hands events on to those who follow them, as they happen. Each follows on a thread of its own: it
 * reads what is new when the change feed tells of a change, and once a second in any case.
 */
public final class EventStreams implements ChangeListener, AutoCloseable {
  /** Those who may follow one account's events on one node. */
  public static final int MAX_PER_ACCOUNT = 10;

  /** Those who may follow events on one node. */
  private static final int MAX_ALL = 250;

  private static final int BATCH = 100;
  private static final long LOOK_MILLIS = 1_000;

  /** Changes come in flocks, and a little later a transaction beside them is over, too. */
  private static final long GATHER_MILLIS = 20;

  private final Transactions transactions;
  private final Object lock = new Object();
  private final Map<Long, Integer> open = new HashMap<>();

  /**
   * Those who wait for their followers; no others, since an interrupted read breaks a connection.
   */
  private final Set<Thread> handing = new HashSet<>();

  private int followers;
  private long changes;
  private volatile boolean closing;

  public EventStreams(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Who follows. Its methods may block, and may end it all with an exception. */
  public interface Follower {
    void take(RecordedEvent event) throws IOException;

    /**
     * Is asked at least once a second, and after each lot of events, which may be sent then.
     *
     * @return false to end it
     */
    boolean goesOn() throws IOException;
  }

  /** Whether one more may follow an account's events. */
  public boolean hasRoom(long accountNo) {
    synchronized (lock) {
      return followers < MAX_ALL && open.getOrDefault(accountNo, 0) < MAX_PER_ACCOUNT;
    }
  }

  /**
   * Hands on a tenant's events until the follower does not go on, or the server stops.
   *
   * @param start what came before it is not handed on
   * @throws IOException when there is no room for one more, or the follower threw it
   */
  public void follow(Tenant tenant, EventPosition start, Follower follower) throws IOException {
    enter(tenant.accountNo());
    try {
      run(tenant, start, follower);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      leave(tenant.accountNo());
    }
  }

  private void run(Tenant tenant, EventPosition start, Follower follower)
      throws IOException, InterruptedException {
    EventPosition position = start;
    boolean goesOn = hand(List.of(), follower);
    while (goesOn && !closing) {
      long seen = changes();
      List<RecordedEvent> events = after(tenant, position);
      goesOn = hand(events, follower);
      if (!events.isEmpty()) {
        position = events.getLast().position();
      }
      if (goesOn && events.size() < BATCH) {
        awaitChange(seen);
      }
    }
  }

  /** Waits as long as the follower does, or until all ends. */
  private boolean hand(List<RecordedEvent> events, Follower follower) throws IOException {
    synchronized (lock) {
      if (closing) {
        return false;
      }
      handing.add(Thread.currentThread());
    }
    try {
      for (RecordedEvent event : events) {
        follower.take(event);
      }
      return follower.goesOn();
    } finally {
      synchronized (lock) {
        handing.remove(Thread.currentThread());
      }
      if (closing) {
        Thread.interrupted(); // what was written is still sent
      }
    }
  }

  /** What is new; nothing while the database is away. */
  private List<RecordedEvent> after(Tenant tenant, EventPosition position) {
    try {
      return transactions.read(stores -> stores.events().after(tenant, position, BATCH));
    } catch (StoreUnavailableException e) {
      return List.of();
    }
  }

  private long changes() {
    synchronized (lock) {
      return changes;
    }
  }

  private void awaitChange(long seen) throws InterruptedException {
    synchronized (lock) {
      long start = System.nanoTime();
      long left = LOOK_MILLIS;
      while (changes == seen && !closing && left > 0) {
        lock.wait(left);
        left = LOOK_MILLIS - (System.nanoTime() - start) / 1_000_000;
      }
      if (changes == seen || closing) {
        return;
      }
    }
    Thread.sleep(GATHER_MILLIS);
  }

  private void enter(long accountNo) throws IOException {
    synchronized (lock) {
      if (!hasRoom(accountNo)) {
        throw new IOException("too many follow the account's events");
      }
      open.merge(accountNo, 1, Integer::sum);
      followers++;
    }
  }

  private void leave(long accountNo) {
    synchronized (lock) {
      followers--;
      int left = open.getOrDefault(accountNo, 1) - 1;
      if (left == 0) {
        open.remove(accountNo);
      } else {
        open.put(accountNo, left);
      }
    }
  }

  @Override
  public void changed(Change change) {
    everythingChanged();
  }

  @Override
  public void everythingChanged() {
    synchronized (lock) {
      changes++;
      if (followers > 0) {
        lock.notifyAll();
      }
    }
  }

  /** Ends all streams at once, those too whose client does not read. */
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      handing.forEach(Thread::interrupt);
      lock.notifyAll();
    }
  }
}
