package dev.licet.domain.event;

import java.time.Instant;

/**
 * Tells the caches of all nodes what they must read again, inside the transaction that changes it.
 */
public interface ChangeFeed {
  /** The licence or one of its keys changed, or one of its seats was given up. */
  void licenseChanged(long licenseNo);

  /** A seat of the licence was taken, and nothing else changed. */
  void seatTaken(long licenseNo);

  /** A key came into use that may have been asked for before. */
  void keyAdded(long licenseNo);

  /** All licences on the plan may have changed. */
  void planChanged(long planNo);

  /** All licences for the product may have changed. */
  void productChanged(long productNo);

  /** The account, and with it all that its licences and API keys may do. */
  void accountChanged(long accountNo);

  void apiKeyChanged(long keyNo);

  /**
   * Forgets what every cache has read: what is from before a moment, but for the latest thousand.
   *
   * @return how many
   */
  int forget(Instant before, int limit);
}
