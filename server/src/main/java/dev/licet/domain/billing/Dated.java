package dev.licet.domain.billing;

import java.time.Instant;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * A fact with the provider's time of it. Of two the later one counts; of two of the same moment the
 * one that comes last in an order that does not depend on which came first.
 */
public record Dated<T>(Instant at, T value) {
  static <T> Dated<T> later(
      @Nullable Dated<T> one, Dated<T> other, Comparator<? super T> atTheSameMoment) {
    if (one == null) {
      return other;
    }
    int order = one.at.compareTo(other.at);
    if (order == 0) {
      order = atTheSameMoment.compare(one.value, other.value);
    }
    return order >= 0 ? one : other;
  }

  /** As the others, where either may be unknown. */
  static <T> @Nullable Dated<T> laterOrNull(
      @Nullable Dated<T> one, @Nullable Dated<T> other, Comparator<? super T> atTheSameMoment) {
    return other == null ? one : later(one, other, atTheSameMoment);
  }
}
