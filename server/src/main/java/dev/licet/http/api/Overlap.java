package dev.licet.http.api;

import dev.licet.domain.IsoDuration;
import dev.licet.http.Fields.Shape;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long the old key stays good beside a new one.
 *
 * @param duration at most 90 days; {@code null} is not at all
 */
record Overlap(@Nullable IsoDuration duration) {
  static final Shape<Overlap> SHAPE =
      new Shape<>(Overlap::read, "must be 0 to 90 days, such as PT24H");

  private static final Duration MAX = Duration.ofDays(90);

  /** From here months are longest: it is the first of two with 31 days, as many as ever follow. */
  private static final Instant LONGEST_MONTHS = Instant.parse("1970-07-01T00:00:00Z");

  private static final int MAX_TEXT = 64;

  /** What stands for no overlap at all, which {@link IsoDuration} does not know. */
  private static final String NONE = "P(?=0|T0)(0+[YMWD])*(T(0+[HMS])+)?";

  private static Optional<Overlap> read(String text) {
    if (text.length() <= MAX_TEXT && text.matches(NONE)) {
      return Optional.of(new Overlap(null));
    }
    return IsoDuration.read(text)
        .filter(read -> !read.after(LONGEST_MONTHS).isAfter(LONGEST_MONTHS.plus(MAX)))
        .map(Overlap::new);
  }
}
