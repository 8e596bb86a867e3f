package dev.licet.domain.webhook;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Webhooks, inside one transaction. */
public interface WebhookStore {
  /**
   * Adds a webhook; its {@link Webhook#no()} is not looked at.
   *
   * @return the webhook with its number
   */
  Webhook insert(Webhook webhook, WebhookKeys keys);

  /** How many a tenant has. */
  int count(Tenant tenant);

  Optional<Webhook> find(Tenant tenant, String id);

  /** As {@link #find}; no other transaction changes the webhook until this one ends. */
  Optional<Webhook> lock(Tenant tenant, String id);

  /** The webhook of a number, locked as by {@link #lock}, unless it is deleted. */
  Optional<Webhook> lock(long no);

  /** What is secret about a webhook. */
  WebhookKeys keys(Webhook webhook);

  /** Newest first. */
  Page<Webhook> list(Tenant tenant, int limit, @Nullable String startingAfter);

  /** Rewrites all that may change about a webhook but its secrets. */
  void update(Webhook webhook);

  void update(Webhook webhook, WebhookKeys keys);

  /** Forgets the failures of a webhook that gets another chance. */
  void forgetFailures(long no);

  /** Deletes a webhook with its secrets. What was delivered to it goes bit by bit. */
  void delete(Webhook webhook, Instant now);

  /** Webhooks with something to be sent again, some of them. */
  List<Webhook> replaying(int limit);

  /**
   * Removes some of what is left of deleted webhooks.
   *
   * @return how many rows that were
   */
  int removeDeleted(int limit);
}
