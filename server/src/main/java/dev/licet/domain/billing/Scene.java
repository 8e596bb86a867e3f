package dev.licet.domain.billing;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a message is to tell that no provider sent: for those who try a shop out, and for tests.
 *
 * @param type as the provider names it
 * @param id tells the message from others
 * @param order what the ids of the order are made of
 * @param subscription whether it is about a subscription where it may also be about a purchase
 * @param status of the subscription or the payment; {@code null} for the usual one of the type
 */
public record Scene(
    String type,
    String id,
    String order,
    String price,
    int quantity,
    String email,
    @Nullable String name,
    boolean subscription,
    @Nullable String status,
    Instant at,
    Instant periodEnd) {
  public String statusOr(String usual) {
    return status == null ? usual : status;
  }
}
