package dev.licet;

import dev.licet.config.Settings;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.delivery.BacklogWatch;
import dev.licet.domain.delivery.Deliveries;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.Dispatcher;
import dev.licet.domain.delivery.Sender;
import dev.licet.domain.id.Ids;
import dev.licet.domain.webhook.WebhookUrls;
import dev.licet.domain.webhook.Webhooks;
import dev.licet.http.api.DeliveryEndpoints;
import dev.licet.http.api.WebhookEndpoints;
import dev.licet.store.Database;
import dev.licet.webhook.HttpTransport;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;

/** Webhooks of one process: what callers set, and what sends events there. */
final class WebhookService implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** How long what came of an attempt may wait for the database before another node tries. */
  private static final Duration WRITING = Duration.ofSeconds(40);

  private final Webhooks webhooks;
  private final Deliveries deliveries;
  private final WebhookUrls urls;
  private final HttpTransport transport;
  private final Dispatcher dispatcher;
  private final BacklogWatch backlog;

  /** Begins to send what is due. */
  WebhookService(
      Settings settings,
      Database database,
      DomainNames names,
      Ids ids,
      SecureRandom random,
      InstantSource clock,
      MeterRegistry registry) {
    Duration timeout = settings.webhook().timeout();
    boolean loopback = settings.webhook().allowLoopback();
    urls = new WebhookUrls(names, loopback);
    transport = new HttpTransport(loopback, timeout, clock);
    webhooks = new Webhooks(database.transactions(), ids, random, clock);
    deliveries = new Deliveries(database.transactions(), clock);
    dispatcher =
        new Dispatcher(
            database.deliveries(),
            new Sender(transport, urls, clock, random, userAgent()),
            webhooks,
            clock,
            timeout.plus(WRITING),
            LOOK);
    backlog = new BacklogWatch(database.deliveries(), clock);
    register(registry);
    database.addListener(dispatcher);
    dispatcher.start();
  }

  WebhookEndpoints webhooks() {
    return new WebhookEndpoints(webhooks, deliveries, urls, transport);
  }

  DeliveryEndpoints deliveries() {
    return new DeliveryEndpoints(deliveries);
  }

  /** Begins no more attempts; those under way go on. */
  void stop() {
    dispatcher.stop();
  }

  /** Attempts under way break off, and do not count. */
  @Override
  public void close() {
    transport.close();
    dispatcher.close();
  }

  @SuppressWarnings("resource") // the registry closes it
  private void register(MeterRegistry registry) {
    for (Outcome outcome : Outcome.values()) {
      FunctionCounter.builder(
              "licet.webhook.attempts", dispatcher.counts(), counts -> counts.of(outcome))
          .description("Attempts to deliver an event, by what came of them")
          .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
          .register(registry);
    }
    Gauge.builder("licet.webhook.running", dispatcher, Dispatcher::running)
        .description("Attempts under way")
        .register(registry);
    Gauge.builder("licet.webhook.waiting", backlog, BacklogWatch::waiting)
        .description("Deliveries that are not done, of all nodes; as of the last ten seconds")
        .register(registry);
    Gauge.builder("licet.webhook.oldest.due", backlog, watch -> watch.oldest().toMillis() / 1e3)
        .baseUnit("seconds")
        .description("How long the delivery that is due first has been due")
        .register(registry);
  }

  private static String userAgent() {
    String version = WebhookService.class.getPackage().getImplementationVersion();
    return "Licet/" + (version == null ? "0" : version);
  }
}
