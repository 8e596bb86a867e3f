package dev.licet.domain.validation;

import dev.licet.domain.account.AddressForm;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.Term;
import dev.licet.domain.plan.Policy;
import java.util.List;

/**
 * All that a validation needs to know of a licence, as of one moment. Times are milliseconds since
 * the epoch, {@link #NEVER} for none.
 *
 * @param no the licence's number inside the database
 * @param id {@code lic_...}
 * @param requireProduct whether a request must name the product
 * @param policy the rules that the licence is under
 * @param live whether it is of live mode, or of test mode
 * @param monthlyQuota validations that its account may have in a month before they are refused;
 *     {@link #NEVER} for no limit
 * @param addressForm what its account keeps of addresses
 * @param status as the vendor set it, or suspended while its account is; the clock decides about
 *     expiry
 * @param maxDomains {@link #UNLIMITED} for no limit
 * @param maxDevices {@link #UNLIMITED} for no limit
 * @param localDomainsTakeSeats whether {@code localhost} and the like count as other domains do
 * @param validatedBefore whether it was ever found valid; the first time is written down
 * @param keyRetiresAt when the key by which it was found stops opening it
 */
public record LicenseSnapshot(
    long no,
    String id,
    long productNo,
    String product,
    boolean requireProduct,
    long accountNo,
    boolean live,
    long monthlyQuota,
    AddressForm addressForm,
    long planNo,
    String plan,
    Policy policy,
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

  /** Whether it is past its end. */
  public boolean isExpiredAt(long nowMillis) {
    return nowMillis >= expiresAt;
  }

  /** Until when it is good beyond its end; {@link #NEVER} when it has no end or no such time. */
  public long graceUntil() {
    if (expiresAt == NEVER || policy.graceDays() == 0) {
      return NEVER;
    }
    return Math.min(expiresAt + policy.grace().toMillis(), Term.LATEST_END.toEpochMilli());
  }

  /** Whether it is past its end and good all the same. */
  public boolean isInGraceAt(long nowMillis) {
    return status == LicenseStatus.ACTIVE
        && nowMillis >= expiresAt
        && policy.graceDays() > 0
        && nowMillis < graceUntil();
  }

  /** Whether its account's validations are counted before they are answered. */
  public boolean isMetered() {
    return monthlyQuota != NEVER;
  }

  /** Bytes that it takes in memory, roughly; what it shares with others does not count. */
  public int weight() {
    return 248 + domains.weight() + devices.weight();
  }
}
