package dev.licet.domain.anomaly;

import dev.licet.domain.anomaly.AnomalyReader.Sightings;
import dev.licet.domain.anomaly.Finding.Travel;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the devices of a licence from country to country, one after the other and by time, and
 * keeps the fastest way that nobody travels.
 */
final class Journey implements Sightings {
  /** Kilometers an hour: airliners are a little slower. */
  static final long FASTEST = 1_000;

  private final Map<String, Long> lastHours = new HashMap<>();
  private long device;
  private @Nullable Travel fastest;

  @Override
  public void add(long seenDevice, long hour, String country) {
    if (seenDevice != device) {
      device = seenDevice;
      lastHours.clear();
    }
    lastHours.forEach((from, at) -> travel(from, at, country, hour));
    lastHours.put(country, hour);
  }

  /** What lies within hours that are so far apart may be an hour more apart. */
  private void travel(String from, long fromHour, String to, long toHour) {
    long kilometers = Countries.apart(from, to);
    long hours = toHour - fromHour + 1;
    if (kilometers > FASTEST * hours) {
      Instant at = Instant.EPOCH.plus(Duration.ofHours(toHour));
      Travel travel = new Travel(from, to, at, hours, kilometers);
      if (fastest == null || travel.extremity() > fastest.extremity()) {
        fastest = travel;
      }
    }
  }

  /** {@code null} when all could be travelled. */
  @Nullable Travel fastest() {
    return fastest;
  }
}
