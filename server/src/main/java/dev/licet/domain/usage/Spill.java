package dev.licet.domain.usage;

import java.util.List;

/**
 * Where batches of validations wait while the database is away, in the order of their ids. Safe for
 * two threads: one that adds, one that takes out.
 */
public interface Spill {
  /** Events with consecutive ids. */
  record Batch(long firstId, List<UsageEvent> events) {
    /** The id after the last one. */
    long nextId() {
      return firstId + events.size();
    }
  }

  /** Nowhere: nothing can wait. */
  Spill NONE =
      new Spill() {
        @Override
        public boolean add(Batch batch) {
          return false;
        }

        @Override
        public List<Batch> first(int maxEvents) {
          return List.of();
        }

        @Override
        public void drop(int batches) {}

        @Override
        public boolean isEmpty() {
          return true;
        }

        @Override
        public boolean hasRoom() {
          return false;
        }

        @Override
        public long bytes() {
          return 0;
        }

        @Override
        public long events() {
          return 0;
        }
      };

  /**
   * Adds a batch. When it returns true the batch survives a crash.
   *
   * @return false, adding nothing, when there is no room or it cannot be written
   */
  boolean add(Batch batch);

  /** The oldest batches, at least one if there is any, with so many events at most otherwise. */
  List<Batch> first(int maxEvents);

  /** Forgets the oldest batches. */
  void drop(int batches);

  boolean isEmpty();

  /** Whether the last batch could be added. */
  boolean hasRoom();

  /** Bytes that wait. */
  long bytes();

  /** Events that wait. */
  long events();
}
