package dev.licet.domain.account;

import dev.licet.domain.Caller;
import dev.licet.domain.event.Actor;

/** Who calls, as far as a key says. */
public sealed interface Authentication {
  /** Someone who acts for an account. */
  record OfAccount(Caller caller) implements Authentication {}

  /** The operator of the installation. */
  record OfOperator(Actor actor) implements Authentication {}

  /** The key opens nothing. */
  record Refused(Reason reason) implements Authentication {}

  /** Why a key opens nothing. */
  enum Reason {
    /** Malformed, never given out, revoked or expired; or its account is deleted. */
    UNKNOWN,
    /** The account is suspended. */
    ACCOUNT_SUSPENDED,
    /** The key may not be used from this address. */
    ADDRESS_NOT_ALLOWED
  }
}
