package dev.licet.domain.sla;

import dev.licet.domain.Transactions;
import java.time.InstantSource;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * What this node knows of how well it serves: counted in memory, written each minute. While the
 * database is away, hours wait in memory, so that its absence is on record when it returns.
 */
public final class ServiceLevels {
  /** Hours that are kept in memory although they are written: a clock may be set back. */
  private static final int KEPT_HOURS = 2;

  /** Hours that wait for the database, at most. */
  private static final int MAX_HOURS = 100;

  private final Transactions transactions;
  private final InstantSource clock;
  private final long nodeNo;
  private final BooleanSupplier check;
  private final SortedMap<Long, Live> hours = new TreeMap<>();
  private volatile Live current;
  private long checkedSlot = -1;

  /** An hour that is being counted; its checks are guarded by the outer object. */
  private static final class Live {
    final long hour;
    final BitSet passed = new BitSet(Slots.SLOTS_OF_HOUR);
    final Latencies latencies = new Latencies();
    final LongAdder errors = new LongAdder();
    int failed;

    Live(long hour) {
      this.hour = hour;
    }

    ServiceHour row(long nodeNo) {
      Latencies copy = new Latencies();
      copy.add(latencies);
      return new ServiceHour(hour, nodeNo, (BitSet) passed.clone(), failed, errors.sum(), copy);
    }
  }

  /**
   * @param nodeNo the number by which others know this process
   * @param check whether the server can do its work now: its database answers, its journal commits
   */
  public ServiceLevels(
      Transactions transactions, InstantSource clock, long nodeNo, BooleanSupplier check) {
    this.transactions = transactions;
    this.clock = clock;
    this.nodeNo = nodeNo;
    this.check = check;
    this.current = hour(clock.millis());
  }

  /** Counts a validation that was answered. Never blocks. */
  public void answered(long nanos) {
    current.latencies.record(nanos);
  }

  /** Counts a validation that could not be answered because of a fault. Never blocks. */
  public void failed() {
    current.errors.increment();
  }

  /** Checks the server, once in each ten seconds. To be called each second, by one thread. */
  public void tick() {
    long now = clock.millis();
    current = hour(now);
    if (Math.floorDiv(now, Slots.SLOT_MILLIS) == checkedSlot) {
      return;
    }
    checkedSlot = Math.floorDiv(now, Slots.SLOT_MILLIS);
    Live checked = current;
    boolean passed = check.getAsBoolean();
    synchronized (this) {
      if (passed) {
        checked.passed.set(Slots.slot(now));
      } else {
        checked.failed++;
      }
    }
  }

  /** Writes what was counted. To be called each minute and at the end. */
  public void flush() {
    List<ServiceHour> rows = rows();
    transactions.run(stores -> rows.forEach(stores.sla()::save));
    synchronized (this) {
      hours.headMap(current.hour - KEPT_HOURS).clear();
    }
  }

  /** Visits all hours of a time: those of all nodes, and this node's as they are now. */
  void each(long firstHour, long lastHour, Consumer<ServiceHour> visitor) {
    List<ServiceHour> own = rows();
    transactions.read(stores -> {
      stores
          .sla()
          .each(
              firstHour,
              lastHour,
              row -> {
                if (own.stream().noneMatch(it -> it.hour() == row.hour() && isOwn(row))) {
                  visitor.accept(row);
                }
              });
      return true;
    });
    own.stream().filter(row -> row.hour() >= firstHour && row.hour() <= lastHour).forEach(visitor);
  }

  private boolean isOwn(ServiceHour row) {
    return row.nodeNo() == nodeNo;
  }

  private synchronized List<ServiceHour> rows() {
    return hours.values().stream().map(hour -> hour.row(nodeNo)).toList();
  }

  private synchronized Live hour(long atMillis) {
    Live live = hours.computeIfAbsent(Slots.hour(atMillis), Live::new);
    while (hours.size() > MAX_HOURS) {
      hours.remove(hours.firstKey());
    }
    return live;
  }
}
