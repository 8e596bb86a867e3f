package dev.licet.domain.account;

import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.event.Actor;
import dev.licet.domain.id.Ids;
import dev.licet.domain.plan.Plan;
import dev.licet.domain.plan.Plans;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The accounts of the installation, as its operator sees and changes them. */
public final class Accounts {
  private final Transactions transactions;
  private final Ids ids;
  private final SecureRandom random;
  private final InstantSource clock;
  private final Duration grace;

  /**
   * @param grace how long the rows of a deleted account are kept
   */
  public Accounts(
      Transactions transactions,
      Ids ids,
      SecureRandom random,
      InstantSource clock,
      Duration grace) {
    this.transactions = transactions;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
    this.grace = grace;
  }

  /** A new account and its first API key, which is known now and never again. */
  public record Created(AccountView account, ApiKeyText apiKey) {}

  /** What to change; what is absent is left as it is. */
  public record Update(
      Given<String> name,
      Given<String> email,
      Given<AccountStatus> status,
      Given<Integer> maxLicenses,
      Given<Long> maxValidationsPerMonth,
      Given<Quota.OverQuota> overQuota,
      Given<AddressForm> addressForm) {
    /** Changes the status alone. */
    public static Update of(AccountStatus status) {
      return new Update(
          Given.absent(),
          Given.absent(),
          Given.of(status),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent());
    }

    /** Changes what is kept of addresses, if it is given. */
    public static Update of(Given<AddressForm> form) {
      return new Update(
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          Given.absent(),
          form);
    }
  }

  /** Adds an account with the plans that every account starts with. */
  public Created create(String name, String email, Quota quota, Actor actor) {
    ApiKeyText text = ApiKeyText.generate(ApiKeyText.Kind.LIVE, random);
    Instant now = now();
    Account account = Account.create(ids.next(Ids.ACCOUNT), name, email, quota, now);
    return transactions.write(
        stores -> new Created(view(stores, add(stores, ids, account, text, actor)), text));
  }

  /** Adds an account, its plans and its first API key. */
  static Account add(Stores stores, Ids ids, Account account, ApiKeyText text, Actor actor) {
    Account stored = stores.accounts().insert(account);
    for (Plan plan : Plans.defaults(account.createdAt())) {
      stores.plans().insert(stored.no(), plan);
    }
    ApiKey key =
        ApiKey.create(
            ids.next(Ids.API_KEY),
            stored.no(),
            text,
            "first key",
            Grant.ALL,
            actor.text(),
            account.createdAt());
    stores.apiKeys().insert(key);
    record(stores, "account.created", null, stored);
    stores.audit().append(AuditRecord.shared(stored.no(), "api_key.created", key.id(), null, key));
    return stored;
  }

  /**
   * One account.
   *
   * @throws FailureException when there is none of that id
   */
  public AccountView get(String id) {
    return transactions.read(stores -> view(stores, find(stores, id)));
  }

  /** The account of a tenant. */
  public AccountView get(Tenant tenant) {
    return transactions.read(stores ->
        view(
            stores,
            stores
                .accounts()
                .find(tenant.accountNo())
                .orElseThrow(() -> FailureException.notFound("account"))));
  }

  /** Newest first. */
  public Page<Account> list(int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.accounts().list(limit, startingAfter));
  }

  /**
   * Changes what is given. A deleted account that is made active again is as it was.
   *
   * @throws FailureException when there is none of that id, or its time of grace is over
   */
  public AccountView update(String id, Update update) {
    Instant now = now();
    return transactions.write(stores -> {
      Account before = lock(stores, id);
      if (before.purgeAt() != null && !before.purgeAt().isAfter(now)) {
        throw FailureException.notFound("account"); // parts of it may be gone already
      }
      Account after = with(before, update, now);
      return view(stores, replace(stores, before, after));
    });
  }

  /** Changes what an account may change of itself. */
  public AccountView update(Tenant tenant, Given<AddressForm> form) {
    return update(get(tenant).account().id(), Update.of(form));
  }

  /**
   * Deletes an account: at once nobody can use it any more, and after the time of grace its rows
   * go. Deleting it again changes nothing.
   *
   * @throws FailureException when there is none of that id
   */
  public AccountView delete(String id) {
    Instant now = now();
    return transactions.write(stores -> {
      Account before = lock(stores, id);
      Account after =
          before.status() == AccountStatus.DELETED
              ? before
              : before.with(AccountStatus.DELETED, now.plus(grace), now);
      return view(stores, replace(stores, before, after));
    });
  }

  private static Account replace(Stores stores, Account before, Account after) {
    if (!after.equals(before)) {
      stores.accounts().update(after);
      stores.changes().accountChanged(after.no());
      boolean deleted = after.status() == AccountStatus.DELETED;
      record(stores, deleted ? "account.deleted" : "account.updated", before, after);
    }
    return after;
  }

  private static void record(
      Stores stores, String action, @Nullable Account before, Account after) {
    stores.audit().append(AuditRecord.shared(after.no(), action, after.id(), before, after));
  }

  private static Account with(Account before, Update update, Instant now) {
    String name = update.name().value();
    AccountStatus status = update.status().value();
    AddressForm form = update.addressForm().value();
    Quota.OverQuota overQuota = update.overQuota().value();
    Quota quota =
        new Quota(
            update.maxLicenses().or(before.quota().maxLicenses()),
            update.maxValidationsPerMonth().or(before.quota().maxValidationsPerMonth()),
            overQuota == null ? before.quota().overQuota() : overQuota);
    Account after =
        new Account(
            before.no(),
            before.id(),
            name == null ? before.name() : name,
            update.email().or(before.email()),
            status == null ? before.status() : status,
            quota,
            form == null ? before.addressForm() : form,
            before.createdAt(),
            before.updatedAt(),
            status == null ? before.purgeAt() : null);
    return after.equals(before) ? before : after.with(after.status(), after.purgeAt(), now);
  }

  private AccountView view(Stores stores, Account account) {
    Instant now = clock.instant();
    long no = account.no();
    YearMonth month = YearMonth.from(now.atOffset(ZoneOffset.UTC));
    Map<Long, Long> validations = stores.usage().validationsIn(month, List.of(no));
    return new AccountView(
        account,
        new AccountUsage(
            stores.accounts().countLicenses(new Tenant(no, true), now),
            stores.accounts().countLicenses(new Tenant(no, false), now),
            month,
            validations.getOrDefault(no, 0L)));
  }

  private static Account lock(Stores stores, String id) {
    return stores
        .accounts()
        .lock(find(stores, id).no())
        .orElseThrow(() -> FailureException.notFound("account"));
  }

  private static Account find(Stores stores, String id) {
    return stores.accounts().find(id).orElseThrow(() -> FailureException.notFound("account"));
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
