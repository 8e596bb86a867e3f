package dev.licet.domain.billing;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events of providers, inside one transaction. */
public interface CheckoutEventStore {
  /**
   * Which events are listed.
   *
   * @param connectionId {@code null} for all
   * @param status {@code null} for all
   */
  record Filter(@Nullable String connectionId, CheckoutEvent.@Nullable Status status) {}

  /** An event to be applied. */
  record Due(long eventNo, long connectionNo) {}

  /**
   * Adds an event; its {@link CheckoutEvent#no()} is not looked at.
   *
   * @return false when the connection has one of that provider's id
   */
  boolean add(CheckoutEvent event, byte[] body);

  /** Events that are to be applied now, oldest first. */
  List<Due> due(Instant now, int limit);

  /** The event of a number, locked until the transaction ends. */
  Optional<CheckoutEvent> lock(long no);

  Optional<CheckoutEvent> find(Tenant tenant, String id);

  byte[] body(long no);

  /** Forgets what an event said, which is known elsewhere. */
  void dropBody(long no);

  /** Writes what came of an event. */
  void update(CheckoutEvent event);

  /** Nothing is unresolved any more about an order. */
  void resolve(long orderNo, Instant now);

  /** Newest first. */
  Page<CheckoutEvent> list(Tenant tenant, Filter filter, int limit, @Nullable String startingAfter);

  /**
   * Removes events that came before a moment, the oldest first.
   *
   * @return how many
   */
  int forget(Instant before, int limit);
}
