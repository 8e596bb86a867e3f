package dev.licet.domain.validation;

import dev.licet.domain.license.LicenseStatus;
import java.util.List;

/**
 * All that a validation needs to know of a licence, as of one moment. Times are milliseconds since
 * the epoch, {@link #NEVER} for none.
 *
 * @param no the licence's number inside the database
 * @param id {@code lic_...}
 * @param live whether it is of live mode, or of test mode
 * @param monthlyQuota validations that its account may have in a month before they are refused;
 *     {@link #NEVER} for no limit
 * @param status as stored, or suspended while its account is; the clock decides about expiry
 * @param maxDomains {@link #UNLIMITED} for no limit
 * @param maxDevices {@link #UNLIMITED} for no limit
 * @param localDomainsTakeSeats whether {@code localhost} and the like count as other domains do
 * @param validatedBefore whether it was ever found valid; the first time is written down
 * @param keyRetiresAt when the key by which it was found stops opening it
 */
public record LicenseSnapshot(
    long no,
    String id,
    long accountNo,
    boolean live,
    long monthlyQuota,
    long planNo,
    String plan,
    List<String> features,
    LicenseStatus status,
    long expiresAt,
    int maxDomains,
    int maxDevices,
    boolean localDomainsTakeSeats,
    boolean validatedBefore,
    long keyRetiresAt,
    SeatTable domains,
    SeatTable devices) {
  public static final long NEVER = Long.MAX_VALUE;
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /** The status at a moment: an active licence whose time is over is expired. */
  public LicenseStatus statusAt(long nowMillis) {
    return status == LicenseStatus.ACTIVE && nowMillis >= expiresAt
        ? LicenseStatus.EXPIRED
        : status;
  }

  /** Whether its account's validations are counted before they are answered. */
  public boolean isMetered() {
    return monthlyQuota != NEVER;
  }

  /** Bytes that it takes in memory, roughly; what it shares with others does not count. */
  public int weight() {
    return 224 + domains.weight() + devices.weight();
  }
}
