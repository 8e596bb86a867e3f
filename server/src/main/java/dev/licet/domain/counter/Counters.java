package dev.licet.domain.counter;

import dev.licet.core.ConsumptionCode;
import dev.licet.domain.Caller;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.counter.Consumption.Consumed;
import dev.licet.domain.counter.Consumption.Refused;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.notice.LimitNotices;
import dev.licet.domain.notice.LimitReached;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Uses counted entitlements up. The licence is locked meanwhile, so that its status holds; the
 * limit is part of the statement that counts.
 */
public final class Counters {
  /** How long a consumption is known by its idempotency key. */
  private static final Duration RECEIPTS_KEPT = Duration.ofHours(24);

  private final Transactions transactions;
  private final LimitNotices notices;
  private final Ids ids;
  private final InstantSource clock;

  public Counters(Transactions transactions, LimitNotices notices, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.notices = notices;
    this.ids = ids;
    this.clock = clock;
  }

  /** Where an application calls from. */
  private record CallFrom(@Nullable String address) {}

  /**
   * What is to be used up.
   *
   * @param amount units, at least 1
   * @param idempotencyKey when the licence consumed under it within 24 hours, that is answered
   *     again; {@code null} for none
   */
  public record Wanted(String name, long amount, @Nullable String idempotencyKey) {}

  /**
   * Consumes on behalf of the vendor.
   *
   * @throws FailureException when there is no such licence, or the idempotency key stands for
   *     another consumption
   */
  public Consumption consume(Caller caller, String licenseId, Wanted wanted) {
    Instant now = now();
    return transactions.write(stores -> {
      License license = lock(stores, caller, licenseId);
      Consumption consumption = consume(stores, license, wanted, null, now);
      if (consumption instanceof Consumed consumed) {
        Tenant tenant = license.tenant();
        stores
            .audit()
            .append(
                new AuditRecord(
                    tenant.accountNo(),
                    tenant.live(),
                    "counter.consumed",
                    license.id(),
                    null,
                    consumed,
                    null));
      }
      return consumption;
    });
  }

  /**
   * Consumes on behalf of an application. Its first consumption is a first use, as a first
   * validation is.
   *
   * @param address where the application calls from, in text form
   * @return empty when no key opens a licence
   * @throws FailureException when the idempotency key stands for another consumption
   */
  public Optional<Consumption> consume(byte[] keyLookup, Wanted wanted, @Nullable String address) {
    Instant now = now();
    return transactions.write(stores ->
        stores
            .licenses()
            .findByKey(keyLookup, now)
            .flatMap(license -> stores.licenses().lock(license.no()))
            .map(license -> {
              Consumption consumption =
                  isOpen(stores, license)
                      ? consume(stores, license, wanted, new CallFrom(address), now)
                      : new Refused(ConsumptionCode.LICENSE_SUSPENDED, wanted.name(), null);
              if (consumption instanceof Consumed && license.term().firstValidatedAt() == null) {
                start(stores, license, now);
              }
              return consumption;
            }));
  }

  /**
   * Starts a counter again from zero.
   *
   * @throws FailureException when there is no such licence or counter, or the licence is revoked
   */
  public CounterState reset(Caller caller, String licenseId, String name) {
    Instant now = now();
    return transactions.write(stores -> {
      License license = lock(stores, caller, licenseId);
      CounterRule rule = license.counters().get(name);
      if (rule == null) {
        throw FailureException.notFound("counter");
      }
      if (license.storedStatus() == LicenseStatus.REVOKED) {
        throw FailureException.conflict(
            Code.LICENSE_REVOKED, "The license is revoked, which is final.");
      }
      CounterUse before = stores.counters().find(license.no(), name);
      CounterUse after = new CounterUse(Math.max(before.period(), rule.reset().period(now)), 0);
      if (rule.at(before, now).used() > 0) {
        stores.counters().put(license.no(), name, after);
        announce(stores, EventType.COUNTER_RESET, license, name, caller.actor(), now);
      }
      return rule.at(after, now);
    });
  }

