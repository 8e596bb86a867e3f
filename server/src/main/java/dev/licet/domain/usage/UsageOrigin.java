package dev.licet.domain.usage;

import org.jspecify.annotations.Nullable;

/**
 * Where a validation came from.
 *
 * @param ip the client's address, in the form that the account keeps
 * @param country two letters, ISO 3166-1 alpha-2
 * @param asn the number of the network (autonomous system); 0 when it is not known
 * @param client the software that asked and its version, such as {@code licet-java/1.2.0}; at most
 *     64 characters
 */
public record UsageOrigin(
    @Nullable String ip, @Nullable String country, long asn, @Nullable String client) {
  public static final UsageOrigin UNKNOWN = new UsageOrigin(null, null, 0, null);
}
