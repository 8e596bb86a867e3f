package dev.licet.domain.validation;

import dev.licet.core.NotFoundReason;
import dev.licet.core.ValidationCode;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.activation.Seats;
import dev.licet.domain.audit.Origin;
import dev.licet.domain.event.Actor;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.notice.LimitNotices;
import dev.licet.domain.notice.LimitReached;
import dev.licet.domain.usage.Acknowledgement;
import dev.licet.domain.usage.Geography;
import dev.licet.domain.usage.JournalLane;
import dev.licet.domain.usage.MonthlyQuota;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.validation.Snapshots.Known;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Validates keys: reads the key, finds what is known of it, decides, takes seats, records.
 *
 * <p>A key that is known and needs no seat is decided on the caller's thread without blocking;
 * everything that asks the database goes to the executor for blocking work.
 */
public final class Validations {
  private static final System.Logger LOG = System.getLogger(Validations.class.getName());

  /** A seat that is taken from under a request is looked for so often. */
  private static final int MAX_ROUNDS = 4;

  private static final int MAX_RECORDED_DOMAIN = 256;

  private final Snapshots snapshots;
  private final Seats seats;
  private final DomainNames domainNames;
  private final MonthlyQuota quota;
  private final KeyLimits limits;
  private final LimitNotices notices;
  private final Origins origins;
  private final Executor blocking;
  private final InstantSource clock;

  public Validations(
      Snapshots snapshots,
      Seats seats,
      DomainNames domainNames,
      MonthlyQuota quota,
      KeyLimits limits,
      LimitNotices notices,
      Geography geography,
      Executor blocking,
      InstantSource clock) {
    this.snapshots = snapshots;
    this.seats = seats;
    this.domainNames = domainNames;
    this.quota = quota;
    this.limits = limits;
    this.notices = notices;
    this.origins = new Origins(geography);
    this.blocking = blocking;
    this.clock = clock;
  }

  /**
   * Validates, and replies once what was decided is recorded.
   *
   * @param lane where the record goes; {@code reply} is called on its executor, or at once on the
   *     caller's thread when nothing is to be recorded
   */
  public void validate(
      ValidationRequest request, JournalLane lane, Consumer<? super Answer> reply) {
    switch (TypedKey.read(request.key())) {
      case TypedKey.Unusable unusable ->
          reply.accept(limits.notFound(request.address(), NotFoundReason.MALFORMED, null));
      case TypedKey.Mistyped(var suggestion) ->
          reply.accept(
              limits.notFound(request.address(), NotFoundReason.CHECKSUM_MISMATCH, suggestion));
      case TypedKey.Usable key -> {
        DomainNames.Reading domain =
            request.domain() == null ? null : domainNames.read(request.domain());
        new Attempt(request, key, domain, lane, reply).start();
      }
    }
  }

  /** One request on its way. */
  private final class Attempt implements Acknowledgement {
    private final ValidationRequest request;
    private final TypedKey.Usable key;
    private final DomainNames.@Nullable Reading domain;
    private final JournalLane lane;
    private final Consumer<? super Answer> reply;
    private @Nullable Answer answer;

    /** Whether what is known was not to be read again. */
    private boolean stale;

    /** The account in whose quota this request is counted; {@code null} while it is in none. */
    private @Nullable Long countedFor;

    Attempt(
        ValidationRequest request,
        TypedKey.Usable key,
        DomainNames.@Nullable Reading domain,
        JournalLane lane,
        Consumer<? super Answer> reply) {
      this.request = request;
      this.key = key;
      this.domain = domain;
      this.lane = lane;
      this.reply = reply;
    }

    void start() {
      Known known = snapshots.peek(key.canonical());
      if (known == null) {
        Answer throttled = limits.beforeLookup(request.address(), key, snapshots);
        if (throttled == null) {
          blocking.execute(this::ask);
        } else {
          reply(throttled);
        }
        return;
      }
      Verdict verdict = decideFirst(known, blocking);
      if (verdict instanceof Verdict.NeedsSeat) {
        try {
          blocking.execute(() -> takeSeats(verdict));
        } catch (RejectedExecutionException e) {
          giveBack();
          throw e;
        }
      } else if (verdict != null) {
        record(verdict);
      }
    }

    /** Decides about a key that the database must be asked for. */
    private void ask() {
      guarded(() -> {
        Verdict verdict = decideFirst(snapshots.load(key.canonical()), Runnable::run);
        if (verdict != null) {
          settle(verdict);
        }
      });
    }

    private void takeSeats(Verdict verdict) {
      guarded(() -> settle(verdict));
    }

    private void take(Verdict.NeedsSeat wanted) {
      new Origin(Actor.APPLICATION, request.address(), null)
          .during(() -> {
            seats.take(wanted.license().no(), seatedDomain(wanted), request.fingerprint());
            return true;
          });
    }

    /**
     * Decides, unless the key is unknown or asked for too often, which is answered at once, or the
     * database has to be asked for more of the quota.
     *
     * @param waiting runs what waits for the database
     */
    private @Nullable Verdict decideFirst(Known known, Executor waiting) {
      long now = clock.millis();
      if (!(known instanceof Known.Licensed licensed) || !licensed.opensAt(now)) {
        reply(limits.unknown(request.address(), key));
        return null;
      }
      Answer throttled = limits.known(licensed);
      if (throttled != null) {
        reply(throttled);
        return null;
      }
      LicenseSnapshot license = licensed.license();
      if (!license.isMetered()) {
        return decide(licensed, now);
      }
      return switch (quota.admit(license.accountNo(), license.monthlyQuota())) {
        case ADMITTED -> decideMetered(licensed, true);
        case REFUSED -> decideMetered(licensed, false);
        case UNKNOWN -> {
          waiting.execute(() -> askQuota(licensed));
          yield null;
        }
      };
    }

