package dev.licet.domain.billing;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an event of a provider means for an order. Each is a fact with the provider's own time, so
 * that it may come late, twice, and in any order.
 */
public sealed interface Command {
  /** The provider's time. */
  Instant at();

  /** Money came, or nothing was to be paid. */
  record Paid(Instant at, @Nullable Instant paidThrough) implements Command {}

  /** The subscription now runs until a moment. */
  record Renewed(Instant at, Instant until) implements Command {}

  /**
   * These lines are ordered now, at first or instead of others.
   *
   * @param scope what they are the lines of: a subscription, or one purchase
   */
  record PlanChanged(Instant at, String scope, List<OrderLine> lines) implements Command {}

  /** The subscription is paused, over, or waits for money. */
  record Lapsed(Instant at, Standing standing) implements Command {}

  /**
   * The subscription is in good standing, at first or again.
   *
   * @param trial whether nothing is to be paid yet
   */
  record Resumed(Instant at, boolean trial) implements Command {}

  /**
   * The subscription will end.
   *
   * @param end {@code null} when it will not any more
   */
  record CancelledAtPeriodEnd(Instant at, @Nullable Instant end) implements Command {}

  /**
   * Money went back.
   *
   * @param payment the provider's id of the payment
   * @param full whether all of it did
   */
  record Refunded(Instant at, String payment, boolean full) implements Command {}

  /** Somebody says that a payment was not theirs. */
  record Disputed(Instant at, String dispute, DisputeState state) implements Command {}

  /** Who bought. */
  record Bought(Instant at, Buyer buyer) implements Command {}

  /** How a dispute stands. Of two at the same moment the later in this order counts. */
  enum DisputeState {
    OPEN,
    WON,
    LOST
  }

  /**
   * What an event says of one order.
   *
   * @param references the provider's ids of the order and its parts: subscription, session, payment
   * @param sessions those of them that the buyer's browser knows, and nobody can guess
   * @param customer the provider's id of the buyer; {@code null} when it tells none
   */
  record Order(
      Set<String> references,
      Set<String> sessions,
      @Nullable String customer,
      List<Command> commands) {
    public Order {
      references = Set.copyOf(references);
      sessions = Set.copyOf(sessions);
      commands = List.copyOf(commands);
    }
  }

  /** What an event says of a buyer, whatever they bought. */
  record Customer(String id, Instant at, Buyer buyer) {}
}
