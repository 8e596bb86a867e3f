package dev.licet.domain.privacy;

import dev.licet.domain.Stores;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.privacy.Erasure.Mode;
import dev.licet.domain.privacy.Erasure.Phase;
import dev.licet.domain.usage.UsageErasure;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Erases persons bit by bit, the one that was asked for first before the others. How far it is
 * stands in the database, so that another node goes on when this one dies.
 */
public final class ErasureJob {
  private static final Duration EVERY = Duration.ofMinutes(1);

  /** Parts that one transaction takes: a few milliseconds' work. */
  private static final int LICENSES_EACH = 20;

  private static final int EVENTS_EACH = 200;
  private static final int ANSWERS_EACH = 100;
  private static final int ORDERS_EACH = 50;
  private static final int MESSAGES_EACH = 100;
  private static final int BATCHES_EACH = 8;
  private static final int ALL = Integer.MAX_VALUE;

  private static final String REASON = "The customer was erased.";

  private final Ids ids;

  public ErasureJob(Ids ids) {
    this.ids = ids;
  }

  /** The job that erases. */
  public Job job() {
    return Job.every("customer-erasure", EVERY, 1, (stores, now, limit) -> step(stores, now))
        .soonWhen((stores, now) -> stores.erasures().oldest().isPresent());
  }

  private int step(Stores stores, Instant now) {
    Optional<Erasure> oldest = stores.erasures().oldest();
    oldest.ifPresent(erasure -> {
      Optional<Erasure> next = next(stores, erasure, now.truncatedTo(ChronoUnit.MILLIS));
      next.ifPresentOrElse(stores.erasures()::update, () -> stores.erasures().delete(erasure));
    });
    return oldest.isPresent() ? 1 : 0;
  }

  /** Does a part; where that leaves the erasure, empty when it is done. */
  private Optional<Erasure> next(Stores stores, Erasure erasure, Instant now) {
    ErasureStore store = stores.erasures();
    return switch (erasure.phase()) {
      case LICENSES -> Optional.of(licenses(stores, erasure, now));
      case EVENTS -> going(erasure, store.scrubEvents(erasure, EVENTS_EACH), Phase.ANSWERS);
      case ANSWERS -> going(erasure, store.scrubAnswers(erasure, ANSWERS_EACH), Phase.ORDERS);
      case ORDERS -> going(erasure, store.scrubOrders(erasure, ORDERS_EACH), Phase.MESSAGES);
      case MESSAGES -> going(erasure, store.scrubMessages(erasure, MESSAGES_EACH), Phase.MAIL);
      case MAIL -> {
        store.endMail(erasure, now);
        yield Optional.of(erasure.in(Phase.JOURNAL));
      }
      case JOURNAL -> Optional.of(journal(stores, erasure));
      case TRACES -> traces(stores, erasure);
    };
  }

  private static Optional<Erasure> going(Erasure erasure, Optional<String> position, Phase after) {
    return Optional.of(position.map(erasure::at).orElseGet(() -> erasure.in(after)));
  }

  /** Those that are done have the pseudonym, so that the rest is found by the address. */
  private Erasure licenses(Stores stores, Erasure erasure, Instant now) {
    List<Long> some =
        stores.erasures().licenses(erasure.tenant(), erasure.email(), 0, LICENSES_EACH);
    for (long no : some) {
      stores
          .licenses()
          .lock(no)
          .filter(license -> isOf(license, erasure))
          .ifPresent(license -> rename(stores, erasure, license, now));
    }
    return some.isEmpty() ? erasure.in(Phase.EVENTS) : erasure;
  }

  private static boolean isOf(License license, Erasure erasure) {
    return license.customer().email().toLowerCase(Locale.ROOT).equals(erasure.email());
  }

  private void rename(Stores stores, Erasure erasure, License license, Instant now) {
    License nameless =
        license
            .with(
                license.plan(),
                license.overrides(),
                new Customer(erasure.pseudonym(), null),
                Map.of())
            .with(license.storedStatus(), null);
    boolean revokes =
        erasure.mode() == Mode.ERASE && license.storedStatus() != LicenseStatus.REVOKED;
    License after =
        (revokes ? nameless.with(LicenseStatus.REVOKED, REASON) : nameless).changedAt(now);
    stores.licenses().update(after);
    stores.changes().licenseChanged(after.no());
    if (revokes) {
      stores
          .outbox()
          .append(
              new Event(
                  ids.next(Ids.EVENT),
                  EventType.LICENSE_REVOKED,
                  now,
                  after,
                  nameless,
                  null,
                  REASON,
                  Actor.SYSTEM));
    }
  }

  private static Erasure journal(Stores stores, Erasure erasure) {
    long after =
        erasure.position().isEmpty() ? UsageErasure.START : Long.parseLong(erasure.position());
    Set<Long> licenses =
        new HashSet<>(stores.erasures().licenses(erasure.tenant(), erasure.pseudonym(), 0, ALL));
    UsageErasure.Part part = stores.erasure().find(after, licenses);
    List<Long> batches = part.batches();
    if (batches.size() > BATCHES_EACH) {
      stores.erasure().erase(batches.subList(0, BATCHES_EACH), licenses);
      return erasure.at(Long.toString(batches.get(BATCHES_EACH - 1)));
    }
    stores.erasure().erase(batches, licenses);
    if (!part.isLast()) {
      return erasure.at(Long.toString(part.next()));
    }
    stores.erasure().endReading();
    return erasure.in(Phase.TRACES);
  }

  private static Optional<Erasure> traces(Stores stores, Erasure erasure) {
    long after = erasure.position().isEmpty() ? 0 : Long.parseLong(erasure.position());
    List<Long> some =
        stores.erasures().licenses(erasure.tenant(), erasure.pseudonym(), after, LICENSES_EACH);
    if (some.isEmpty()) {
      return Optional.empty();
    }
    stores.erasures().removeNames(some);
    if (erasure.mode() == Mode.ERASE) {
      stores.erasures().removeSeats(some);
      some.forEach(no -> stores.changes().licenseChanged(no));
    }
    return Optional.of(erasure.at(Long.toString(some.getLast())));
  }
}
