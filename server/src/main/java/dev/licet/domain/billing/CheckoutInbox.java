package dev.licet.domain.billing;

import dev.licet.domain.Transactions;
import dev.licet.domain.billing.CheckoutProvider.Headers;
import dev.licet.domain.billing.CheckoutProvider.Message;
import dev.licet.domain.id.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/**
 * Takes in what providers send: looks at the signature first, and stores what is good. Applying it
 * is another's business, so that a provider is answered at once.
 */
public final class CheckoutInbox {
  private final Transactions transactions;
  private final Map<Provider, CheckoutProvider> providers;
  private final Ids ids;
  private final InstantSource clock;
  private final Runnable stored;

  /**
   * @param stored called when something was stored
   */
  public CheckoutInbox(
      Transactions transactions,
      Map<Provider, CheckoutProvider> providers,
      Ids ids,
      InstantSource clock,
      Runnable stored) {
    this.transactions = transactions;
    this.providers = Map.copyOf(providers);
    this.ids = ids;
    this.clock = clock;
    this.stored = stored;
  }

  /** What came of a message. */
  public enum Receipt {
    STORED,
    /** It came before. */
    KNOWN,
    /** There is no such connection. */
    NOBODYS,
    /** No secret of the connection signed it, or not in time. */
    BADLY_SIGNED
  }

  private record Addressee(CheckoutConnection connection, SigningSecrets secrets) {}

  /** Takes a message in. */
  public Receipt receive(String connectionId, Headers headers, byte[] body) {
    Optional<Addressee> found =
        transactions.read(stores ->
            stores
                .connections()
                .find(connectionId)
                .map(it -> new Addressee(it, stores.connections().secrets(it))));
    if (found.isEmpty()) {
      return Receipt.NOBODYS;
    }
    CheckoutConnection connection = found.get().connection();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Message message =
        CheckoutWork.provider(providers, connection)
            .verify(headers, body, found.get().secrets().all(), now);
    if (message == null) {
      return Receipt.BADLY_SIGNED;
    }
    CheckoutEvent event =
        new CheckoutEvent(
            0,
            ids.next(Ids.CHECKOUT_EVENT),
            connection.tenant(),
            connection.no(),
            connection.id(),
            message.id(),
            message.type(),
            CheckoutEvent.Status.PENDING,
            null,
            null,
            now,
            null,
            null,
            0,
            now);
    if (!transactions.write(stores -> stores.checkoutEvents().add(event, body))) {
      return Receipt.KNOWN;
    }
    stored.run();
    return Receipt.STORED;
  }
}
