package dev.licet;

import dev.licet.checkout.generic.Generic;
import dev.licet.checkout.lemonsqueezy.LemonSqueezy;
import dev.licet.checkout.paddle.Paddle;
import dev.licet.checkout.stripe.Stripe;
import dev.licet.config.Settings;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.billing.CheckoutConnections;
import dev.licet.domain.billing.CheckoutEvents;
import dev.licet.domain.billing.CheckoutInbox;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.CheckoutResults;
import dev.licet.domain.billing.CheckoutWork;
import dev.licet.domain.billing.CheckoutWorker;
import dev.licet.domain.billing.OrderLicenses;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.mail.MailTemplates;
import dev.licet.http.api.CheckoutConnectionEndpoints;
import dev.licet.http.api.CheckoutEndpoints;
import dev.licet.http.api.CheckoutEventEndpoints;
import dev.licet.http.api.CheckoutInboxEndpoint;
import dev.licet.http.api.CheckoutResultEndpoint;
import dev.licet.http.api.MailTemplateEndpoints;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Shops of one process: what callers set, what providers send, and what becomes of it. */
final class CheckoutService implements AutoCloseable {
  /** What is known of each provider. */
  private static final Map<Provider, CheckoutProvider> PROVIDERS =
      Map.of(
          Provider.STRIPE, new Stripe(),
          Provider.PADDLE, new Paddle(),
          Provider.LEMONSQUEEZY, new LemonSqueezy(),
          Provider.GENERIC, new Generic());

  private final CheckoutWorker worker;
  private final Optional<MailService> mail;
  private final CheckoutEndpoints endpoints;

  /** Begins to apply what is stored, and to send what waits. */
  CheckoutService(
      Settings settings,
      Transactions transactions,
      DomainNames names,
      Quotas quotas,
      Ids ids,
      SecureRandom random,
      InstantSource clock,
      MeterRegistry registry) {
    LicenseIssuer issuer = new LicenseIssuer(transactions, random, names, quotas, ids, clock);
    LicenseChanges changes = new LicenseChanges(transactions, issuer, quotas, ids, clock);
    OrderLicenses licenses =
        new OrderLicenses(issuer, changes, ids, settings.smtpUrl().isPresent());
    CheckoutWork work = new CheckoutWork(transactions, PROVIDERS, licenses, ids, clock);
    worker = new CheckoutWorker(work);
    CheckoutInbox inbox = new CheckoutInbox(transactions, PROVIDERS, ids, clock, worker::wake);
    Map<CheckoutInbox.Receipt, Counter> received = counters(registry);
    endpoints =
        new CheckoutEndpoints(
            new CheckoutConnectionEndpoints(new CheckoutConnections(transactions, ids, clock)),
            new CheckoutEventEndpoints(new CheckoutEvents(transactions, work)),
            new CheckoutInboxEndpoint(
                inbox, receipt -> Objects.requireNonNull(received.get(receipt)).increment()),
            new CheckoutResultEndpoint(
                new CheckoutResults(transactions, PROVIDERS, clock),
                ServerLimits.ofMisses(settings.limits()),
                clock),
            new MailTemplateEndpoints(new MailTemplates(transactions, clock)));
    mail =
        settings.smtpUrl().map(url -> new MailService(url, transactions, random, clock, registry));
    worker.start();
  }

  CheckoutEndpoints endpoints() {
    return endpoints;
  }

  @Override
  public void close() {
    worker.close();
    mail.ifPresent(MailService::close);
  }

  private static Map<CheckoutInbox.Receipt, Counter> counters(MeterRegistry registry) {
    Map<CheckoutInbox.Receipt, Counter> counters = new EnumMap<>(CheckoutInbox.Receipt.class);
    for (CheckoutInbox.Receipt receipt : CheckoutInbox.Receipt.values()) {
      counters.put(
          receipt,
          Counter.builder("licet.checkout.messages")
              .description("Messages of shops' providers, by what came of them")
              .tag("outcome", receipt.name().toLowerCase(Locale.ROOT))
              .register(registry));
    }
    return counters;
  }
}
