package dev.licet.domain.license;

import dev.licet.core.LicenseKeyGenerator;
import dev.licet.domain.Caller;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatDomain;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.product.Product;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates licences and makes their keys. */
public final class LicenseIssuer {
  /**
   * A fresh key meets an existing one once in 2^65; more than a few times means a broken source.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final Transactions transactions;
  private final RandomGenerator random;
  private final DomainNames domainNames;
  private final Quotas quotas;
  private final Ids ids;
  private final InstantSource clock;

  public LicenseIssuer(
      Transactions transactions,
      RandomGenerator random,
      DomainNames domainNames,
      Quotas quotas,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.random = random;
    this.domainNames = domainNames;
    this.quotas = quotas;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Creates a licence.
   *
   * @throws FailureException when the product or the plan is unknown, a domain is none, takes no
   *     seat, or there are too many, the brought key is taken or unusable, or the account may have
   *     no more licences
   */
  public LicenseView create(Caller caller, NewLicense wanted) {
    Draft draft = prepare(wanted, Past.NONE);
    License created = transactions.write(stores -> issue(stores, caller, draft));
    return LicenseViews.ofNew(created, draft.domains());
  }

  /**
   * A licence to be issued, as far as it can be looked at without the database.
   *
   * @param seatDomains as named
   * @param broughtKey canonical; {@code null} for a new one
   */
  record Draft(
      NewLicense wanted,
      Past past,
      List<SeatDomain> seatDomains,
      @Nullable String broughtKey,
      Instant preparedAt) {
    /** In canonical form, each once. */
    Set<String> domains() {
      return seatDomains.stream()
          .map(SeatDomain::canonical)
          .collect(Collectors.toCollection(LinkedHashSet::new));
    }
  }

