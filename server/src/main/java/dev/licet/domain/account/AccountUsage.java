package dev.licet.domain.account;

import java.time.YearMonth;

/**
 * What an account uses of its quota.
 *
 * @param licenses live ones that count
 * @param testLicenses those in test mode that would
 * @param month the calendar month of the validations, UTC
 * @param validations recorded in it
 */
public record AccountUsage(long licenses, long testLicenses, YearMonth month, long validations) {}
