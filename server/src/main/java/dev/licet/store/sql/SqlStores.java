package dev.licet.store.sql;

import dev.licet.domain.Stores;
import dev.licet.domain.account.AccountStore;
import dev.licet.domain.activation.SeatStore;
import dev.licet.domain.counter.CounterStore;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.ChangeFeed;
import dev.licet.domain.event.Outbox;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.LicenseStore;
import dev.licet.domain.plan.PlanStore;
import dev.licet.domain.usage.UsageReader;
import java.time.InstantSource;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The stores of one transaction. */
record SqlStores(
    Handle handle, Dialect dialect, KeyVault vault, InstantSource clock, Set<Change> collected)
    implements Stores {
  @Override
  public AccountStore accounts() {
    return new SqlAccountStore(handle, dialect);
  }

  @Override
  public PlanStore plans() {
    return new SqlPlanStore(handle);
  }

  @Override
  public LicenseStore licenses() {
    return new SqlLicenseStore(handle, dialect, vault);
  }

  @Override
  public SeatStore seats() {
    return new SqlSeatStore(handle);
  }

  @Override
  public CounterStore counters() {
    return new SqlCounterStore(handle);
  }

  @Override
  public UsageReader usage() {
    return new SqlUsageReader(handle);
  }

  @Override
  public Outbox outbox() {
    return new SqlOutbox(handle);
  }

  @Override
  public ChangeFeed changes() {
    return new SqlChangeFeed(handle, dialect, clock, collected);
  }
}
