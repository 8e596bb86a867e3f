package dev.licet.domain;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that may not have been given, as distinct from one that was given as {@code null}.
 *
 * <p>A request field uses it (absent, {@code null}, a value), and so does a licence's own limit
 * over its plan's (not set, unlimited, a number).
 *
 * @param present whether anything was given
 * @param value what was given; {@code null} when nothing was
 */
public record Given<T>(boolean present, @Nullable T value) {
  private static final Given<?> ABSENT = new Given<>(false, null);

  public Given {
    if (!present && value != null) {
      throw new IllegalArgumentException("an absent value must be null");
    }
  }

  /** Nothing was given. */
  @SuppressWarnings("unchecked") // holds no value of any type
  public static <T> Given<T> absent() {
    return (Given<T>) ABSENT;
  }

  /** Something was given, perhaps {@code null}. */
  public static <T> Given<T> of(@Nullable T value) {
    return new Given<>(true, value);
  }

  /** What was given, or {@code fallback} when nothing was. */
  public @Nullable T or(@Nullable T fallback) {
    return present ? value : fallback;
  }

  /** The value that {@code change} makes of a given non-null one. */
  public <R> Given<R> map(Function<? super T, ? extends R> change) {
    return present ? new Given<>(true, value == null ? null : change.apply(value)) : absent();
  }
}
