package dev.licet.domain.account;

import dev.licet.domain.Caller;
import dev.licet.domain.account.Authentication.Reason;
import dev.licet.domain.account.Authentication.Refused;
import dev.licet.domain.event.Actor;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds out for whom a key acts. */
public final class Authenticator {
  private static final Refused UNKNOWN = new Refused(Reason.UNKNOWN);

  private final Credentials credentials;
  private final KeyUses uses;
  private final InstantSource clock;

  public Authenticator(Credentials credentials, KeyUses uses, InstantSource clock) {
    this.credentials = credentials;
    this.uses = uses;
    this.clock = clock;
  }

  /**
   * Who calls.
   *
   * @param typed the key as it was sent; one that is malformed is refused without a look-up
   * @param address where the call comes from, in text form
   */
  public Authentication authenticate(String typed, @Nullable String address) {
    Optional<ApiKeyText> read = ApiKeyText.read(typed);
    if (read.isEmpty()) {
      return UNKNOWN;
    }
    Optional<Credential> found = credentials.find(read.get());
    if (found.isEmpty() || !MessageDigest.isEqual(found.get().hash(), read.get().hash())) {
      return UNKNOWN;
    }
    return switch (found.get()) {
      case Credential.OfOperator operator ->
          new Authentication.OfOperator(Actor.operator(operator.key().id()));
      case Credential.OfAccount account -> admit(account, address);
    };
  }

  private Authentication admit(Credential.OfAccount credential, @Nullable String address) {
    ApiKey key = credential.key();
    if (!key.livesAt(clock.instant()) || credential.account() == AccountStatus.DELETED) {
      return UNKNOWN;
    }
    if (!key.grant().allowsFrom(address)) {
      return new Refused(Reason.ADDRESS_NOT_ALLOWED);
    }
    if (credential.account() == AccountStatus.SUSPENDED) {
      return new Refused(Reason.ACCOUNT_SUSPENDED);
    }
    uses.note(key.no());
    return new Authentication.OfAccount(new Caller(key.tenant(), key.id(), key.grant()));
  }
}
