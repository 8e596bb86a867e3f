package dev.licet.domain.account;

import java.util.Optional;

/** What an API key may do. */
public enum Scope {
  /** Read licences and their seats; keys are masked. */
  LICENSES_READ("licenses:read"),
  /** See licence keys in full. */
  LICENSES_REVEAL("licenses:reveal"),
  /** Issue and change licences, give and free seats. */
  LICENSES_WRITE("licenses:write"),
  /** Revoke licences. */
  LICENSES_REVOKE("licenses:revoke"),
  PLANS_READ("plans:read"),
  PLANS_WRITE("plans:write"),
  /** Read the history of validations. */
  USAGE_READ("usage:read"),
  /** Export and erase what is known of customers. */
  CUSTOMERS("customers:*"),
  /** Read and follow events; licence keys in them are masked. */
  EVENTS_READ("events:read"),
  /** Read and change webhooks. */
  WEBHOOKS("webhooks:*"),
  /** Read and change connections to shops, and what they sent. */
  CHECKOUT("checkout:*"),
  /** Read, create, rotate and revoke API keys. */
  API_KEYS("api-keys:*"),
  AUDIT_READ("audit:read"),
  /** Read the account with its quotas. */
  ACCOUNT_READ("account:read"),
  /** Change what an account may change of itself. */
  ACCOUNT_WRITE("account:write"),
  /** Everything. */
  ADMIN("admin");

  private final String text;

  Scope(String text) {
    this.text = text;
  }

  /** As the API and the database write it. */
  public String text() {
    return text;
  }

  public static Optional<Scope> of(String text) {
    for (Scope scope : values()) {
      if (scope.text.equals(text)) {
        return Optional.of(scope);
      }
    }
    return Optional.empty();
  }
}
