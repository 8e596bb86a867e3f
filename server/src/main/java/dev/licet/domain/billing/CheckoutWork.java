package dev.licet.domain.billing;

import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.billing.CheckoutEvent.Status;
import dev.licet.domain.billing.CheckoutEventStore.Due;
import dev.licet.domain.billing.CheckoutProvider.Reading;
import dev.licet.domain.billing.OrderPolicy.Problem;
import dev.licet.domain.billing.OrderStore.Order;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Applies stored events. Each is one transaction, which holds its connection locked: what an event
 * says is joined to the facts of its order, and the licences are made to be as the facts want them.
 * So nothing is lost by a crash, and nothing is done twice on two nodes.
 */
public final class CheckoutWork {
  private static final System.Logger LOG = System.getLogger(CheckoutWork.class.getName());

  /** How many events one look finds. */
  private static final int LOOK = 100;

  /** After so many faults an event is left to a person. */
  private static final int MAX_FAULTS = 8;

  private static final Duration AFTER_FAULT = Duration.ofSeconds(5);

  /** Orders of one buyer that learn of a changed address. */
  private static final int ORDERS_OF_CUSTOMER = 100;

  private final Transactions transactions;
  private final Map<Provider, CheckoutProvider> providers;
  private final OrderLicenses licenses;
  private final Ids ids;
  private final InstantSource clock;

  public CheckoutWork(
      Transactions transactions,
      Map<Provider, CheckoutProvider> providers,
      OrderLicenses licenses,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.providers = Map.copyOf(providers);
    this.licenses = licenses;
    this.ids = ids;
    this.clock = clock;
  }

  static CheckoutProvider provider(
      Map<Provider, CheckoutProvider> providers, CheckoutConnection connection) {
    return Objects.requireNonNull(providers.get(connection.provider()));
  }

  /**
   * Applies some of what is due.
   *
   * @return how many events were looked at; none when nothing is due
   */
  public int run() {
    Instant now = now();
    List<Due> due = transactions.read(stores -> stores.checkoutEvents().due(now, LOOK));
    due.forEach(this::applyOrPostpone);
    return due.size();
  }

  private void applyOrPostpone(Due due) {
    try {
      apply(due, false);
    } catch (FailureException e) {
      postpone(due);
    } catch (RuntimeException e) {
      LOG.log(Level.WARNING, "a checkout event was not applied: {0}", e.toString());
      LOG.log(Level.DEBUG, "a checkout event was not applied", e);
      postpone(due);
    }
  }

  private void postpone(Due due) {
    Instant now = now();
    transactions.run(stores -> {
      CheckoutEvent event = stores.checkoutEvents().lock(due.eventNo()).orElse(null);
      if (event == null || event.status() != Status.PENDING) {
        return;
      }
      if (event.faults() + 1 < MAX_FAULTS) {
        Instant next = now.plus(AFTER_FAULT.multipliedBy(1L << event.faults()));
        stores.checkoutEvents().update(event.postponed(next));
      } else {
        String reason = "It could not be applied; the log of the server tells more.";
        decide(stores, event, new Outcome(Status.UNRESOLVED, reason, null, null), now);
      }
    });
  }

  /**
   * Applies an event that is due.
   *
   * @param again whether one that was applied or is unresolved is tried once more
   */
  void apply(Due due, boolean again) {
    transactions.joined(stores -> {
      CheckoutConnection connection = stores.connections().lock(due.connectionNo()).orElse(null);
      CheckoutEvent event = stores.checkoutEvents().lock(due.eventNo()).orElse(null);
      if (event != null && isOpen(stores, event, again)) {
        Instant now = now();
        Outcome outcome =
            connection == null
                ? new Outcome(Status.IGNORED, null, null, null) // deleted meanwhile
                : apply(stores, connection, event, now);
        decide(stores, event, outcome, now);
      }
      return true;
    });
  }

  /** One whose body is dropped was about a buyer, and has nothing more to say. */
  private static boolean isOpen(Stores stores, CheckoutEvent event, boolean again) {
    return event.status() == Status.PENDING
        || (again && stores.checkoutEvents().body(event.no()).length > 0);
  }

  /** What came of an event. */
  private record Outcome(
      Status status, @Nullable String reason, @Nullable Instant at, @Nullable Long orderNo) {}

