package dev.licet.domain.event;

import dev.licet.domain.FailureException;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import org.jspecify.annotations.Nullable;

/** Reads what happened. */
public final class Events {
  private final Transactions transactions;

  public Events(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Newest first. {@code startingAfter} is the id of the last one seen. */
  public Page<RecordedEvent> list(
      Tenant tenant, EventFilter filter, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.events().list(tenant, filter, limit, startingAfter));
  }

  /**
   * One event.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public RecordedEvent get(Tenant tenant, String id) {
    return transactions
        .read(stores -> stores.events().find(tenant, id))
        .orElseThrow(() -> FailureException.notFound("event"));
  }

  /**
   * Where one goes on who has seen all events up to one.
   *
   * @param lastSeen its id; {@code null} for all that have happened until now
   */
  public EventPosition position(Tenant tenant, @Nullable String lastSeen) {
    return transactions.read(stores ->
        lastSeen == null
            ? stores.events().end(tenant)
            : stores.events().positionOf(tenant, lastSeen));
  }
}
