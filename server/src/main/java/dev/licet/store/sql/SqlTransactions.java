package dev.licet.store.sql;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditChain;
import dev.licet.domain.event.Change;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.KeyVault;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** Units of work over {@link Sessions}; tells this process's listeners what they changed. */
public final class SqlTransactions implements Transactions {
  private final Sessions sessions;
  private final Dialect dialect;
  private final KeyVault vault;
  private final InstantSource clock;
  private final ChangeHub hub;
  private final AuditChain chain;
  private final Ids ids;

  /** The transaction that this thread's others are parts of. */
  private final ScopedValue<SqlStores> joined = ScopedValue.newInstance();

  public SqlTransactions(
      Sessions sessions, Dialect dialect, KeyVault vault, InstantSource clock, ChangeHub hub) {
    this.sessions = sessions;
    this.dialect = dialect;
    this.vault = vault;
    this.clock = clock;
    this.hub = hub;
    this.chain = new AuditChain(vault);
    this.ids = new Ids(clock, new SplittableRandom(new SecureRandom().nextLong()));
  }

  @Override
  public <T> T read(Function<Stores, T> work) {
    return joined.isBound() ? work.apply(joined.get()) : sessions.read(reading(work));
  }

  @Override
  public <T> T report(Function<Stores, T> work) {
    return joined.isBound() ? work.apply(joined.get()) : sessions.report(reading(work));
  }

  private <T> Function<Handle, T> reading(Function<Stores, T> work) {
    return handle -> work.apply(stores(handle, new LinkedHashSet<>(), new LinkedHashSet<>()));
  }

  @Override
  public <T> T write(Function<Stores, T> work) {
    return joined.isBound() ? joined.get().part(work) : whole(work::apply);
  }

  @Override
  public <T> T joined(Function<Stores, T> work) {
    return joined.isBound()
        ? joined.get().part(work)
        : whole(stores -> ScopedValue.where(joined, stores).call(() -> work.apply(stores)));
  }

  private <T> T whole(Function<SqlStores, T> work) {
    Set<Change> changes = new LinkedHashSet<>();
    Set<Long> woken = new LinkedHashSet<>();
    try {
      return sessions.write(handle -> {
        changes.clear();
        woken.clear();
        SqlStores stores = stores(handle, changes, woken);
        T result = work.apply(stores);
        stores.fanOut().write();
        stores.audit().write();
        return result;
      });
    } finally {
      woken.forEach(webhook -> changes.add(new Change(Change.Kind.DELIVERY, webhook)));
      hub.publish(changes); // a commit that seemed to fail may be there; to read again is cheap
    }
  }

  private SqlStores stores(Handle handle, Set<Change> changes, Set<Long> woken) {
    return new SqlStores(
        handle,
        dialect,
        vault,
        clock,
        changes,
        new SqlAuditLog(handle, chain, ids, clock),
        new SqlFanOut(handle, ids, clock, woken),
        ids);
  }
}
