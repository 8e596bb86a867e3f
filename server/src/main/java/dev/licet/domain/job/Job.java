package dev.licet.domain.job;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Work that recurs, on one node at a time. What only concerns a process is {@link
 * dev.licet.domain.Recurring}. A job either does its work step by step, or surveys first what there
 * is to do.
 *
 * @param name lower case with hyphens; the installation knows it by this name for ever
 * @param every from the end of one run to the start of the next
 * @param batch how many items one transaction takes at most: a few milliseconds' work
 */
public record Job(
    String name, Duration every, int batch, Step step, Probe probe, @Nullable Survey survey) {
  /** Some of a job's work. */
  public interface Step {
    /**
     * Does at most {@code limit} items in the given transaction, which commits only while this node
     * is the job's. May be called again for the same items when the database asks for a retry.
     *
     * @return how many it did; as many as {@code limit} means that there may be more
     */
    int run(Stores stores, Instant now, int limit);
  }

  /** Whether a job has work that must not wait for its time: a cheap look, some times a second. */
  public interface Probe {
    boolean isUrgent(Stores stores, Instant now);
  }

  /**
   * Finds out what there is to do, when that takes longer than the database's writer should be
   * held.
   */
  public interface Survey {
    List<Task> look(Transactions transactions, Instant now);
  }

  /** An item of a surveyed job. */
  public interface Task {
    /** Does it; may be called again when the database asks for a retry. */
    void run(Stores stores, Instant now);
  }

  /** A job that has time. */
  public static Job every(String name, Duration every, int batch, Step step) {
    return new Job(name, every, batch, step, (stores, now) -> false, null);
  }

  /** A job that has time, and first surveys what there is to do. */
  public static Job surveyed(String name, Duration every, int batch, Survey survey) {
    return new Job(name, every, batch, (stores, now, limit) -> 0, (stores, now) -> false, survey);
  }

  /** The same, which also runs as soon as there is work. */
  public Job soonWhen(Probe urgent) {
    return new Job(name, every, batch, step, urgent, survey);
  }
}
