package dev.licet;

import dev.licet.cache.CachedCredentials;
import dev.licet.cache.LicenseCache;
import dev.licet.cli.Program;
import dev.licet.config.Secret;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import dev.licet.domain.Recurring;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.ApiKeyText;
import dev.licet.domain.account.ApiKeys;
import dev.licet.domain.account.Authenticator;
import dev.licet.domain.account.Installation;
import dev.licet.domain.account.KeyUses;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.account.StoredCredentials;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.anomaly.Anomalies;
import dev.licet.domain.audit.Audit;
import dev.licet.domain.billing.PlacedOrders;
import dev.licet.domain.counter.Counters;
import dev.licet.domain.event.Events;
import dev.licet.domain.id.Ids;
import dev.licet.domain.idempotency.Idempotency;
import dev.licet.domain.job.JobScheduler;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseExport;
import dev.licet.domain.license.LicenseImport;
import dev.licet.domain.license.LicenseIssuer;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.plan.Plans;
import dev.licet.domain.privacy.Erasures;
import dev.licet.domain.product.Products;
import dev.licet.domain.usage.MonthlyQuota;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.usage.UsageOverviews;
import dev.licet.domain.usage.UsageReports;
import dev.licet.domain.validation.KeyLimits;
import dev.licet.domain.validation.KeyedCalls;
import dev.licet.domain.validation.Validations;
import dev.licet.http.CallHandler;
import dev.licet.http.ClientAddress;
import dev.licet.http.HttpFrontend;
import dev.licet.http.IdempotentCalls;
import dev.licet.http.Routes;
import dev.licet.http.api.AccountEndpoints;
import dev.licet.http.api.ActivationEndpoints;
import dev.licet.http.api.AnomalyEndpoint;
import dev.licet.http.api.ApiKeyEndpoints;
import dev.licet.http.api.AuditEndpoint;
import dev.licet.http.api.BatchEndpoint;
import dev.licet.http.api.ConsumeEndpoint;
import dev.licet.http.api.CounterEndpoints;
import dev.licet.http.api.CustomerEndpoints;
import dev.licet.http.api.CustomerExport;
import dev.licet.http.api.DeactivateEndpoint;
import dev.licet.http.api.EventEndpoints;
import dev.licet.http.api.ExportEndpoint;
import dev.licet.http.api.ImportEndpoint;
import dev.licet.http.api.LicenseActions;
import dev.licet.http.api.LicenseEndpoints;
import dev.licet.http.api.LicenseFilters;
import dev.licet.http.api.PlanEndpoints;
import dev.licet.http.api.ProductEndpoints;
import dev.licet.http.api.ServerEndpoints;
import dev.licet.http.api.SlaEndpoint;
import dev.licet.http.api.UsageEndpoint;
import dev.licet.http.api.UsageReportEndpoints;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import dev.licet.store.Database;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A running server, wired by hand: everything that there is one of is made here. */
final class LicetServer implements Program.Server {
  /** Keys' last uses are exact to a minute: well within one. */
  private static final Duration KEY_USES = Duration.ofSeconds(10);

  /** Calls at once that may wait for the database. */
  private static final int MAX_BLOCKING_TASKS = 1_024;

  private final Settings settings;
  private final Database database;
  private final KeyVault vault;
  private final InstantSource clock = InstantSource.system();
  private final SecureRandom random = new SecureRandom();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final DomainNames domainNames = new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final AtomicBoolean closed = new AtomicBoolean();
  private final Ids ids;
  private final UsageJournal journal;
  private final UsageWork usage;
  private final GeoWork geo;
  private final LicenseCache cache;
  private final SlaWork sla;
  private final MonthlyQuota quota;
  private final KeyUses keyUses;
  private final EventWork events;
  private final Accounts accounts;
  private final Recurring noteKeyUses;
  private final JobScheduler jobs;
  private final Optional<ApiKeyText> firstApiKey;
  private final Optional<ApiKeyText> firstOperatorKey;
  private final WebhookService webhooks;
  private final CheckoutService checkout;
  private final HttpFrontend http;

