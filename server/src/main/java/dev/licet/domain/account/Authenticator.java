package dev.licet.domain.account;

import dev.licet.domain.Caller;
import dev.licet.domain.Transactions;
import dev.licet.domain.event.Actor;
import java.security.MessageDigest;
import java.util.Optional;

/** Finds out for whom an API key acts. */
public final class Authenticator {
  private final Transactions transactions;

  public Authenticator(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Who calls.
   *
   * @param typed the key as it was sent; one that is malformed is refused without a look-up
   * @return empty when the key is malformed, unknown or revoked
   */
  public Optional<Caller> authenticate(String typed) {
    return ApiKeyText.read(typed)
        .flatMap(this::find)
        .filter(key -> key.revokedAt() == null)
        .map(key -> new Caller(key.tenant(), Actor.apiKey(key.id())));
  }

  private Optional<ApiKey> find(ApiKeyText text) {
    byte[] hash = text.hash();
    return transactions
        .read(stores -> stores.accounts().findApiKey(hash))
        .filter(key -> MessageDigest.isEqual(key.hash(), hash));
  }
}
