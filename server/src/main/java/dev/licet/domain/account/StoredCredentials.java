package dev.licet.domain.account;

import dev.licet.domain.Transactions;
import java.util.Optional;

/** Finds keys in the database. */
public final class StoredCredentials implements Credentials {
  private final Transactions transactions;

  public StoredCredentials(Transactions transactions) {
    this.transactions = transactions;
  }

  @Override
  public Optional<Credential> find(ApiKeyText text) {
    byte[] hash = text.hash();
    return transactions.read(stores ->
        switch (text.kind()) {
          case LIVE, TEST -> stores.apiKeys().findByHash(hash).map(found -> found);
          case OPERATOR -> stores.apiKeys().findOperatorByHash(hash).map(found -> found);
        });
  }
}
