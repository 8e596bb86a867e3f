package dev.licet.domain.idempotency;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Lets a request that is sent several times have one effect. The effect and the answer are one
 * transaction: after a crash there are both or none.
 */
public final class Idempotency {
  /** How long an answer is given again. */
  public static final Duration KEPT = Duration.ofHours(24);

  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final long PAUSE_MILLIS = 10;

  private final Transactions transactions;
  private final InstantSource clock;

  public Idempotency(Transactions transactions, InstantSource clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  /** What becomes of a request. */
  public sealed interface Outcome {
    /**
     * It is answered.
     *
     * @param replayed whether the answer is that of an earlier request
     */
    record Answered(KeptAnswer answer, boolean replayed) implements Outcome {}

    /** The same request is being handled and did not end within two seconds. */
    record InProgress() implements Outcome {}

    /** Another request had its key before. */
    record Reused() implements Outcome {}
  }

  /**
   * Does {@code work}, unless it was done for this request before.
   *
   * @param work may run several times, of which one counts; its transactions are joined
   * @param kept which answers are given again; what led to others may be tried again
   */
  public Outcome once(RequestId request, Supplier<KeptAnswer> work, Predicate<KeptAnswer> kept) {
    long start = System.nanoTime();
    while (true) {
      Outcome outcome = transactions.joined(stores -> attempt(stores, request, work, kept));
      boolean patient = System.nanoTime() - start < PATIENCE_NANOS;
      if (!(outcome instanceof Outcome.InProgress) || !patient) {
        return outcome;
      }
      pause();
    }
  }

  private Outcome attempt(
      Stores stores, RequestId request, Supplier<KeptAnswer> work, Predicate<KeptAnswer> kept) {
    if (!stores.answers().claim(request)) {
      return new Outcome.InProgress();
    }
    Instant now = clock.instant();
    Optional<AnswerStore.Kept> earlier = stores.answers().find(request, now);
    if (earlier.isPresent()) {
      return MessageDigest.isEqual(earlier.get().fingerprint(), request.fingerprint())
          ? new Outcome.Answered(earlier.get().answer(), true)
          : new Outcome.Reused();
    }
    KeptAnswer answer = work.get();
    if (kept.test(answer)) {
      stores.answers().keep(request, answer, now.plus(KEPT));
    }
    return new Outcome.Answered(answer, false);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreUnavailableException("interrupted while waiting for the same request", e);
    }
  }
}
