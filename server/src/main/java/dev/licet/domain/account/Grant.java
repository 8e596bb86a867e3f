package dev.licet.domain.account;

import dev.licet.domain.AddressRange;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an API key may do, until when and from where.
 *
 * @param expiresAt from then on nothing; {@code null} is never
 * @param addresses where it may be used from; none: from anywhere
 */
public record Grant(Set<Scope> scopes, @Nullable Instant expiresAt, List<AddressRange> addresses) {
  /** Everything, for ever, from anywhere. */
  public static final Grant ALL = new Grant(Set.of(Scope.ADMIN), null, List.of());

  public Grant {
    scopes = Set.copyOf(scopes);
    addresses = List.copyOf(addresses);
  }

  public boolean has(Scope scope) {
    return scopes.contains(Scope.ADMIN) || scopes.contains(scope);
  }

  public boolean expiredAt(Instant now) {
    return expiresAt != null && !now.isBefore(expiresAt);
  }

  /**
   * Whether it holds at an address.
   *
   * @param address in text form; {@code null} when it is not known
   */
  public boolean allowsFrom(@Nullable String address) {
    return addresses.isEmpty()
        || (address != null && addresses.stream().anyMatch(range -> range.contains(address)));
  }

  /** Whether another grant gives nothing that this one does not. */
  public boolean covers(Grant other) {
    return other.scopes.stream().allMatch(this::has)
        && lastsAsLongAs(other)
        && reachesAsFarAs(other);
  }

  private boolean lastsAsLongAs(Grant other) {
    return expiresAt == null || (other.expiresAt != null && !other.expiresAt.isAfter(expiresAt));
  }

  private boolean reachesAsFarAs(Grant other) {
    return addresses.isEmpty()
        || (!other.addresses.isEmpty()
            && other.addresses.stream()
                .allMatch(range -> addresses.stream().anyMatch(own -> own.covers(range))));
  }
}
