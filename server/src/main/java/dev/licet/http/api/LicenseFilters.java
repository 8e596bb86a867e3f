package dev.licet.http.api;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.TypedKey;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads which licences a call is about, from a query or from fields of a body. */
public final class LicenseFilters {
  private static final int MAX_TEXT = 1_024;

  private static final Shape<String> ANY = Shape.text(0, MAX_TEXT);
  private static final Shape<LicenseStatus> STATUS =
      new Shape<>(LicenseStatus::of, "must be active, suspended, expired or revoked");
  private static final Shape<Instant> TIME = new Shape<>(Timestamps::read, Timestamps.EXPECTED);

  private final KeyVault vault;
  private final DomainNames domainNames;

  public LicenseFilters(KeyVault vault, DomainNames domainNames) {
    this.vault = vault;
    this.domainNames = domainNames;
  }

  /** Where named values stand. */
  interface Source {
    /** What {@code shape} makes of a value; {@code null} when it is absent. */
    <T> @Nullable T value(String name, Shape<T> shape);
  }

  /** The filter; empty when no licence can pass, since a domain or key is none. */
  Optional<LicenseFilter> read(Source source, Instant now) {
    LicenseStatus status = source.value("status", STATUS);
    String plan = source.value("plan", ANY);
    String email = source.value("customer_email", ANY);
    String typedDomain = source.value("domain", ANY);
    String typedKey = source.value("key", ANY);
    Instant expiresBefore = source.value("expires_before", TIME);
    Instant expiresAfter = source.value("expires_after", TIME);
    DomainNames.Reading domain = typedDomain == null ? null : domainNames.readSeat(typedDomain);
    TypedKey key = typedKey == null ? null : TypedKey.read(typedKey);
    if (domain instanceof DomainNames.Reading.Invalid
        || (key != null && !(key instanceof TypedKey.Usable))) {
      return Optional.empty();
    }
    return Optional.of(
        new LicenseFilter(
            status,
            plan,
            email,
            domain instanceof DomainNames.Reading.Name name ? name.canonical() : null,
            key instanceof TypedKey.Usable usable ? vault.lookup(usable.canonical()) : null,
            expiresBefore,
            expiresAfter,
            now));
  }
}
