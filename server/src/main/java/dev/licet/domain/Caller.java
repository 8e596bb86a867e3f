package dev.licet.domain;

import dev.licet.domain.account.Grant;
import dev.licet.domain.account.Scope;
import dev.licet.domain.event.Actor;

/**
 * Who makes a management call, for which tenant, and what it may do.
 *
 * @param actor as events and the audit log name the one who calls
 */
public record Caller(Tenant tenant, Actor actor, Grant grant) {
  /**
   * Who has sent an API key.
   *
   * @param keyId {@code key_...}
   */
  public Caller(Tenant tenant, String keyId, Grant grant) {
    this(tenant, Actor.apiKey(keyId), grant);
  }

  public boolean may(Scope scope) {
    return grant.has(scope);
  }
}
