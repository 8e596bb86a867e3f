package dev.licet.domain.sla;

import dev.licet.domain.sla.Latencies.Percentiles;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well the installation served, over some days.
 *
 * @param from when the first day began
 * @param days the newest last
 */
public record SlaReport(Instant from, Instant to, Level total, List<Day> days) {
  /** One day, UTC. */
  public record Day(LocalDate date, Level level) {}

  /**
   * How well it served in a time.
   *
   * @param expected checks that there should have been: one in each ten seconds
   * @param passed those of them that at least one node passed
   * @param failed checks of all nodes that were not passed
   * @param errors validations that got no answer because of a fault
   * @param answered those that got one
   * @param latency {@code null} when there was none
   */
  public record Level(
      long expected,
      long passed,
      long failed,
      long errors,
      long answered,
      @Nullable Percentiles latency) {
    /** The part of the time in which a node could serve; {@code null} when nothing was expected. */
    public @Nullable Double availability() {
      return expected == 0 ? null : (double) passed / expected;
    }

    /** The part of the validations that got no answer; {@code null} when there was none. */
    public @Nullable Double errorRate() {
      return errors + answered == 0 ? null : (double) errors / (errors + answered);
    }
  }
}
