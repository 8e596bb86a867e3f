package dev.licet.domain.billing;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.Page;
import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.id.Ids;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The connections of an account to shops, as its API keys see and change them. */
public final class CheckoutConnections {
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public CheckoutConnections(Transactions transactions, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /** What a caller may set; what is absent is left as it is, or is as usual. */
  public record Fields(
      Given<Provider> provider,
      Given<String> name,
      Given<String> signingSecret,
      Given<String> secondSecret,
      Given<List<Mapping>> mapping,
      Given<Terms.LapseRule> lapse,
      Given<Integer> graceDays,
      Given<Terms.RefundRule> refund,
      Given<List<String>> allowedOrigins) {}

  /** Newest first. */
  public Page<CheckoutConnection> list(Tenant tenant, int limit, @Nullable String startingAfter) {
    return transactions.read(stores -> stores.connections().list(tenant, limit, startingAfter));
  }

  /**
   * One connection.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public CheckoutConnection get(Tenant tenant, String id) {
    return transactions
        .read(stores -> stores.connections().find(tenant, id))
        .orElseThrow(CheckoutConnections::notFound);
  }

  /**
   * Adds a connection.
   *
   * @param fields with a provider, a name and a secret
   * @throws FailureException when there are too many, or the mapping names what there is not
   */
  public CheckoutConnection create(Caller caller, Fields fields) {
    Instant now = now();
    Tenant tenant = caller.tenant();
    CheckoutConnection blank =
        new CheckoutConnection(
            0,
            ids.next(Ids.CHECKOUT),
            tenant,
            required(fields.provider()),
            "",
            List.of(),
            new Terms(Terms.LapseRule.SUSPEND, 0, Terms.RefundRule.REVOKE),
            List.of(),
            false,
            now,
            now);
    SigningSecrets secrets =
        new SigningSecrets(required(fields.signingSecret()), fields.secondSecret().value());
    return transactions.write(stores -> {
      requireRoom(stores, tenant);
      CheckoutConnection fresh = with(stores, blank, fields, secrets, now);
      CheckoutConnection stored = stores.connections().insert(fresh, secrets);
      record(stores, "checkout_connection.created", null, stored);
      return stored;
    });
  }

  /**
   * Changes what is given. Licences that were issued stay as they are until their orders change.
   *
   * @throws FailureException when the tenant has none of that id, or the mapping names what there
   *     is not
   */
  public CheckoutConnection update(Caller caller, String id, Fields fields) {
    Instant now = now();
    return transactions.write(stores -> {
      CheckoutConnection before = lock(stores, caller.tenant(), id);
      if (fields.provider().present() && fields.provider().value() != before.provider()) {
        throw FailureException.invalid("/provider", "cannot be changed");
      }
      SigningSecrets known = stores.connections().secrets(before);
      String first = fields.signingSecret().value();
      SigningSecrets secrets =
          new SigningSecrets(
              first == null ? known.first() : first, fields.secondSecret().or(known.second()));
      CheckoutConnection after = with(stores, before, fields, secrets, now);
      stores.connections().update(after, secrets);
      record(stores, "checkout_connection.updated", before, after);
      return after;
    });
  }

  /**
   * Deletes a connection; licences stay.
   *
   * @throws FailureException when the tenant has none of that id
   */
  public void delete(Caller caller, String id) {
    Instant now = now();
    transactions.run(stores -> {
      CheckoutConnection connection = lock(stores, caller.tenant(), id);
      stores.connections().delete(connection, now);
      record(stores, "checkout_connection.deleted", connection, null);
    });
  }

  private static CheckoutConnection with(
      Stores stores,
      CheckoutConnection before,
      Fields fields,
      SigningSecrets secrets,
      Instant now) {
    List<Mapping> mapping = fields.mapping().value();
    if (mapping != null) {
      requireKnown(stores, before.tenant(), mapping);
    }
    List<String> origins = fields.allowedOrigins().value();
    String name = fields.name().value();
    return new CheckoutConnection(
        before.no(),
        before.id(),
        before.tenant(),
        before.provider(),
        name == null ? before.name() : name,
        mapping == null ? before.mapping() : mapping,
        terms(before.terms(), fields),
        origins == null ? before.allowedOrigins() : origins,
        secrets.second() != null,
        before.createdAt(),
        now);
  }

  private static Terms terms(Terms before, Fields fields) {
    Terms.LapseRule lapse = fields.lapse().value();
    Terms.LapseRule rule = lapse == null ? before.lapse() : lapse;
    Integer given = fields.graceDays().value();
    int days = given == null ? before.graceDays() : given;
    if (given != null && given > 0 && rule != Terms.LapseRule.GRACE) {
      throw FailureException.invalid("/grace_days", "goes with \"lapse\": \"grace\" only");
    }
    if (rule == Terms.LapseRule.GRACE && days < 1) {
      throw FailureException.invalid("/grace_days", "is required with \"lapse\": \"grace\"");
    }
    Terms.RefundRule refund = fields.refund().value();
    return new Terms(
        rule, rule == Terms.LapseRule.GRACE ? days : 0, refund == null ? before.refund() : refund);
  }

  private static void requireKnown(Stores stores, Tenant tenant, List<Mapping> mapping) {
    for (int i = 0; i < mapping.size(); i++) {
      Mapping entry = mapping.get(i);
      if (stores.plans().find(tenant.accountNo(), entry.plan()).isEmpty()) {
        throw FailureException.invalid("/mapping/" + i + "/plan", "There is no plan of this name.");
      }
      if (entry.product() != null
          && stores.products().find(tenant.accountNo(), entry.product()).isEmpty()) {
        throw FailureException.invalid(
            "/mapping/" + i + "/product", "There is no product of this name.");
      }
    }
  }

  private static <T> T required(Given<T> given) {
    T value = given.value();
    if (value == null) {
      throw new IllegalArgumentException("a required field is absent");
    }
    return value;
  }

  private static CheckoutConnection lock(Stores stores, Tenant tenant, String id) {
    return stores.connections().lock(tenant, id).orElseThrow(CheckoutConnections::notFound);
  }

  private static FailureException notFound() {
    return FailureException.notFound("checkout connection");
  }

  /** With the account's row locked, so that no two callers take the last place. */
  private static void requireRoom(Stores stores, Tenant tenant) {
    stores.accounts().lock(tenant.accountNo());
    if (stores.connections().count(tenant) >= CheckoutConnection.MAX_PER_TENANT) {
      throw FailureException.conflict(
          Code.CHECKOUT_LIMIT_REACHED,
          "The account has "
              + CheckoutConnection.MAX_PER_TENANT
              + " checkout connections, which is as many as it may.");
    }
  }

  private static void record(
      Stores stores,
      String action,
      @Nullable CheckoutConnection before,
      @Nullable CheckoutConnection after) {
    CheckoutConnection connection = after == null ? before : after;
    if (connection != null) {
      Tenant tenant = connection.tenant();
      stores
          .audit()
          .append(
              new AuditRecord(
                  tenant.accountNo(), tenant.live(), action, connection.id(), before, after, null));
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }
}
