package dev.licet.domain.billing;

import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.billing.OrderStore.Issued;
import dev.licet.domain.license.License;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of an order, for the page that the buyer's browser comes to. Who knows the session is
 * the buyer: nobody can guess it.
 */
public final class CheckoutResults {
  /** How long after it was issued a key is shown to who knows the session. */
  private static final Duration SHOWN = Duration.ofDays(7);

  private final Transactions transactions;
  private final Map<Provider, CheckoutProvider> providers;
  private final InstantSource clock;

  public CheckoutResults(
      Transactions transactions, Map<Provider, CheckoutProvider> providers, InstantSource clock) {
    this.transactions = transactions;
    this.providers = Map.copyOf(providers);
    this.clock = clock;
  }

  /**
   * What is known.
   *
   * @param licenses none while the order is not paid, or not known yet: the browser may be faster
   *     than the provider's event
   * @param allowedOrigins of pages that may read this
   */
  public record Result(List<License> licenses, List<String> allowedOrigins) {}

  /** Looks; empty when there is no such connection, or the text can be no session of it. */
  public Optional<Result> find(String connectionId, String session) {
    return transactions.read(stores ->
        stores
            .connections()
            .find(connectionId)
            .filter(connection ->
                Objects.requireNonNull(providers.get(connection.provider())).isSession(session))
            .map(connection ->
                new Result(licenses(stores, connection, session), connection.allowedOrigins())));
  }

  private List<License> licenses(Stores stores, CheckoutConnection connection, String session) {
    Instant oldest = clock.instant().minus(SHOWN);
    List<License> licenses = new ArrayList<>();
    stores
        .orders()
        .bySession(connection.no(), session)
        .ifPresent(order -> {
          for (Issued issued : stores.orders().issued(order.no())) {
            if (issued.at().isAfter(oldest)) {
              stores
                  .licenses()
                  .find(connection.tenant(), issued.licenseId())
                  .ifPresent(licenses::add);
            }
          }
        });
    return licenses;
  }
}