  /**
   * Looks at what is wanted.
   *
   * @throws FailureException when a domain is none, the brought key is unusable, or the past lies
   *     in the future
   */
  Draft prepare(NewLicense wanted, Past past) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    requirePast("created_at", past.createdAt(), now);
    requirePast("first_validated_at", past.firstValidatedAt(), now);
    String broughtKey = wanted.key() == null ? null : usable(wanted.key());
    List<SeatDomain> domains = SeatDomain.readAll(domainNames, wanted.domains(), "/domains");
    return new Draft(wanted, past, domains, broughtKey, now);
  }

  /**
   * Issues a licence inside a transaction.
   *
   * @throws FailureException before anything is written, when the product or the plan is unknown, a
   *     domain takes no seat, there are too many domains or devices, the account may have no more
   *     licences, or the brought key is taken
   */
  License issue(Stores stores, Caller caller, Draft draft) {
    Instant now = draft.preparedAt();
    License license = license(stores, caller, draft);
    SeatDomain.requireSeats(draft.seatDomains(), license.plan().localDomainsTakeSeats());
    Set<String> domains = draft.domains();
    requireRoom(license.maxDomains(), domains.size(), Code.DOMAIN_LIMIT_REACHED, "domains");
    List<String> devices = draft.past().devices();
    requireRoom(license.maxDevices(), devices.size(), Code.DEVICE_LIMIT_REACHED, "devices");
    if (license.countsAt(now)) {
      quotas.requireRoom(stores, caller.tenant(), 1, now);
    }
    License stored =
        draft.broughtKey() == null
            ? insertWithNewKey(stores, license)
            : stores
                .licenses()
                .insert(license.withKey(draft.broughtKey()))
                .orElseThrow(this::taken);
    stores.changes().keyAdded(stored.no());
    addSeats(stores, stored, SeatKind.DOMAIN, domains, now);
    addSeats(stores, stored, SeatKind.DEVICE, devices, now);
    putCounters(stores, stored, draft.past().countersUsed(), now);
    stores.outbox().append(created(stored, now, caller));
    return stored;
  }

  private Event created(License license, Instant now, Caller caller) {
    return new Event(
        ids.next(Ids.EVENT),
        EventType.LICENSE_CREATED,
        now,
        license,
        null,
        null,
        null,
        caller.actor());
  }

  /** A key for a product, by chance one that no licence has; each call another one. */
  String newKey(Product product) {
    return new LicenseKeyGenerator(random, product.keyPrefix(), product.keyGroups())
        .next()
        .canonical();
  }

  private License insertWithNewKey(Stores stores, License license) {
    for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      Optional<License> stored =
          stores.licenses().insert(license.withKey(newKey(license.product())));
      if (stored.isPresent()) {
        return stored.get();
      }
    }
    throw new IllegalStateException("every new key is taken: the random source is broken");
  }

  private License license(Stores stores, Caller caller, Draft draft) {
    NewLicense wanted = draft.wanted();
    Past past = draft.past();
    long accountNo = caller.tenant().accountNo();
    Product product =
        stores
            .products()
            .find(accountNo, wanted.product() == null ? Product.DEFAULT_NAME : wanted.product())
            .orElseThrow(
                () -> FailureException.invalid("/product", "There is no product of this name."));
    Plan plan =
        stores
            .plans()
            .find(accountNo, wanted.plan())
            .orElseThrow(() -> FailureException.invalid("/plan", "There is no plan of this name."));
    Instant created = past.createdAt() == null ? draft.preparedAt() : past.createdAt();
    Term term = term(wanted, plan, created);
    return new License(
        0,
        ids.next(Ids.LICENSE),
        caller.tenant(),
        "",
        product,
        plan,
        wanted.overrides(),
        wanted.customer(),
        wanted.metadata(),
        past.status(),
        past.statusReason(),
        ended(
            past.firstValidatedAt() == null ? term : term.startedAt(past.firstValidatedAt()),
            past,
            draft.preparedAt()),
        1,
        created,
        draft.preparedAt());
  }

  /**
   * An end that has come before the licence is announced to nobody. One that is brought in as
   * expired has come to its end by now.
   */
  private static Term ended(Term term, Past past, Instant now) {
    Term ended =
        past.status() == LicenseStatus.EXPIRED && !term.isOverAt(now) ? term.endingAt(now) : term;
    return ended.isOverAt(now) ? ended.withAnnounced(Term.ENDED) : ended;
  }

  private static Term term(NewLicense wanted, Plan plan, Instant now) {
    if (wanted.expiresAt().present()) {
      ExpiresFrom from = wanted.expiresFrom() == null ? ExpiresFrom.CREATION : wanted.expiresFrom();
      return new Term(from, null, wanted.expiresAt().value(), null);
    }
    IsoDuration duration = wanted.duration().or(plan.duration());
    ExpiresFrom from = wanted.expiresFrom() == null ? plan.expiresFrom() : wanted.expiresFrom();
    return Term.lasting(duration, from, now);
  }

  private static void requirePast(String field, @Nullable Instant time, Instant now) {
    if (time != null && time.isAfter(now)) {
      throw FailureException.invalid("/" + field, "must not lie in the future");
    }
  }

  private static void requireRoom(@Nullable Integer limit, int wanted, Code code, String what) {
    if (limit != null && wanted > limit) {
      throw FailureException.conflict(
          code, "There are " + wanted + " " + what + ", and the license has " + limit + " seats.");
    }
  }

  private void addSeats(
      Stores stores, License license, SeatKind kind, Collection<String> values, Instant now) {
    for (String value : values) {
      stores
          .seats()
          .insert(new Seat(0, ids.next(Ids.ACTIVATION), license.no(), kind, value, true, now));
    }
  }

  private static void putCounters(
      Stores stores, License license, Map<String, Long> used, Instant now) {
    used.forEach((name, units) -> {
      CounterRule rule = license.counters().get(name);
      long period = rule == null ? 0 : rule.reset().period(now);
      stores.counters().put(license.no(), name, new CounterUse(period, units));
    });
  }

  private static String usable(String key) {
    return switch (TypedKey.read(key)) {
      case TypedKey.Usable(String canonical, boolean ours) -> canonical;
      case TypedKey.Mistyped mistyped ->
          throw FailureException.invalid(
              "/key", "The key has the form of Licet's own keys, but its check symbols are wrong.");
      case TypedKey.Unusable unusable ->
          throw FailureException.invalid("/key", "A key has 8 to 128 printable ASCII characters.");
    };
  }

  private FailureException taken() {
    return FailureException.conflict(
        Code.KEY_TAKEN, "The account has or had a license with this key.");
  }
}
