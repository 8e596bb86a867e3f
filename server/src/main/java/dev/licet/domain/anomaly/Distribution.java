package dev.licet.domain.anomaly;

import dev.licet.domain.anomaly.Finding.Excess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a measure is spread over an account's licences: how many have each value, and which have the
 * largest. Of different values there are few: {@code n} of them need {@code n * n / 2} rows.
 */
final class Distribution {
  private static final double QUARTER = 0.25;
  private static final double HALF = 0.5;

  /** Tukey's outer fence is so many times the middle half's width away from it. */
  private static final int FAR_OUT = 3;

  private final Measure measure;
  private final TreeMap<Long, Long> licenses = new TreeMap<>();
  private final Extremes<Long> candidates;
  private long total;

  /**
   * @param most how many licences it tells at most, those with the largest values
   */
  Distribution(Measure measure, int most) {
    this.measure = measure;
    this.candidates = new Extremes<>(most);
  }

  void add(long licenseNo, long value) {
    tally(value, 1);
    if (value >= measure.minimum()) {
      candidates.add(licenseNo, (double) value, value);
    }
  }

  /** Adds licences that have none. */
  void addNone(long number) {
    if (number > 0) {
      tally(0, number);
    }
  }

  private void tally(long value, long number) {
    licenses.merge(value, number, Long::sum);
    total += number;
  }

  /** Licences that have been added, those without any among them. */
  long total() {
    return total;
  }

  /** The licences that are far out, the farthest first. */
  Map<Long, Excess> farOut() {
    long usual = quantile(HALF);
    long lower = quantile(QUARTER);
    long upper = quantile(1 - QUARTER);
    long fence = upper + FAR_OUT * (upper - lower);
    Map<Long, Excess> farOut = new LinkedHashMap<>();
    candidates.all().stream()
        .filter(candidate -> candidate.value() > fence)
        .forEach(candidate ->
            farOut.put(
                candidate.licenseNo(), new Excess(measure, candidate.value(), usual, fence)));
    return farOut;
  }

  /** The least value that so many licences do not exceed (nearest rank). */
  private long quantile(double part) {
    long rank = (long) Math.ceil(part * total);
    long passed = 0;
    for (Map.Entry<Long, Long> entry : licenses.entrySet()) {
      passed += entry.getValue();
      if (passed >= rank) {
        return entry.getKey();
      }
    }
    return 0;
  }
}
