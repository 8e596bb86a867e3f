package dev.licet.checkout;

import dev.licet.domain.billing.Buyer;
import dev.licet.domain.billing.CheckoutProvider.Reading;
import dev.licet.domain.billing.Command;
import dev.licet.domain.billing.OrderLine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an event says of an order, as it is put together. */
public final class Said {
  private final Instant at;
  private final Set<String> references = new LinkedHashSet<>();
  private final Set<String> sessions = new LinkedHashSet<>();
  private final List<Command> commands = new ArrayList<>();
  private @Nullable String customer;

  /**
   * @param at the provider's time
   */
  public Said(Instant at) {
    this.at = at;
  }

  /** The order goes by a reference, if there is one. */
  public Said of(@Nullable String reference) {
    if (reference != null) {
      references.add(reference);
    }
    return this;
  }

  /** As {@link #of}; the buyer's browser knows the reference, and nobody can guess it. */
  public Said ofSession(@Nullable String reference) {
    if (reference != null) {
      sessions.add(reference);
    }
    return of(reference);
  }

  public Said byCustomer(@Nullable String id) {
    customer = id;
    return this;
  }

  public Said bought(Optional<Buyer> buyer) {
    buyer.ifPresent(it -> commands.add(new Command.Bought(at, it)));
    return this;
  }

  public Said paid(@Nullable Instant through) {
    commands.add(new Command.Paid(at, through));
    return this;
  }

  public Said renewed(@Nullable Instant until) {
    if (until != null) {
      commands.add(new Command.Renewed(at, until));
    }
    return this;
  }

  public Said ordered(String scope, List<OrderLine> lines) {
    if (!lines.isEmpty()) {
      commands.add(new Command.PlanChanged(at, scope, lines));
    }
    return this;
  }

  /** A fact that the others of this class do not name. */
  public Said and(Command command) {
    commands.add(command);
    return this;
  }

  public Instant at() {
    return at;
  }

  /** What the event means. */
  public Reading reading() {
    if (references.isEmpty()) {
      return new Reading.Unclear("The event does not say which order it is about.");
    }
    return commands.isEmpty()
        ? new Reading.Ignored()
        : new Reading.OfOrder(at, new Command.Order(references, sessions, customer, commands));
  }
}
