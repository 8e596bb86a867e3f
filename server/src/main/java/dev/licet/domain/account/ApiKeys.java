package dev.licet.domain.account;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure.Forbidden;
import dev.licet.domain.FailureException;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.id.Ids;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of an account. Nobody gets a key that can do more than the one that they came with.
 */
public final class ApiKeys {
  private final Transactions transactions;
  private final Ids ids;
  private final SecureRandom random;
  private final InstantSource clock;

  public ApiKeys(Transactions transactions, Ids ids, SecureRandom random, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  /** A new key; the text is known now and never again. */
  public record Created(ApiKey key, ApiKeyText text) {}

  /** Newest first, without the revoked ones. */
  public Page<ApiKey> list(Tenant tenant, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.apiKeys().list(tenant, limit, startingAfter));
  }

  /**
   * One key, also a revoked one.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public ApiKey get(Tenant tenant, String id) {
    return transactions.read(stores -> find(stores, tenant, id));
  }

  /**
   * Adds a key.
   *
   * @param live whether it is for live mode
   * @throws FailureException when it could do more than the caller's own
   */
  public Created create(Caller caller, String name, boolean live, Grant grant) {
    if (live && !caller.tenant().live()) {
      throw beyond("A key of test mode creates no key of live mode.");
    }
    requireCovered(caller, grant);
    return transactions.write(
        stores -> add(stores, caller, name, grant, text(live), now(), "api_key.created", null));
  }

  /**
   * Puts a new key into the place of another one, which ends at once or after a while.
   *
   * @param overlap how long the old one still works; {@code null} is not at all
   * @throws FailureException when there is none of that id, it is revoked, or it can do more than
   *     the caller's own
   */
  public Created rotate(Caller caller, String id, @Nullable IsoDuration overlap) {
    return transactions.write(stores -> {
      ApiKey old = lock(stores, caller.tenant(), id);
      Instant now = now();
      if (!old.livesAt(now)) {
        throw FailureException.notFound("API key");
      }
      requireCovered(caller, old.grant());
      boolean live = old.tenant().live();
      Created created =
          add(stores, caller, old.name(), old.grant(), text(live), now, "api_key.rotated", old);
      if (overlap == null) {
        stores.apiKeys().revoke(old.no(), now);
      } else {
        stores.apiKeys().expire(old.no(), overlap.after(now));
      }
      stores.changes().apiKeyChanged(old.no());
      return created;
    });
  }

  /**
   * Ends a key for good. Doing it again changes nothing.
   *
   * @throws FailureException when the tenant has none of that id, or it can do more than the
   *     caller's own
   */
  public void revoke(Caller caller, String id) {
    transactions.run(stores -> {
      ApiKey key = lock(stores, caller.tenant(), id);
      requireCovered(caller, key.grant());
      stores.apiKeys().revoke(key.no(), now());
      stores.changes().apiKeyChanged(key.no());
      record(stores, "api_key.revoked", key, find(stores, caller.tenant(), id));
    });
  }

  private Created add(
      Stores stores,
      Caller caller,
      String name,
      Grant grant,
      ApiKeyText text,
      Instant now,
      String action,
      @Nullable ApiKey before) {
    ApiKey key =
        ApiKey.create(
            ids.next(Ids.API_KEY),
            caller.tenant().accountNo(),
            text,
            name,
            grant,
            caller.actor().text(),
            now);
    ApiKey stored = stores.apiKeys().insert(key);
    record(stores, action, before, stored);
    return new Created(stored, text);
  }

  private static void record(Stores stores, String action, @Nullable ApiKey before, ApiKey after) {
    Tenant tenant = after.tenant();
    stores
        .audit()
        .append(
            new AuditRecord(
                tenant.accountNo(), tenant.live(), action, after.id(), before, after, null));
  }

  private ApiKeyText text(boolean live) {
    return ApiKeyText.generate(live ? ApiKeyText.Kind.LIVE : ApiKeyText.Kind.TEST, random);
  }

  private static void requireCovered(Caller caller, Grant grant) {
    for (Scope scope : grant.scopes()) {
      if (!caller.may(scope)) {
        throw beyond("The API key lacks the scope " + scope.text() + " itself.");
      }
    }
    if (!caller.grant().covers(grant)) {
      throw beyond(
          "No key may last longer or be used from more addresses than the one that makes it.");
    }
  }

  private static FailureException beyond(String detail) {
    return FailureException.forbidden(Forbidden.Code.INSUFFICIENT_SCOPE, detail);
  }

  private static ApiKey find(Stores stores, Tenant tenant, String id) {
    return stores
        .apiKeys()
        .find(tenant, id)
        .orElseThrow(() -> FailureException.notFound("API key"));
  }

  private static ApiKey lock(Stores stores, Tenant tenant, String id) {
    return stores
        .apiKeys()
        .lock(tenant, id)
        .orElseThrow(() -> FailureException.notFound("API key"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
