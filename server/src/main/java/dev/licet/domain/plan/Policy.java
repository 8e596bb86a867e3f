package dev.licet.domain.plan;

import dev.licet.domain.AddressBlocks;
import dev.licet.domain.SemanticVersion;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a licence is under: its own, else its plan's, else those that everyone has. Read
 * once and then only looked at.
 *
 * @param addresses where validations may come from; empty for anywhere
 * @param limits numbers for the application to keep to, in the order of their names
 */
public record Policy(
    boolean trial,
    int graceDays,
    SeatRelease seatRelease,
    int deviceLeaseMinutes,
    boolean requireDomain,
    boolean requireFingerprint,
    AddressBlocks addresses,
    @Nullable SemanticVersion minVersion,
    @Nullable SemanticVersion maxVersion,
    Map<String, Long> limits) {

  /** The policy of a licence: limits are put together by name, the rest one by one. */
  public static Policy of(Rules plan, Rules own) {
    List<String> addresses = first(own.ipAllowlist(), plan.ipAllowlist(), List.of());
    Map<String, Long> limits = new TreeMap<>(first(plan.limits(), null, Map.of()));
    limits.putAll(first(own.limits(), null, Map.of()));
    return new Policy(
        first(own.trial(), plan.trial(), false),
        first(own.graceDays(), plan.graceDays(), 0),
        first(own.seatRelease(), plan.seatRelease(), SeatRelease.FREE),
        first(own.deviceLeaseMinutes(), plan.deviceLeaseMinutes(), 0),
        first(own.requireDomain(), plan.requireDomain(), false),
        first(own.requireFingerprint(), plan.requireFingerprint(), false),
        addresses.isEmpty() ? AddressBlocks.NONE : AddressBlocks.of(addresses),
        own.minVersion() == null ? plan.minVersion() : own.minVersion(),
        own.maxVersion() == null ? plan.maxVersion() : own.maxVersion(),
        Collections.unmodifiableMap(limits));
  }

  /** Whether a version may be used; a request that names none may be of any. */
  public boolean covers(@Nullable SemanticVersion version) {
    if (minVersion == null && maxVersion == null) {
      return true;
    }
    return version != null
        && (minVersion == null || version.compare(minVersion) >= 0)
        && (maxVersion == null || version.compare(maxVersion) <= 0);
  }

  /** Whether validations may come from an address. */
  public boolean admits(@Nullable String address) {
    return addresses.isEmpty() || addresses.contains(address);
  }

  /** Whether device seats are leased rather than held for good. */
  public boolean leasesDevices() {
    return deviceLeaseMinutes > 0;
  }

  /** How long a device keeps its seat without validating, milliseconds; 0 for ever. */
  public long deviceLeaseMillis() {
    return deviceLeaseMinutes * 60_000L;
  }

  /** How long a licence is good beyond its end. */
  public Duration grace() {
    return Duration.ofDays(graceDays);
  }

  /** The rules that licences may have of their own, by the names that the API gives them. */
  public Map<String, @Nullable Object> fields() {
    Map<String, @Nullable Object> fields = new LinkedHashMap<>();
    fields.put("trial", trial);
    fields.put("expiry_strategy", graceDays == 0 ? "refuse" : "grace");
    fields.put("grace_days", graceDays == 0 ? null : graceDays);
    Map<String, @Nullable Object> release = new LinkedHashMap<>();
    release.put("by", seatRelease.by().text());
    release.put("per_week", seatRelease.perWeek());
    fields.put("seat_release", release);
    fields.put("require_domain", requireDomain);
    fields.put("require_fingerprint", requireFingerprint);
    fields.put("ip_allowlist", addresses.texts());
    fields.put("min_version", minVersion == null ? null : minVersion.toString());
    fields.put("max_version", maxVersion == null ? null : maxVersion.toString());
    fields.put("limits", limits);
    return fields;
  }

  private static <T> T first(@Nullable T own, @Nullable T plan, T everyones) {
    if (own != null) {
      return own;
    }
    return plan == null ? everyones : plan;
  }
}
