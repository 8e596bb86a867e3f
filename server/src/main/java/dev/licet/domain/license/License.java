package dev.licet.domain.license;

import dev.licet.domain.Tenant;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Policy;
import dev.licet.domain.product.Product;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A licence as it stands in the database.
 *
 * @param no its number inside the database
 * @param id {@code lic_...}
 * @param key the key that its holder types, in canonical form
 * @param product what it is for
 * @param plan the plan that it follows where {@code overrides} says nothing
 * @param storedStatus what was last set, or that the end of an active licence was announced; {@link
 *     #statusAt} looks at the clock
 * @param statusReason why it was suspended, reinstated or revoked
 * @param metadata at most 64 pairs of strings, kept for the vendor
 * @param version rises with every change; the entity tag
 */
public record License(
    long no,
    String id,
    Tenant tenant,
    String key,
    Product product,
    Plan plan,
    Overrides overrides,
    Customer customer,
    Map<String, String> metadata,
    LicenseStatus storedStatus,
    @Nullable String statusReason,
    Term term,
    long version,
    Instant createdAt,
    Instant updatedAt) {

  public License {
    metadata = Map.copyOf(metadata);
    if (storedStatus == LicenseStatus.ACTIVE || storedStatus == LicenseStatus.EXPIRED) {
      boolean ended = term.announced() != null && term.announced() == Term.ENDED;
      storedStatus = ended ? LicenseStatus.EXPIRED : LicenseStatus.ACTIVE;
    }
  }

  /** Seats for domains; {@code null} is unlimited. */
  public @Nullable Integer maxDomains() {
    return overrides.maxDomains().or(plan.maxDomains());
  }

  /** Seats for devices; {@code null} is unlimited. */
  public @Nullable Integer maxDevices() {
    return overrides.maxDevices().or(plan.maxDevices());
  }

  public List<String> features() {
    List<String> own = overrides.features().value();
    return own == null ? plan.features() : own;
  }

  /** What it may use up, by name: the plan's counters and, over them, its own. */
  public Map<String, CounterRule> counters() {
    Map<String, CounterRule> own = overrides.rules().counters();
    if (own == null || own.isEmpty()) {
      return plan.counters();
    }
    Map<String, CounterRule> all = new TreeMap<>(plan.counters());
    all.putAll(own);
    return all;
  }

  /** Its own rules over its plan's. */
  public Policy policy() {
    return Policy.of(plan.rules(), overrides.rules());
  }

  /** Whether its key may be used at a moment, be it in its days of grace. */
  public boolean isUsableAt(Instant now) {
    Instant end = term.expiresAt();
    return givenStatus() == LicenseStatus.ACTIVE
        && (end == null || now.isBefore(end.plus(policy().grace())));
  }

  /** What the vendor last set: active, suspended or revoked. */
  public LicenseStatus givenStatus() {
    return storedStatus == LicenseStatus.EXPIRED ? LicenseStatus.ACTIVE : storedStatus;
  }

  /**
   * The status at a moment: an active licence whose time is over is expired. The clock alone
   * decides that, so that an announcement made by a clock that was wrong ends nothing.
   */
  public LicenseStatus statusAt(Instant now) {
    return givenStatus() == LicenseStatus.ACTIVE && term.isOverAt(now)
        ? LicenseStatus.EXPIRED
        : givenStatus();
  }

  /** Whether it counts against its account's quota: not revoked and not over. */
  public boolean countsAt(Instant now) {
    return !term.isOverAt(now) && storedStatus != LicenseStatus.REVOKED;
  }

  public License with(LicenseStatus status, @Nullable String reason) {
    return new License(
        no, id, tenant, key, product, plan, overrides, customer, metadata, status, reason, term,
        version, createdAt, updatedAt);
  }

  public License with(Term newTerm) {
    return new License(
        no,
        id,
        tenant,
        key,
        product,
        plan,
        overrides,
        customer,
        metadata,
        storedStatus,
        statusReason,
        newTerm,
        version,
        createdAt,
        updatedAt);
  }

  public License with(
      Plan newPlan, Overrides newOverrides, Customer newCustomer, Map<String, String> newMetadata) {
    return new License(
        no,
        id,
        tenant,
        key,
        product,
        newPlan,
        newOverrides,
        newCustomer,
        newMetadata,
        storedStatus,
        statusReason,
        term,
        version,
        createdAt,
        updatedAt);
  }

  public License withKey(String newKey) {
    return new License(
        no,
        id,
        tenant,
        newKey,
        product,
        plan,
        overrides,
        customer,
        metadata,
        storedStatus,
        statusReason,
        term,
        version,
        createdAt,
        updatedAt);
  }

  /** The next version, as changed at {@code now}. */
  public License changedAt(Instant now) {
    return new License(
        no,
        id,
        tenant,
        key,
        product,
        plan,
        overrides,
        customer,
        metadata,
        storedStatus,
        statusReason,
        term,
        version + 1,
        createdAt,
        now);
  }
}
