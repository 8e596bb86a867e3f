package dev.licet.domain;

import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The database, as the domain sees it: units of work over the stores.
 *
 * <p>Work may run more than once when the database asks for a retry, so it has no effects outside
 * its stores. An exception thrown by the work undoes it.
 */
public interface Transactions {
  /** Runs {@code work} on one consistent state of the database. */
  <T> T read(Function<Stores, T> work);

  /**
   * As {@link #read}, for work that may take up to a minute. Few run at once, so that no other read
   * waits for them; the others wait in turn, for ten seconds at most.
   *
   * @throws java.util.concurrent.RejectedExecutionException when they waited for longer
   */
  <T> T report(Function<Stores, T> work);

  /**
   * Runs {@code work} in one transaction. When this returns, the work survives a crash, and this
   * node's caches know what it changed.
   */
  <T> T write(Function<Stores, T> work);

  /**
   * As {@link #write}, and every transaction that this thread opens meanwhile becomes a part of it:
   * it sees what was done so far, and what it does is durable with the rest. A part that ends with
   * an exception is undone alone; whether the rest is, is up to {@code work}.
   */
  <T> T joined(Function<Stores, T> work);

  /** As {@link #write}, for work that returns nothing. */
  default void run(Consumer<Stores> work) {
    write(stores -> {
      work.accept(stores);
      return true;
    });
  }
}
