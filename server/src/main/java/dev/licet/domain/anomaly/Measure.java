package dev.licet.domain.anomaly;

import java.util.Locale;

/** What is counted of each licence and compared with the account's other licences. */
public enum Measure {
  /** Countries in which it was found valid. */
  COUNTRIES(4),
  /** Devices on which it was found valid. */
  DEVICES(5),
  /** Networks from which it was found valid. */
  NETWORKS(10),
  /** Seats that were given up, other than by the end of a lease. */
  SEATS_GIVEN_UP(5);

  private final int minimum;

  Measure(int minimum) {
    this.minimum = minimum;
  }

  /** How many are never suspicious, short of this. */
  public int minimum() {
    return minimum;
  }

  /** As the API writes it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
