package dev.licet.store.sql;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.event.Change;
import dev.licet.domain.license.KeyVault;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Function;

/** Units of work over {@link Sessions}; tells this process's listeners what they changed. */
public final class SqlTransactions implements Transactions {
  private final Sessions sessions;
  private final Dialect dialect;
  private final KeyVault vault;
  private final InstantSource clock;
  private final ChangeHub hub;

  public SqlTransactions(
      Sessions sessions, Dialect dialect, KeyVault vault, InstantSource clock, ChangeHub hub) {
    this.sessions = sessions;
    this.dialect = dialect;
    this.vault = vault;
    this.clock = clock;
    this.hub = hub;
  }

  @Override
  public <T> T read(Function<Stores, T> work) {
    return sessions.read(
        handle -> work.apply(new SqlStores(handle, dialect, vault, clock, new LinkedHashSet<>())));
  }

  @Override
  public <T> T write(Function<Stores, T> work) {
    Set<Change> changes = new LinkedHashSet<>();
    try {
      return sessions.write(handle -> {
        changes.clear();
        return work.apply(new SqlStores(handle, dialect, vault, clock, changes));
      });
    } finally {
      hub.publish(changes); // a commit that seemed to fail may be there; to read again is cheap
    }
  }
}