  /**
   * @param origin of an application's call; {@code null} when the vendor consumes
   */
  private Consumption consume(
      Stores stores, License license, Wanted wanted, @Nullable CallFrom origin, Instant now) {
    String idempotencyKey = wanted.idempotencyKey();
    if (idempotencyKey != null) {
      stores.counters().forgetReceipts(license.no(), now.minus(RECEIPTS_KEPT));
      Optional<Receipt> earlier = stores.counters().receipt(license.no(), idempotencyKey);
      if (earlier.isPresent()) {
        return again(earlier.get().consumed(), wanted);
      }
    }
    ConsumptionCode closed = closed(license, origin, now);
    CounterRule rule = license.counters().get(wanted.name());
    if (closed != null || rule == null) {
      ConsumptionCode code = closed == null ? ConsumptionCode.ENTITLEMENT_NOT_GRANTED : closed;
      return new Refused(code, wanted.name(), null);
    }
    CounterUse use = new CounterUse(rule.reset().period(now), wanted.amount());
    Optional<CounterUse> after =
        stores.counters().add(license.no(), wanted.name(), use, rule.bound());
    if (after.isEmpty()) {
      notices.reached(LimitReached.counter(license.no(), wanted.name()));
      CounterUse present = stores.counters().find(license.no(), wanted.name());
      return new Refused(
          ConsumptionCode.ENTITLEMENT_EXHAUSTED, wanted.name(), rule.at(present, now));
    }
    Consumed consumed = new Consumed(wanted.name(), wanted.amount(), rule.at(after.get(), now));
    if (idempotencyKey != null) {
      stores.counters().insert(new Receipt(license.no(), idempotencyKey, consumed, now));
    }
    return consumed;
  }

  private static Consumed again(Consumed earlier, Wanted wanted) {
    if (!earlier.name().equals(wanted.name()) || earlier.amount() != wanted.amount()) {
      throw FailureException.conflict(
          Code.IDEMPOTENCY_KEY_REUSED,
          "The idempotency key stands for a consumption of %d of %s."
              .formatted(earlier.amount(), earlier.name()));
    }
    return earlier;
  }

  private static @Nullable ConsumptionCode closed(
      License license, @Nullable CallFrom origin, Instant now) {
    if (!license.isUsableAt(now)) {
      return switch (license.storedStatus()) {
        case REVOKED -> ConsumptionCode.LICENSE_REVOKED;
        case SUSPENDED -> ConsumptionCode.LICENSE_SUSPENDED;
        case EXPIRED, ACTIVE -> ConsumptionCode.LICENSE_EXPIRED;
      };
    }
    return origin == null || license.policy().admits(origin.address())
        ? null
        : ConsumptionCode.IP_NOT_ALLOWED;
  }

  /** While an account is suspended, its licences are: so validations are answered too. */
  private static boolean isOpen(Stores stores, License license) {
    return stores
        .accounts()
        .find(license.tenant().accountNo())
        .filter(account -> account.status() == AccountStatus.ACTIVE)
        .isPresent();
  }

  private void start(Stores stores, License license, Instant now) {
    License after = license.with(license.term().startedAt(now)).changedAt(now);
    stores.licenses().update(after);
    stores.changes().licenseChanged(after.no());
    announce(stores, EventType.LICENSE_ACTIVATED, after, null, Actor.APPLICATION, now);
  }

  private void announce(
      Stores stores,
      EventType type,
      License license,
      @Nullable String reason,
      Actor actor,
      Instant now) {
    stores
        .outbox()
        .append(new Event(ids.next(Ids.EVENT), type, now, license, license, null, reason, actor));
  }

  private static License lock(Stores stores, Caller caller, String licenseId) {
    return stores
        .licenses()
        .lock(caller.tenant(), licenseId)
        .orElseThrow(() -> FailureException.notFound("license"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
