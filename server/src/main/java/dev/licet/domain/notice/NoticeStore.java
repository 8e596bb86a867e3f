package dev.licet.domain.notice;

import dev.licet.domain.event.EventType;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was told of limits and quotas, inside one transaction. Of several nodes that claim to tell
 * the same, one is let.
 */
public interface NoticeStore {
  /** When it was last told of a licence that a limit was reached. */
  Optional<Instant> toldAt(LimitReached limit);

  /**
   * Notes that it is told now.
   *
   * @param unlessAfter when it was told after this, it is not again
   * @return whether it is to be told
   */
  boolean claim(LimitReached limit, Instant unlessAfter, Instant now);

  /**
   * Notes that something is told of an account's quota.
   *
   * @param month {@code null} for a quota without months
   * @return whether it is to be told, since it was not yet
   */
  boolean claim(
      long accountNo, String quota, EventType type, @Nullable YearMonth month, Instant now);

  /** Whether it was told. */
  boolean isTold(long accountNo, String quota, EventType type);

  /** Lets all that was told of a quota without months be told again. */
  void release(long accountNo, String quota);

  /**
   * Accounts that have used a part of a month's validations, of which not all is told.
   *
   * @param percent how large a part
   */
  List<MonthlyUsed> used(YearMonth month, int percent);

  /** Forgets what was told of months before one. */
  void forget(YearMonth before);

  /**
   * What an account has used of a month.
   *
   * @param warned whether it was told that a part is used
   */
  record MonthlyUsed(long accountNo, long limit, long used, boolean warned) {}
}
