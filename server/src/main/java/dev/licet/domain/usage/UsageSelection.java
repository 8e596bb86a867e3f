package dev.licet.domain.usage;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which sums of use to read.
 *
 * @param licenseNo of one licence; {@code null} for all of the tenant's
 * @param by what to tell apart, without times
 * @param resolution how finely times are told apart
 * @param from at or after this quarter of an hour
 * @param to before this quarter of an hour
 */
public record UsageSelection(
    Tenant tenant,
    @Nullable Long licenseNo,
    List<UsageDimension> by,
    Resolution resolution,
    Instant from,
    Instant to) {
  /** The length of what counts are given for. */
  public enum Resolution {
    /** The whole time at once. */
    NONE,
    /** Days of UTC. */
    DAY,
    QUARTER_HOUR
  }

  /** Hears of groups. */
  public interface Groups {
    /**
     * All uses of a group, which comes once.
     *
     * @param values as {@link Use#add} has them
     */
    void add(List<@Nullable Object> values, long valid, long refused);
  }

  /** Hears of counts. */
  public interface Use {
    /**
     * Some uses.
     *
     * @param atMillis a moment of the time to which they belong, as finely as was asked
     * @param values by what was asked to tell apart: names of domains and devices, numbers of all
     *     else; {@code null} for none
     */
    void add(long atMillis, List<@Nullable Object> values, boolean valid, long count);
  }
}
