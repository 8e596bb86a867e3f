package dev.licet.domain.event;

/**
 * Hears of changes after they are committed, its own node's at once and other nodes' within a
 * second.
 */
public interface ChangeListener {
  void changed(Change change);

  /** Changes may have been missed: nothing that was read before counts any more. */
  void everythingChanged();
}