  private Outcome apply(
      Stores stores, CheckoutConnection connection, CheckoutEvent event, Instant now) {
    Reading reading =
        provider(providers, connection).read(stores.checkoutEvents().body(event.no()));
    return switch (reading) {
      case Reading.Ignored() -> new Outcome(Status.IGNORED, null, null, null);
      case Reading.Unclear(String reason) -> new Outcome(Status.UNRESOLVED, reason, null, null);
      case Reading.OfCustomer(Command.Customer customer) ->
          ofCustomer(stores, connection, event, customer, now);
      case Reading.OfOrder(Instant at, Command.Order said) -> {
        Order order = join(stores, connection, said);
        Problem problem = licenses.bringAbout(stores, connection, order, now);
        yield problem != null && matters(problem, said)
            ? new Outcome(Status.UNRESOLVED, problem.detail(), at, order.no())
            : new Outcome(Status.APPLIED, null, at, order.no());
      }
    };
  }

  /**
   * Whether an event is to be shown to a person. The buyer's address may be on its way until there
   * was money.
   */
  private static boolean matters(Problem problem, Command.Order said) {
    return said.commands().stream()
        .anyMatch(it ->
            it instanceof Command.Paid
                || (it instanceof Command.PlanChanged && !problem.ofBuyer()));
  }

  private Outcome ofCustomer(
      Stores stores,
      CheckoutConnection connection,
      CheckoutEvent event,
      Command.Customer customer,
      Instant now) {
    Dated<Buyer> said = new Dated<>(customer.at(), customer.buyer());
    Dated<Buyer> known = stores.orders().customer(connection.no(), customer.id()).orElse(null);
    Dated<Buyer> newest = OrderFacts.newer(known, said);
    stores.orders().putCustomer(connection.no(), customer.id(), newest);
    for (Order order :
        stores.orders().ofCustomer(connection.no(), customer.id(), ORDERS_OF_CUSTOMER)) {
      Order with = withBuyer(order, newest);
      stores.orders().save(with);
      licenses.bringAbout(stores, connection, with, now);
    }
    stores.checkoutEvents().dropBody(event.no());
    return new Outcome(Status.APPLIED, null, customer.at(), null);
  }

  private static Order withBuyer(Order order, Dated<Buyer> buyer) {
    return new Order(
        order.no(),
        order.connectionNo(),
        order.customer(),
        order.facts().with(new Command.Bought(buyer.at(), buyer.value())));
  }

  /** Joins what is said of an order to what is known of it. */
  private static Order join(Stores stores, CheckoutConnection connection, Command.Order said) {
    OrderStore orders = stores.orders();
    List<Order> known = orders.byReferences(connection.no(), said.references());
    Order order = known.isEmpty() ? orders.create(connection.no()) : known.getFirst();
    for (Order other : known.subList(Math.min(1, known.size()), known.size())) {
      orders.merge(order, other);
      order =
          new Order(
              order.no(),
              order.connectionNo(),
              order.customer() == null ? other.customer() : order.customer(),
              order.facts().join(other.facts()));
    }
    OrderFacts facts = order.facts();
    for (Command command : said.commands()) {
      facts = facts.with(command);
    }
    String customer = order.customer() == null ? said.customer() : order.customer();
    Order joined = new Order(order.no(), order.connectionNo(), customer, facts);
    if (customer != null) {
      Dated<Buyer> buyer = orders.customer(connection.no(), customer).orElse(null);
      joined = buyer == null ? joined : withBuyer(joined, buyer);
    }
    orders.save(joined);
    orders.refer(joined, said.references(), said.sessions());
    return joined;
  }

  private void decide(Stores stores, CheckoutEvent before, Outcome outcome, Instant now) {
    Instant at = outcome.at() == null ? before.occurredAt() : outcome.at();
    CheckoutEvent after =
        before.decided(outcome.status(), outcome.reason(), at, outcome.orderNo(), now);
    stores.checkoutEvents().update(after);
    boolean told =
        before.status() == Status.UNRESOLVED && Objects.equals(before.reason(), after.reason());
    if (after.status() == Status.UNRESOLVED && !told) {
      stores.outbox().append(unresolved(after, now));
    }
  }

  private Event unresolved(CheckoutEvent event, Instant now) {
    Tenant tenant = event.tenant();
    Map<String, String> told =
        Map.of(
            "id", event.id(),
            "connection_id", event.connectionId(),
            "provider_event_id", event.providerId(),
            "type", event.type());
    return Event.ofTenant(
        ids.next(Ids.EVENT),
        EventType.CHECKOUT_UNRESOLVED,
        now,
        tenant,
        Map.of("checkout_event", told),
        event.reason(),
        Actor.checkout(event.connectionId()));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
