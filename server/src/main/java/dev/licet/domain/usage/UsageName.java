package dev.licet.domain.usage;

import java.util.Comparator;

/**
 * The name of a domain or a device, and the number that stands for it where use of a licence is
 * counted.
 *
 * @param month in which it was seen, as a {@link MonthlyUse#number}
 */
public record UsageName(
    long licenseNo, long accountNo, Kind kind, long hash, String value, int month)
    implements Comparable<UsageName> {
  private static final Comparator<UsageName> ORDER =
      Comparator.comparingLong(UsageName::licenseNo)
          .thenComparing(UsageName::kind)
          .thenComparingLong(UsageName::hash)
          .thenComparingInt(UsageName::month)
          .thenComparing(UsageName::value);

  /** What it is the name of. The numbers are stored. */
  public enum Kind {
    DOMAIN(0),
    DEVICE(1);

    private final int number;

    Kind(int number) {
      this.number = number;
    }

    /** What stands in the database. */
    public int number() {
      return number;
    }
  }

  @Override
  public int compareTo(UsageName other) {
    return ORDER.compare(this, other);
  }
}
