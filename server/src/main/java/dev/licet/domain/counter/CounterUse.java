package dev.licet.domain.counter;

/**
 * How much was used, as it was last written.
 *
 * @param period the {@link CounterReset#period} that it counts for; a later one starts from zero
 * @param used units
 */
public record CounterUse(long period, long used) {
  /** Nothing was ever used. */
  public static final CounterUse NONE = new CounterUse(0, 0);
}
