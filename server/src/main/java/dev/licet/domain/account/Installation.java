package dev.licet.domain.account;

import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Plans;
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
   * Gives an empty installation its first account, with its plans and an API key.
   *
   * @param bootstrap the key to use; {@code null} for a random one
   * @return the key, once; empty when there was an account already
   */
  public Optional<ApiKeyText> firstAccount(@Nullable ApiKeyText bootstrap, SecureRandom random) {
    ApiKeyText key =
        bootstrap == null ? ApiKeyText.generate(ApiKeyText.Kind.LIVE, random) : bootstrap;
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return transactions.write(stores -> {
      if (!stores.accounts().isEmpty()) {
        return Optional.empty();
      }
      create(stores, key, now);
      return Optional.of(key);
    });
  }

  private void create(Stores stores, ApiKeyText key, Instant now) {
    Account account =
        stores.accounts().insert(new Account(0, ids.next(Ids.ACCOUNT), "default", now));
    for (Plan plan : Plans.defaults(now)) {
      stores.plans().insert(account.no(), plan);
    }
    ApiKey apiKey =
        new ApiKey(
            ids.next(Ids.API_KEY),
            new Tenant(account.no(), key.live()),
            key.hash(),
            key.hint(),
            "first key",
            now,
            null);
    stores.accounts().insert(apiKey);
    stores
        .audit()
        .append(AuditRecord.shared(account.no(), "account.created", account.id(), null, account));
    stores
        .audit()
        .append(AuditRecord.shared(account.no(), "api_key.created", apiKey.id(), null, apiKey));
  }
}
