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
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.product.Product;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Creates licences and makes their keys. */
public final class LicenseIssuer {
  /**
   * A fresh key meets an existing one once in 2^65; more than a few times means a broken source.
   */
  private static final int MAX_ATTEMPTS = 5;

  private final Transactions transactions;
  private final RandomGenerator random;
  private final DomainNames domainNames;
  private final Ids ids;
  private final InstantSource clock;

  public LicenseIssuer(
      Transactions transactions,
      RandomGenerator random,
      DomainNames domainNames,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.random = random;
    this.domainNames = domainNames;
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
    List<SeatDomain> seatDomains = seatDomains(wanted.domains());
    Set<String> domains =
        seatDomains.stream()
            .map(SeatDomain::canonical)
            .collect(Collectors.toCollection(LinkedHashSet::new));
    String broughtKey = wanted.key() == null ? null : usable(wanted.key());
    String productName = wanted.product() == null ? Product.DEFAULT_NAME : wanted.product();
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    License created =
        transactions.write(stores -> {
          Product product =
              stores
                  .products()
                  .find(caller.tenant().accountNo(), productName)
                  .orElseThrow(() ->
                      FailureException.invalid("/product", "There is no product of this name."));
          Plan plan =
              stores
                  .plans()
                  .find(caller.tenant().accountNo(), wanted.plan())
                  .orElseThrow(
                      () -> FailureException.invalid("/plan", "There is no plan of this name."));
          seatDomains.forEach(domain -> domain.requireSeat(plan.localDomainsTakeSeats()));
          License license = draft(caller, wanted, product, plan, now);
          requireRoom(license, domains.size());
          if (license.countsAt(now)) {
            Quotas.requireRoom(stores, caller.tenant(), 1, now);
          }
          License stored =
              broughtKey == null
                  ? insertWithNewKey(stores, license)
                  : stores.licenses().insert(license.withKey(broughtKey)).orElseThrow(this::taken);
          stores.changes().keyAdded(stored.no());
          addSeats(stores, stored, domains, now);
          stores.outbox().append(created(stored, now, caller));
          return stored;
        });
    return LicenseViews.ofNew(created, domains);
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

  private License draft(Caller caller, NewLicense wanted, Product product, Plan plan, Instant now) {
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
        LicenseStatus.ACTIVE,
        null,
        term(wanted, plan, now),
        1,
        now,
        now);
  }

  private static Term term(NewLicense wanted, Plan plan, Instant now) {
    if (wanted.expiresAt().present()) {
      return new Term(ExpiresFrom.CREATION, null, wanted.expiresAt().value(), null);
    }
    IsoDuration duration = wanted.duration().or(plan.duration());
    ExpiresFrom from = wanted.expiresFrom() == null ? plan.expiresFrom() : wanted.expiresFrom();
    return Term.lasting(duration, from, now);
  }

  private static void requireRoom(License license, int domains) {
    Integer limit = license.maxDomains();
    if (limit != null && domains > limit) {
      throw FailureException.conflict(
          Code.DOMAIN_LIMIT_REACHED,
          "There are " + domains + " domains, and the license has " + limit + " seats.");
    }
  }

  private void addSeats(Stores stores, License license, Set<String> domains, Instant now) {
    for (String domain : domains) {
      stores
          .seats()
          .insert(
              new Seat(
                  0, ids.next(Ids.ACTIVATION), license.no(), SeatKind.DOMAIN, domain, true, now));
    }
  }

  private List<SeatDomain> seatDomains(List<String> typed) {
    return IntStream.range(0, typed.size())
        .mapToObj(i -> SeatDomain.read(domainNames, typed.get(i), "/domains/" + i))
        .toList();
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
    return FailureException.conflict(Code.KEY_TAKEN, "The account has a license with this key.");
  }
}
