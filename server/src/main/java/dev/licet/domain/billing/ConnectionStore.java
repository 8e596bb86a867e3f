package dev.licet.domain.billing;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Connections to shops, inside one transaction. */
public interface ConnectionStore {
  /**
   * Adds a connection; its {@link CheckoutConnection#no()} is not looked at.
   *
   * @return the connection with its number
   */
  CheckoutConnection insert(CheckoutConnection connection, SigningSecrets secrets);

  /** How many a tenant has. */
  int count(Tenant tenant);

  Optional<CheckoutConnection> find(Tenant tenant, String id);

  /** As {@link #find(Tenant, String)}; no other transaction changes it until this one ends. */
  Optional<CheckoutConnection> lock(Tenant tenant, String id);

  /** Whosever it is: for messages, which name nothing but the id. */
  Optional<CheckoutConnection> find(String id);

  /** The one of a number, locked as by {@link #lock(Tenant, String)}, unless it is deleted. */
  Optional<CheckoutConnection> lock(long no);

  SigningSecrets secrets(CheckoutConnection connection);

  /** Newest first. */
  Page<CheckoutConnection> list(Tenant tenant, int limit, @Nullable String startingAfter);

  void update(CheckoutConnection connection, SigningSecrets secrets);

  /** Deletes a connection with its secrets. What came by it goes bit by bit. */
  void delete(CheckoutConnection connection, Instant now);

  /**
   * Removes some of what is left of deleted connections.
   *
   * @return how many rows that were
   */
  int removeDeleted(int limit);
}
