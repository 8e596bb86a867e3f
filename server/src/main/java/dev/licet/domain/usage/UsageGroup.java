package dev.licet.domain.usage;

/**
 * What a licence belonged to when it was validated, by the numbers of the database: use is counted
 * for the plan of that moment, also when the licence has another one later.
 *
 * @param live whether it is of live mode, or of test mode
 */
public record UsageGroup(long accountNo, boolean live, long planNo, long productNo) {
  /** Of events that were recorded before groups were. */
  public static final UsageGroup UNKNOWN = new UsageGroup(0, false, 0, 0);
}
