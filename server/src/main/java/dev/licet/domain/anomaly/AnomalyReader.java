package dev.licet.domain.anomaly;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;

/**
 * What is known of the use of licences, inside one transaction: as far as it is folded, which is
 * some seconds behind.
 */
public interface AnomalyReader {
  /** A time in days of UTC since the epoch, {@code endDay} not in it. */
  record Days(long first, long end) {}

  /** Some of a tenant's licences by their numbers, {@code end} not among them, over a time. */
  record Part(Tenant tenant, Days days, long first, long end) {}

  /** Hears of counts. */
  interface Counts {
    void add(long licenseNo, long count);
  }

  /** Hears of where devices of a licence were found valid. */
  interface Sightings {
    /** The same device was seen at all its hours in a row, the earliest first. */
    void add(long device, long hour, String country);
  }

  /** The numbers of accounts that are not deleted, above one, in rising order. */
  List<Long> accounts(long after, int limit);

  /** The least and the greatest number of licences that were used; empty when none were. */
  List<Long> ends(Tenant tenant, Days days);

  /** How many licences were found valid. */
  long active(Part part);

  /** Counts for each licence that has any; not those of {@link Measure#SEATS_GIVEN_UP}. */
  void count(Measure measure, Part part, Counts counts);

  /** Counts the seats that were given up, other than by the end of a lease. */
  void countSeatsGivenUp(Tenant tenant, Instant from, Counts counts);

  /** Licences of which a device was seen in several countries, at most so many of them. */
  List<Long> roaming(Part part, int limit);

  /** Shows the sightings of a licence's devices whose device and country are known. */
  void sightings(Tenant tenant, Days days, long licenseNo, Sightings sightings);
}
