package dev.licet.domain.account;

import java.util.Optional;

/** Accounts and their API keys, inside one transaction. */
public interface AccountStore {
  /**
   * Whether the installation has no account yet. Holds other nodes' first starts back meanwhile.
   */
  boolean isEmpty();

  /**
   * Adds an account; its {@link Account#no()} is not looked at.
   *
   * @return the account with its number
   */
  Account insert(Account account);

  void insert(ApiKey key);

  Optional<ApiKey> findApiKey(byte[] hash);

  /**
   * Remembers the fingerprint of the server's secret the first time.
   *
   * @return whether {@code fingerprint} is the remembered one
   */
  boolean confirmSecret(byte[] fingerprint);
}
