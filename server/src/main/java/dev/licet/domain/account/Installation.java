package dev.licet.domain.account;

import dev.licet.domain.Transactions;
import dev.licet.domain.event.Actor;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.KeyVault;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a server does with its database before it answers for the first time. */
public final class Installation {
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public Installation(Transactions transactions, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /** Whether the database's licence keys were written with the server's secret. */
  public boolean confirmSecret(KeyVault vault) {
    return transactions.write(stores -> stores.accounts().confirmSecret(vault.fingerprint()));
  }

  /**
   * Gives an empty installation its first account, unlimited, with its plans and an API key.
   *
   * @param bootstrap the key to use; {@code null} for a random one
   * @return the key, once; empty when there was an account already
   */
  public Optional<ApiKeyText> firstAccount(@Nullable ApiKeyText bootstrap, SecureRandom random) {
    ApiKeyText text =
        bootstrap == null ? ApiKeyText.generate(ApiKeyText.Kind.LIVE, random) : bootstrap;
    return transactions.write(stores -> {
      if (!stores.accounts().isEmpty()) {
        return Optional.empty();
      }
      Account account =
          Account.create(ids.next(Ids.ACCOUNT), "default", null, Quota.UNLIMITED, now());
      Accounts.add(stores, ids, account, text, Actor.SYSTEM);
      return Optional.of(text);
    });
  }

  /**
   * Gives an installation that has no operator key one.
   *
   * @param bootstrap the key to use; {@code null} for a random one
   * @return the key, once; empty when there was one already
   */
  public Optional<ApiKeyText> firstOperator(@Nullable ApiKeyText bootstrap, SecureRandom random) {
    ApiKeyText text =
        bootstrap == null ? ApiKeyText.generate(ApiKeyText.Kind.OPERATOR, random) : bootstrap;
    return transactions.write(stores -> {
      if (!stores.apiKeys().hasNoOperator()) {
        return Optional.empty();
      }
      stores
          .apiKeys()
          .insert(new OperatorKey(ids.next(Ids.API_KEY), text.hash(), text.hint(), now()));
      return Optional.of(text);
    });
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
