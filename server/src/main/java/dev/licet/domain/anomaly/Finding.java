package dev.licet.domain.anomaly;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something about a licence's use that points to sharing, with the figures that make it so. */
public sealed interface Finding {
  /** By names of the API: texts and numbers. */
  Map<String, @Nullable Object> figures();

  /** How far beyond what is usual or possible it is; more than 1. */
  double extremity();

  /**
   * More of something than the account's other licences have.
   *
   * @param usual the median of these
   * @param fence beyond which it is far out: Tukey's outer fence of these
   */
  record Excess(Measure measure, long value, long usual, long fence) implements Finding {
    @Override
    public Map<String, @Nullable Object> figures() {
      Map<String, @Nullable Object> figures = new LinkedHashMap<>();
      figures.put("kind", measure.text());
      figures.put("value", value);
      figures.put("usual", usual);
      figures.put("fence", fence);
      return figures;
    }

    @Override
    public double extremity() {
      return (double) value / Math.max(1, fence);
    }
  }

  /**
   * A device in two countries within a time in which nobody gets from one to the other.
   *
   * @param at the hour in which it was seen in the second one
   * @param hours at most that passed in between
   * @param kilometers at least that lie in between
   */
  record Travel(String from, String to, Instant at, long hours, long kilometers)
      implements Finding {
    @Override
    public Map<String, @Nullable Object> figures() {
      Map<String, @Nullable Object> figures = new LinkedHashMap<>();
      figures.put("kind", "impossible_travel");
      figures.put("from", from);
      figures.put("to", to);
      figures.put("at", at.toString());
      figures.put("hours", hours);
      figures.put("kilometers", kilometers);
      return figures;
    }

    @Override
    public double extremity() {
      return (double) kilometers / hours / Journey.FASTEST;
    }
  }
}
