package dev.licet.domain.account;

/** What a key that somebody sent turned out to be. */
public sealed interface Credential {
  /** SHA-256 of the key. */
  byte[] hash();

  /** A key of an account, and where the account stands. */
  record OfAccount(ApiKey key, AccountStatus account) implements Credential {
    @Override
    public byte[] hash() {
      return key.hash();
    }
  }

  /** A key of the installation. */
  record OfOperator(OperatorKey key) implements Credential {
    @Override
    public byte[] hash() {
      return key.hash();
    }
  }
}
