package dev.licet.domain.idempotency;

import java.time.Instant;
import java.util.Optional;

/** The answers that are given again, inside one transaction. */
public interface AnswerStore {
  /** An answer with the fingerprint of the request that it was given to. */
  record Kept(byte[] fingerprint, KeptAnswer answer) {}

  /**
   * Keeps others from handling the same request until the transaction ends.
   *
   * @return false when another transaction is at it
   */
  boolean claim(RequestId request);

  /** The answer that a request was given and that has not expired by {@code now}. */
  Optional<Kept> find(RequestId request, Instant now);

  /** Keeps an answer, in the place of one that has expired. */
  void keep(RequestId request, KeptAnswer answer, Instant expiresAt);

  /**
   * Deletes answers that have expired by {@code now}, at most so many.
   *
   * @return how many there were
   */
  int deleteExpired(Instant now, int limit);
}