    private void askQuota(Known.Licensed licensed) {
      LicenseSnapshot license = licensed.license();
      guarded(() ->
          settle(
              decideMetered(
                  licensed, quota.admitWaiting(license.accountNo(), license.monthlyQuota()))));
    }

    private Verdict decideMetered(Known.Licensed licensed, boolean admitted) {
      if (!admitted) {
        stale = licensed.stale();
        return new Verdict.Refused(licensed.license(), name(), ValidationCode.QUOTA_EXCEEDED);
      }
      countedFor = licensed.license().accountNo();
      return decide(licensed, clock.millis());
    }

    private @Nullable String name() {
      return domain instanceof DomainNames.Reading.Name read ? read.canonical() : null;
    }

    private Verdict decide(Known.Licensed licensed, long nowMillis) {
      stale = licensed.stale();
      return Validator.decide(licensed.license(), request, domain, nowMillis, !stale);
    }

    /** Takes the seats that are wanted until the database's word is known. */
    private void settle(Verdict first) {
      Verdict verdict = first;
      for (int round = 0; verdict instanceof Verdict.NeedsSeat wanted; round++) {
        if (round == MAX_ROUNDS) {
          replyUnrecorded(new Answer.Unavailable());
          return;
        }
        long now = clock.millis(); // a lease that is taken after this is long enough
        take(wanted);
        if (!(snapshots.reload(key.canonical()) instanceof Known.Licensed licensed)) {
          replyUnrecorded(limits.notFound(request.address(), NotFoundReason.UNKNOWN, null));
          return;
        }
        verdict = decide(licensed, now);
      }
      record(verdict);
    }

    private @Nullable String seatedDomain(Verdict.NeedsSeat wanted) {
      boolean seatless = domain instanceof DomainNames.Reading.Name name && name.seatless();
      return seatless && !wanted.license().localDomainsTakeSeats() ? null : wanted.domain();
    }

    private void record(Verdict verdict) {
      long now = clock.millis();
      UsageEvent event;
      switch (verdict) {
        case Verdict.Valid valid -> {
          answer = new Answer.Valid(valid.license(), valid.domain(), now, stale);
          event = event(valid, Outcome.VALID, now, valid.domainSeat(), valid.deviceSeat());
        }
        case Verdict.Refused refused -> {
          answer = new Answer.Refused(refused, now, stale);
          noticeLimit(refused);
          event = event(refused, Outcome.of(refused.code()), now, 0, 0);
        }
        case Verdict.NeedsSeat wanted -> throw new IllegalStateException("not settled");
      }
      if (!lane.submit(verdict.license().accountNo(), event, this)) {
        replyUnrecorded(new Answer.Unavailable());
      }
    }

    private void noticeLimit(Verdict.Refused refused) {
      if (refused.code() == ValidationCode.DOMAIN_LIMIT_REACHED) {
        notices.reached(LimitReached.seats(refused.license().no(), SeatKind.DOMAIN));
      } else if (refused.code() == ValidationCode.DEVICE_LIMIT_REACHED) {
        notices.reached(LimitReached.seats(refused.license().no(), SeatKind.DEVICE));
      }
    }

    private UsageEvent event(
        Verdict verdict, Outcome outcome, long now, long domainSeat, long deviceSeat) {
      LicenseSnapshot license = verdict.license();
      return new UsageEvent(
          license.no(),
          new UsageGroup(
              license.accountNo(), license.live(), license.planNo(), license.productNo()),
          now,
          outcome,
          verdict.domain() == null ? typedDomain() : verdict.domain(),
          request.fingerprint(),
          origins.of(request, verdict.license().addressForm()),
          domainSeat,
          deviceSeat);
    }

    private @Nullable String typedDomain() {
      String typed = request.domain();
      if (typed == null || typed.length() <= MAX_RECORDED_DOMAIN) {
        return typed;
      }
      boolean splitsPair = Character.isHighSurrogate(typed.charAt(MAX_RECORDED_DOMAIN - 1));
      return typed.substring(0, splitsPair ? MAX_RECORDED_DOMAIN - 1 : MAX_RECORDED_DOMAIN);
    }

    @Override
    public void committed() {
      reply.accept(answer == null ? new Answer.Unavailable() : answer);
    }

    @Override
    public void failed() {
      if (countedFor != null) {
        quota.forget(countedFor);
      }
      reply.accept(new Answer.Unavailable());
    }

    private void replyUnrecorded(Answer given) {
      giveBack();
      reply(given);
    }

    private void giveBack() {
      if (countedFor != null) {
        quota.giveBack(countedFor);
      }
    }

    private void reply(Answer given) {
      lane.execute(() -> reply.accept(given));
    }

    private void guarded(Runnable work) {
      try {
        work.run();
      } catch (StoreUnavailableException e) {
        LOG.log(Level.WARNING, "a validation waits for the database: {0}", e.getMessage());
        replyUnrecorded(new Answer.Unavailable());
      } catch (RuntimeException e) {
        LOG.log(Level.ERROR, "a validation failed", e);
        replyUnrecorded(new Answer.Unavailable());
      }
    }
  }
}
