package dev.licet.domain.billing;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A shop of a tenant's at a provider.
 *
 * @param no its number inside the database
 * @param id {@code chk_...}
 * @param name what the vendor calls it
 * @param mapping what is issued for what
 * @param allowedOrigins of web pages that may read the result of an order
 * @param secondSecret whether a second secret is good too, while one takes the place of the other
 */
public record CheckoutConnection(
    long no,
    String id,
    Tenant tenant,
    Provider provider,
    String name,
    List<Mapping> mapping,
    Terms terms,
    List<String> allowedOrigins,
    boolean secondSecret,
    Instant createdAt,
    Instant updatedAt) {
  /** How many a tenant may have. */
  public static final int MAX_PER_TENANT = 20;

  /** How many entries a mapping has at most. */
  public static final int MAX_MAPPING = 500;

  public CheckoutConnection {
    mapping = List.copyOf(mapping);
    allowedOrigins = List.copyOf(allowedOrigins);
  }

  /** What is issued for something that goes by any of these ids; the first that is known counts. */
  public Optional<Mapping> mappingOf(Collection<String> ids) {
    return ids.stream()
        .flatMap(id -> mapping.stream().filter(entry -> entry.id().equals(id)))
        .findFirst();
  }

  public CheckoutConnection withNo(long newNo) {
    return new CheckoutConnection(
        newNo,
        id,
        tenant,
        provider,
        name,
        mapping,
        terms,
        allowedOrigins,
        secondSecret,
        createdAt,
        updatedAt);
  }
}
