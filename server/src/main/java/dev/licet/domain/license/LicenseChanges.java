package dev.licet.domain.license;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.account.Quotas;
import dev.licet.domain.activation.Leases;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.plan.Plan;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Changes licences: each call locks one, looks at its version, writes the change, its events and
 * the change feed in one transaction. A call that changes nothing writes nothing.
 *
 * <p>All calls throw {@link FailureException} when the tenant has no licence of that id, when it
 * has another version than the caller expects, when it would begin to count and the account may
 * have no more, and, except {@link #revoke}, when it is revoked.
 */
public final class LicenseChanges {
  private final Transactions transactions;
  private final LicenseIssuer issuer;
  private final Quotas quotas;
  private final Ids ids;
  private final InstantSource clock;

  public LicenseChanges(
      Transactions transactions,
      LicenseIssuer issuer,
      Quotas quotas,
      Ids ids,
      InstantSource clock) {
    this.transactions = transactions;
    this.issuer = issuer;
    this.quotas = quotas;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Which licence a call is about.
   *
   * @param versions one of which the licence has to be at; {@code null} when any will do
   */
  public record Target(String id, @Nullable Set<Long> versions) {}

  /** Changes what is given. */
  public LicenseView update(Caller caller, Target target, LicenseUpdate update) {
    return change(caller, target, updating(caller, update));
  }

  /**
   * As {@link #update}, also of a licence that is revoked, and stays it: for what was so before it
   * was revoked, and became known late.
   */
  public LicenseView correct(Caller caller, Target target, LicenseUpdate update) {
    return changeAny(caller, target, updating(caller, update));
  }

  private static Step updating(Caller caller, LicenseUpdate update) {
    return (stores, before, now) -> {
      License after = withFields(stores, caller, before, update, now);
      List<EventType> events = new ArrayList<>();
      if (!after.equals(before)) {
        requireSeatsFit(stores, before, after, update.force(), now);
        Leases.licenseMoves(stores, before, after, now);
        events.add(EventType.LICENSE_UPDATED);
      }
      if (update.status() != null) {
        Changed changed = withStatus(after, update.status(), update.reason());
        after = changed.after();
        events.addAll(changed.events());
      }
      return new Changed(after, events, update.reason());
    };
  }

  /** Suspends a licence: it is refused until it is reinstated. */
  public LicenseView suspend(Caller caller, Target target, @Nullable String reason) {
    return setStatus(caller, target, LicenseStatus.SUSPENDED, reason);
  }

  /** Ends a suspension. */
  public LicenseView reinstate(Caller caller, Target target, @Nullable String reason) {
    return setStatus(caller, target, LicenseStatus.ACTIVE, reason);
  }

  /**
   * Takes a licence back for good. Revoking it again changes nothing, also when the versions are
   * those from before: who had no answer asks once more (RFC 9110, 13.1.1).
   */
  public LicenseView revoke(Caller caller, Target target, @Nullable String reason) {
    return changeAny(
        caller,
        new Target(target.id(), null),
        (stores, before, now) -> {
          if (before.storedStatus() == LicenseStatus.REVOKED) {
            return Changed.nothing(before);
          }
          requireVersion(before, target);
          return new Changed(
              before.with(LicenseStatus.REVOKED, reason),
              List.of(EventType.LICENSE_REVOKED),
              reason);
        });
  }

  /**
   * Moves the end of a licence.
   *
   * @param expiresAt the new end; {@code null} is never
   */
  public LicenseView renewUntil(Caller caller, Target target, @Nullable Instant expiresAt) {
    return change(
        caller,
        target,
        (stores, before, now) -> renewed(before, before.term().endingAt(expiresAt)));
  }

  /**
   * Adds to the later of now and the present end, or to the duration that the first validation is
   * still to start.
   *
   * @throws FailureException also when the licence never expires: it would be shortened
   */
  public LicenseView renewFor(Caller caller, Target target, IsoDuration duration) {
    return change(
        caller,
        target,
        (stores, before, now) -> renewed(before, longer(before.term(), duration, now)));
  }

  private static Term longer(Term before, IsoDuration duration, Instant now) {
    if (before.pending() != null) {
      return before.pendingFor(
          before.pending().plus(duration).orElseThrow(LicenseChanges::tooLong));
    }
    Instant end = before.expiresAt();
    if (end == null) {
      throw FailureException.conflict(
          Code.LICENSE_NEVER_EXPIRES,
          "The license never expires, so there is nothing to add to. Send expires_at to give it an"
              + " end.");
    }
    Instant after = duration.after(end.isBefore(now) ? now : end);
    if (after.isAfter(Term.LATEST_END)) {
      throw tooLong();
    }
    return before.endingAt(after);
  }

  private static FailureException tooLong() {
    return FailureException.invalid(
        "/duration",
        "must not lead beyond the year 9999, nor to more than 100 years from the first validation");
  }

  /**
   * Gives a licence a new key.
   *
   * @param overlap how long the old key still opens it; {@code null} is not at all
   */
  public LicenseView rotate(Caller caller, Target target, @Nullable IsoDuration overlap) {
    return change(
        caller,
        target,
        (stores, before, now) -> {
          Instant oldRetiresAt = overlap == null ? now : overlap.after(now);
          License after = before.withKey(issuer.newKey(before.product()));
          if (!stores.licenses().replaceKey(before, after.key(), oldRetiresAt)) {
            throw new IllegalStateException("a new key is taken: the random source is broken");
          }
          stores.changes().keyAdded(before.no());
          return new Changed(after, List.of(EventType.LICENSE_ROTATED), null);
        });
  }

  private LicenseView setStatus(
      Caller caller, Target target, LicenseStatus status, @Nullable String reason) {
    return change(caller, target, (stores, before, now) -> withStatus(before, status, reason));
  }

  /** A licence that has the status keeps it; being suspended for another reason is a change. */
  private static Changed withStatus(License before, LicenseStatus status, @Nullable String reason) {
    if (before.givenStatus() != status) {
      return new Changed(before.with(status, reason), List.of(statusEvent(status)), reason);
    }
    boolean otherReason =
        status == LicenseStatus.SUSPENDED
            && reason != null
            && !reason.equals(before.statusReason());
    return otherReason
        ? new Changed(before.with(status, reason), List.of(EventType.LICENSE_UPDATED), reason)
        : Changed.nothing(before);
  }

  private static Changed renewed(License before, Term term) {
    return new Changed(before.with(term), List.of(EventType.LICENSE_RENEWED), null);
  }

  private static EventType statusEvent(LicenseStatus status) {
    return status == LicenseStatus.SUSPENDED
        ? EventType.LICENSE_SUSPENDED
        : EventType.LICENSE_REINSTATED;
  }

  private static License withFields(
      Stores stores, Caller caller, License before, LicenseUpdate update, Instant now) {
    Plan plan = before.plan();
    if (update.plan().value() != null) {
      plan =
          stores
              .plans()
              .find(caller.tenant().accountNo(), update.plan().value())
              .orElseThrow(
                  () -> FailureException.invalid("/plan", "There is no plan of this name."));
    }
    Overrides own = before.overrides();
    Overrides overrides =
        new Overrides(
            newer(update.overrides().maxDomains(), own.maxDomains()),
            newer(update.overrides().maxDevices(), own.maxDevices()),
            newer(update.overrides().features(), own.features()),
            update.rules().applyTo(own.rules()));
    String email = update.customerEmail().value();
    Customer customer =
        new Customer(
            email == null ? before.customer().email() : email,
            update.customerName().or(before.customer().name()));
    var metadata = update.metadata().value();
    return before
        .with(plan, overrides, customer, metadata == null ? before.metadata() : metadata)
        .with(newTerm(before.term(), update, now));
  }

  private static Term newTerm(Term before, LicenseUpdate update, Instant now) {
    if (update.expiresAt().present()) {
      return before.endingAt(update.expiresAt().value());
    }
    if (!update.duration().present()) {
      return before;
    }
    IsoDuration duration = update.duration().value();
    if (duration == null) {
      return before.endingAt(null);
    }
    boolean notStarted =
        before.from() == ExpiresFrom.FIRST_VALIDATION && before.firstValidatedAt() == null;
    return notStarted ? before.pendingFor(duration) : before.endingAt(duration.after(now));
  }

  private static <T> Given<T> newer(Given<T> wanted, Given<T> own) {
    return wanted.present() ? wanted : own;
  }

  private static void requireSeatsFit(
      Stores stores, License before, License after, boolean force, Instant now) {
    if (!force) {
      requireSeatsFit(
          before.maxDomains(),
          after.maxDomains(),
          "domains",
          () -> stores.seats().count(before.no(), SeatKind.DOMAIN, now));
      requireSeatsFit(
          before.maxDevices(),
          after.maxDevices(),
          "devices",
          () -> stores.seats().count(before.no(), SeatKind.DEVICE, now));
    }
  }

  private static void requireSeatsFit(
      @Nullable Integer before, @Nullable Integer after, String what, IntSupplier inUse) {
    boolean changes = after != null && !after.equals(before);
    int used = changes ? inUse.getAsInt() : 0;
    if (after != null && used > after) {
      throw FailureException.conflict(
          Code.LIMIT_BELOW_USAGE,
          used
              + " "
              + what
              + " are in use, the new limit is "
              + after
              + ". Free seats first, or send \"force\": true to keep them and refuse new ones.");
    }
  }

  /** What a change made of a licence. */
  private record Changed(License after, List<EventType> events, @Nullable String reason) {
    static Changed nothing(License license) {
      return new Changed(license, List.of(), null);
    }
  }

  private interface Step {
    Changed apply(Stores stores, License before, Instant now);
  }

  private LicenseView change(Caller caller, Target target, Step step) {
    return changeAny(
        caller,
        target,
        (stores, before, now) -> {
          if (before.storedStatus() == LicenseStatus.REVOKED) {
            throw FailureException.conflict(
                Code.LICENSE_REVOKED, "The license is revoked, which is final.");
          }
          return step.apply(stores, before, now);
        });
  }

  private LicenseView changeAny(Caller caller, Target target, Step step) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    License written =
        transactions.write(stores -> {
          License before = lock(stores, caller, target);
          Changed changed = step.apply(stores, before, now);
          if (changed.events().isEmpty()) {
            return before;
          }
          License after = changed.after().changedAt(now);
          if (after.countsAt(now) && !before.countsAt(now)) {
            quotas.requireRoom(stores, caller.tenant(), 1, now);
          }
          stores.licenses().update(after);
          stores.changes().licenseChanged(after.no());
          for (EventType type : changed.events()) {
            stores
                .outbox()
                .append(
                    new Event(
                        ids.next(Ids.EVENT),
                        type,
                        now,
                        after,
                        before,
                        null,
                        changed.reason(),
                        caller.actor()));
          }
          return after;
        });
    return LicenseViews.read(transactions, written, now);
  }

  /** Finds a licence, keeps it locked, and refuses one that the caller has not seen as it is. */
  static License lock(Stores stores, Caller caller, Target target) {
    License license =
        stores
            .licenses()
            .lock(caller.tenant(), target.id())
            .orElseThrow(() -> FailureException.notFound("license"));
    requireVersion(license, target);
    return license;
  }

  private static void requireVersion(License license, Target target) {
    if (target.versions() != null && !target.versions().contains(license.version())) {
      throw new FailureException(
          new Failure.PreconditionFailed(
              "The license has changed since: it is at version " + license.version() + "."));
    }
  }
}
