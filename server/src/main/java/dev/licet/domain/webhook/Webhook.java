package dev.licet.domain.webhook;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an account wants its events sent. What is secret about it is in {@link WebhookKeys}.
 *
 * @param no its number inside the database
 * @param id {@code whk_...}
 * @param url in canonical form
 * @param events which events: types, {@code *}, and beginnings such as {@code license.*}
 * @param enabled whether anything is sent
 * @param disabledReason why the server disabled it; {@code null} when it did not
 * @param disabledAt when it did
 * @param includeKeys whether licence keys are sent in full
 * @param ed25519 whether messages carry a signature by the key pair too
 * @param headerNames of the headers that its messages have beside the usual ones
 * @param publicKey verifies signatures by the key pair
 * @param failingSince the first failure of those that no success has followed yet
 * @param replay what is being sent again; {@code null} for nothing
 */
public record Webhook(
    long no,
    String id,
    Tenant tenant,
    String url,
    @Nullable String description,
    List<String> events,
    boolean enabled,
    @Nullable DisabledReason disabledReason,
    @Nullable Instant disabledAt,
    boolean includeKeys,
    boolean ed25519,
    List<String> headerNames,
    String publicKey,
    @Nullable Instant failingSince,
    @Nullable Replay replay,
    Instant createdAt,
    Instant updatedAt) {
  /** How many an account may have in each mode. */
  public static final int MAX_PER_TENANT = 20;

  /** How many events it may name. */
  public static final int MAX_EVENTS = 50;

  public Webhook {
    events = List.copyOf(events);
    headerNames = List.copyOf(headerNames);
  }

  /** The same with the number that the database gave it. */
  public Webhook withNo(long newNo) {
    return new Webhook(
        newNo,
        id,
        tenant,
        url,
        description,
        events,
        enabled,
        disabledReason,
        disabledAt,
        includeKeys,
        ed25519,
        headerNames,
        publicKey,
        failingSince,
        replay,
        createdAt,
        updatedAt);
  }

  /** The same, given up by the server. */
  Webhook disabled(DisabledReason reason, Instant now) {
    return new Webhook(
        no,
        id,
        tenant,
        url,
        description,
        events,
        false,
        reason,
        now,
        includeKeys,
        ed25519,
        headerNames,
        publicKey,
        failingSince,
        null,
        createdAt,
        now);
  }

  /** The same, with something to be sent again, or nothing any more. */
  public Webhook replaying(@Nullable Replay newReplay) {
    return new Webhook(
        no,
        id,
        tenant,
        url,
        description,
        events,
        enabled,
        disabledReason,
        disabledAt,
        includeKeys,
        ed25519,
        headerNames,
        publicKey,
        failingSince,
        newReplay,
        createdAt,
        updatedAt);
  }
}
