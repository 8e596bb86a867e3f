package dev.licet.store.sql;

import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeListener;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Passes changes on to those who want to hear of them. */
public final class ChangeHub {
  private static final System.Logger LOG = System.getLogger(ChangeHub.class.getName());

  private final List<ChangeListener> listeners = new CopyOnWriteArrayList<>();

  public void add(ChangeListener listener) {
    listeners.add(listener);
  }

  public void publish(Collection<Change> changes) {
    for (Change change : changes) {
      tellAll(listener -> listener.changed(change));
    }
  }

  public void everythingChanged() {
    tellAll(ChangeListener::everythingChanged);
  }

  /** A listener's fault is logged: what it heard of is committed all the same. */
  private void tellAll(Consumer<ChangeListener> message) {
    for (ChangeListener listener : listeners) {
      try {
        message.accept(listener);
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a listener for changes failed", e);
      }
    }
  }
}