  private LicetServer(Settings settings, Database database, KeyVault vault)
      throws StartupException {
    this.settings = settings;
    this.database = database;
    this.vault = vault;
    this.ids = new Ids(clock, new SplittableRandom(random.nextLong()));
    Installation installation = new Installation(database.transactions(), ids, clock);
    AccountDesk.confirmSecret(installation, vault);
    this.geo = GeoWork.open(settings);
    this.cache = newCache();
    database.addListener(cache.listener());
    this.usage = new UsageWork(settings, database);
    this.journal = usage.journal();
    Gauges.register(registry, usage, cache, database.state());
    this.sla = new SlaWork(database.transactions(), clock, journal.nodeNo(), this::serves);
    this.quota = new MonthlyQuota(database.transactions(), clock, journal.nodeNo());
    this.keyUses = new KeyUses(database.transactions(), clock);
    this.accounts =
        new Accounts(database.transactions(), ids, random, clock, settings.accountDeletionGrace());
    this.webhooks =
        new WebhookService(settings, database, domainNames, ids, random, clock, registry);
    this.events = new EventWork(database, ids, clock);
    this.checkout =
        new CheckoutService(
            settings,
            database.transactions(),
            domainNames,
            new Quotas(events.quotas()),
            ids,
            random,
            clock,
            registry);
    this.http = listen();
    this.noteKeyUses = Recurring.start("api-key-uses", KEY_USES, keyUses::flush);
    this.jobs =
        Jobs.start(
            database.transactions(), clock, journal.nodeNo(), Jobs.all(settings, ids), registry);
    // After everything that may fail: these keys are shown only once.
    this.firstApiKey =
        installation.firstAccount(
            bootstrap(settings.bootstrapApiKey(), "LICET_BOOTSTRAP_API_KEY"), random);
    this.firstOperatorKey =
        installation.firstOperator(
            bootstrap(settings.bootstrapOperatorKey(), "LICET_BOOTSTRAP_OPERATOR_KEY"), random);
  }

  /**
   * Starts a server; closes the database if it cannot.
   *
   * @throws StartupException when the secret is not the database's or the address is not to be had
   */
  static LicetServer start(Settings settings, Database database, KeyVault vault)
      throws StartupException {
    try {
      return new LicetServer(settings, database, vault);
    } catch (StartupException | RuntimeException e) {
      database.close();
      throw e;
    }
  }

