package dev.licet.store;

import dev.licet.domain.DatabaseState;
import dev.licet.domain.Transactions;
import dev.licet.domain.delivery.DeliveryQueue;
import dev.licet.domain.event.ChangeListener;
import dev.licet.domain.usage.FoldStore;
import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.validation.SnapshotSource;

/** An open database with its schema up to date. Safe for many threads. */
public interface Database extends AutoCloseable {
  /** Whether it is there: kept up to date by itself and by the journal. */
  DatabaseState state();

  Transactions transactions();

  SnapshotSource snapshots();

  JournalStore journal();

  FoldStore fold();

  DeliveryQueue deliveries();

  /**
   * Tells {@code listener} of every change from now on: this process's on the thread that committed
   * it, before the call returns; other processes' on a thread of the database, within a second.
   */
  void addListener(ChangeListener listener);

  /** What and where it is, for people, without credentials: {@code SQLite, data/licet.db}. */
  String display();

  /**
   * Returns when the database answers and would let a transaction write; takes a second at most, or
   * some more on a machine that is busy. A full disk is found by the first write, not by this.
   *
   * @throws dev.licet.domain.StoreUnavailableException when it does not
   */
  void check();

  /** Lets go of the database. Calls under way may fail. */
  @Override
  void close();
}
