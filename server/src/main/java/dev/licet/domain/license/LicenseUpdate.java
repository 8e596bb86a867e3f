package dev.licet.domain.license;

import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.plan.RuleChanges;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor wants to be different about a licence; what is absent stays.
 *
 * @param plan the name of a plan
 * @param overrides without rules, which {@code rules} changes
 * @param expiresAt not given together with {@code duration}
 * @param duration from now, or from the first validation where the licence counts from there
 * @param status {@link LicenseStatus#ACTIVE} or {@link LicenseStatus#SUSPENDED}
 * @param reason why the status changes
 * @param force whether a limit may fall below the seats in use
 */
public record LicenseUpdate(
    Given<String> plan,
    Overrides overrides,
    RuleChanges rules,
    Given<Instant> expiresAt,
    Given<IsoDuration> duration,
    Given<String> customerEmail,
    Given<String> customerName,
    Given<Map<String, String>> metadata,
    @Nullable LicenseStatus status,
    @Nullable String reason,
    boolean force) {}
