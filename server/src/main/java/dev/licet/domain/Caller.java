package dev.licet.domain;

import dev.licet.domain.account.Grant;
import dev.licet.domain.account.Scope;
import dev.licet.domain.event.Actor;

/**
 * Who makes a management call, for which tenant, and what it may do.
 *
 * @param keyId {@code key_...}, the API key that was sent
 */
public record Caller(Tenant tenant, String keyId, Grant grant) {
  public Actor actor() {
    return Actor.apiKey(keyId);
  }

  public boolean may(Scope scope) {
    return grant.has(scope);
  }
}
