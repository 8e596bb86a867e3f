package dev.licet.domain.usage;

import java.util.Comparator;

/**
 * A network from which a licence was found valid on a day.
 *
 * @param day of UTC since the epoch
 * @param network the number of the network (autonomous system), or one below 0 that stands for the
 *     beginning of an address
 */
public record UsageNetwork(long licenseNo, long day, long accountNo, boolean live, long network)
    implements Comparable<UsageNetwork> {
  private static final Comparator<UsageNetwork> ORDER =
      Comparator.comparingLong(UsageNetwork::licenseNo)
          .thenComparingLong(UsageNetwork::day)
          .thenComparingLong(UsageNetwork::accountNo)
          .thenComparing(UsageNetwork::live)
          .thenComparingLong(UsageNetwork::network);

  @Override
  public int compareTo(UsageNetwork other) {
    return ORDER.compare(this, other);
  }
}