  @Override
  public URI address() {
    String host = settings.host();
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + http.port());
  }

  @Override
  public String database() {
    return database.display();
  }

  @Override
  public Optional<String> firstApiKey() {
    return firstApiKey.map(ApiKeyText::text);
  }

  @Override
  public Optional<String> firstOperatorKey() {
    return firstOperatorKey.map(ApiKeyText::text);
  }

  /**
   * Stops taking requests first, so that what was taken is recorded before the rest stops. Takes
   * 9.5 seconds at most, for a process that must be gone in 10.
   */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      webhooks.stop();
      events.streams().close();
      Closing.within(Duration.ofSeconds(5), "HTTP", http::close);
      Closing.within(Duration.ofSeconds(2), "journal", journal::close);
      Closing.within(Duration.ofSeconds(1), "fold", usage::close);
      Closing.within(
          Duration.ofMillis(700),
          Map.of(
              "webhooks", webhooks::close,
              "jobs", jobs::close,
              "events", events::close,
              "checkout", checkout::close,
              "quota", quota::close,
              "countries", geo::close,
              "service levels", sla::close,
              "API key uses", this::noteLastKeyUses));
      threads.shutdownNow();
      Closing.within(Duration.ofMillis(800), "database", database::close);
      registry.close();
    }
  }

  private void noteLastKeyUses() {
    noteKeyUses.close();
    keyUses.flush();
  }

  private static @Nullable ApiKeyText bootstrap(Optional<Secret> setting, String variable)
      throws StartupException {
    if (setting.isEmpty()) {
      return null;
    }
    return ApiKeyText.read(setting.get().reveal())
        .orElseThrow(() ->
            new StartupException(
                variable + " has wrong check characters",
                "Copy it again, or leave it out to get a random one"));
  }

  private LicenseCache newCache() {
    return new LicenseCache(
        database.snapshots(),
        settings.cache().ttl(),
        settings.cache().maxWeightMegabytes() * 1_048_576L,
        database.state(),
        settings.usageStaleLimit());
  }

  private HttpFrontend listen() throws StartupException {
    KeyLimits keyLimits = ServerLimits.ofKeys(settings.limits());
    Transactions transactions = database.transactions();
    Seats seats = new Seats(transactions, domainNames, ids, clock);
    Executor blocking = new BoundedExecutor(threads, MAX_BLOCKING_TASKS);
    HttpFrontend.Services services =
        new HttpFrontend.Services(
            endpoints(transactions, seats, keyLimits),
            new Validations(
                cache,
                seats,
                domainNames,
                quota,
                keyLimits,
                events.limits(),
                geo.geography(),
                blocking,
                clock),
            journal,
            sla.levels(),
            new Authenticator(credentials(transactions), keyUses, clock),
            callHandler(transactions),
            new ClientAddress(settings.trustedProxies()::contains),
            blocking,
            threads,
            settings.maxConnections(),
            registry);
    try {
      return HttpFrontend.start(settings.host(), settings.port(), services);
    } catch (IOException e) {
      journal.close();
      usage.close();
      quota.close();
      events.close();
      webhooks.close();
      sla.close();
      geo.close();
      checkout.close();
      throw Listening.cannot(settings.host(), settings.port(), e);
    }
  }

  private CallHandler callHandler(Transactions transactions) {
    return new CallHandler(
        ServerLimits.ofCalls(settings.callLimits()),
        new IdempotentCalls(new Idempotency(transactions, clock), vault),
        ids);
  }

  private Routes.Endpoints endpoints(Transactions transactions, Seats seats, KeyLimits keyLimits) {
    LicenseFilters filters = new LicenseFilters(vault, domainNames);
    KeyedCalls keyedCalls = new KeyedCalls(cache, keyLimits, vault, clock);
    Counters counters = new Counters(transactions, events.limits(), ids, clock);
    Quotas quotas = new Quotas(events.quotas());
    LicenseIssuer issuer = new LicenseIssuer(transactions, random, domainNames, quotas, ids, clock);
    Licenses licenses = new Licenses(transactions, clock);
    UsageReports reports = new UsageReports(transactions, clock);
    LicenseChanges changes = new LicenseChanges(transactions, issuer, quotas, ids, clock);
    Map<String, BooleanSupplier> checks =
        Map.of("database", this::databaseAnswers, "journal", journal::healthy);
    return new Routes.Endpoints(
        new LicenseEndpoints(issuer, licenses, changes, filters, clock),
        new LicenseActions(changes, clock),
        new BatchEndpoint(licenses, changes, filters, clock),
        new ImportEndpoint(new LicenseImport(transactions, issuer, vault)),
        new ExportEndpoint(new LicenseExport(transactions), filters, clock),
        new ActivationEndpoints(licenses, seats),
        new UsageEndpoint(licenses, reports),
        new UsageReportEndpoints(
            reports, new UsageOverviews(transactions, clock), sla.reports(), accounts, clock),
        new AnomalyEndpoint(new Anomalies(transactions, clock)),
        new SlaEndpoint(sla.reports()),
        new CustomerEndpoints(
            new Erasures(transactions, ids, clock),
            new CustomerExport(
                licenses, new Events(transactions), new PlacedOrders(transactions), clock)),
        new ProductEndpoints(new Products(transactions, clock)),
        new PlanEndpoints(new Plans(transactions, clock)),
        new AuditEndpoint(new Audit(transactions)),
        new EventEndpoints(new Events(transactions), events.streams()),
        new ApiKeyEndpoints(new ApiKeys(transactions, ids, random, clock), clock),
        webhooks.webhooks(),
        webhooks.deliveries(),
        checkout.endpoints(),
        new AccountEndpoints(accounts, this::export),
        new DeactivateEndpoint(keyedCalls, seats, domainNames),
        new ConsumeEndpoint(keyedCalls, counters),
        new CounterEndpoints(counters),
        new ServerEndpoints(checks, usage::serves, registry::scrape));
  }

  private CachedCredentials credentials(Transactions transactions) {
    CachedCredentials credentials =
        new CachedCredentials(new StoredCredentials(transactions), database.state());
    database.addListener(credentials);
    return credentials;
  }

  private String export(Account account) {
    try {
      return AccountDesk.exports(settings, database, clock).write(account, null).toString();
    } catch (StartupException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean serves() {
    return journal.healthy() && databaseAnswers();
  }

  private boolean databaseAnswers() {
    try {
      database.check();
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }
}
