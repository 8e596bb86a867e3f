package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Given;
import dev.licet.domain.account.Account;
import dev.licet.domain.account.AccountStatus;
import dev.licet.domain.account.AccountUsage;
import dev.licet.domain.account.AccountView;
import dev.licet.domain.account.Accounts;
import dev.licet.domain.account.AddressForm;
import dev.licet.domain.account.Quota;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Json;
import dev.licet.http.Query;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/v1/accounts}, where the operator looks after all accounts, and {@code
 * /api/v1/account}, where each sees its own.
 */
public final class AccountEndpoints {
  private static final Shape<String> NAME = Shape.line(200);
  private static final Shape<Quota> PRESET =
      new Shape<>(
          text -> Optional.ofNullable(Quota.PRESETS.get(text)), "must be free or unlimited");
  private static final Shape<Quota.OverQuota> OVER_QUOTA =
      new Shape<>(Quota.OverQuota::of, "must be refuse or allow");
  private static final Shape<AddressForm> ADDRESS_FORM =
      new Shape<>(AddressForm::of, "must be full, truncated or none");
  private static final Shape<AccountStatus> STATUS =
      new Shape<>(
          text -> AccountStatus.of(text).filter(status -> status != AccountStatus.DELETED),
          "must be active or suspended");

  private final Accounts accounts;
  private final Function<Account, String> export;

  /**
   * @param export writes what an account has to a new file and says where that is
   */
  public AccountEndpoints(Accounts accounts, Function<Account, String> export) {
    this.accounts = accounts;
    this.export = export;
  }

  public Response own(Request request) {
    request.query().finish();
    return Response.json(200, json(accounts.get(request.caller().tenant())));
  }

  public Response updateOwn(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    Given<AddressForm> form = fields.value("address_form", ADDRESS_FORM);
    fields.finish();
    return Response.json(200, json(accounts.update(request.caller().tenant(), form)));
  }

  public Response list(Request request) {
    Query query = request.query();
    int limit = query.limit();
    String startingAfter = query.cursor();
    query.finish();
    var page = accounts.list(limit, startingAfter);
    return Response.json(200, LicenseJson.page(page, AccountEndpoints::json));
  }

  public Response get(Request request) {
    request.query().finish();
    return Response.json(200, json(accounts.get(request.path("id"))));
  }

  public Response create(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    String name = fields.required("name", NAME);
    String email = fields.required("email", Shapes.EMAIL);
    Quota quota = quota(fields, Quota.FREE);
    fields.finish();
    Accounts.Created created = accounts.create(name, email, quota, request.operator());
    ObjectNode json = json(created.account());
    json.put("api_key", created.apiKey().text());
    return Response.json(201, json)
        .with("Location", "/api/v1/accounts/" + created.account().account().id());
  }

  public Response update(Request request) {
    request.query().finish();
    Fields fields = request.fields();
    Given<String> name = fields.value("name", NAME);
    Given<String> email = fields.value("email", Shapes.EMAIL);
    Given<AccountStatus> status = fields.value("status", STATUS);
    Quota preset = fields.value("quota", PRESET).value();
    Accounts.Update update =
        new Accounts.Update(
            name,
            email,
            status,
            orPreset(fields.nullableCount("max_licenses"), preset, Quota::maxLicenses),
            orPreset(
                fields.nullableLongCount("max_validations_per_month"),
                preset,
                Quota::maxValidationsPerMonth),
            orPreset(fields.value("over_quota", OVER_QUOTA), preset, Quota::overQuota),
            fields.value("address_form", ADDRESS_FORM));
    fields.finish();
    return Response.json(200, json(accounts.update(request.path("id"), update)));
  }

  /** Writes the account down first: when that fails, nothing is deleted. */
  public Response delete(Request request) {
    request.query().finish();
    Account account = accounts.get(request.path("id")).account();
    String file = account.status() == AccountStatus.DELETED ? null : export.apply(account);
    ObjectNode json = json(accounts.delete(account.id()));
    json.put("export", file);
    return Response.json(200, json);
  }

  private static Quota quota(Fields fields, Quota absent) {
    Quota given = fields.value("quota", PRESET).value();
    Quota preset = given == null ? absent : given;
    Quota.OverQuota overQuota = fields.value("over_quota", OVER_QUOTA).value();
    return new Quota(
        fields.nullableCount("max_licenses").or(preset.maxLicenses()),
        fields.nullableLongCount("max_validations_per_month").or(preset.maxValidationsPerMonth()),
        overQuota == null ? preset.overQuota() : overQuota);
  }

  private static <T> Given<T> orPreset(
      Given<T> given, @Nullable Quota preset, Function<Quota, @Nullable T> value) {
    return given.present() || preset == null ? given : Given.of(value.apply(preset));
  }

  private static ObjectNode json(AccountView view) {
    ObjectNode json = json(view.account());
    putUsage(json.putObject("usage"), view);
    return json;
  }

  /** What an account uses of its quota. */
  static void putUsage(ObjectNode uses, AccountView view) {
    Quota quota = view.account().quota();
    AccountUsage usage = view.usage();
    Integer maxLicenses = quota.maxLicenses();
    put(uses, "licenses", usage.licenses(), maxLicenses == null ? null : maxLicenses.longValue());
    put(uses, "test_licenses", usage.testLicenses(), (long) Quota.MAX_TEST_LICENSES);
    put(uses, "validations", usage.validations(), quota.maxValidationsPerMonth())
        .put("month", usage.month().toString());
  }

  private static ObjectNode put(ObjectNode uses, String name, long used, @Nullable Long limit) {
    ObjectNode json = uses.putObject(name);
    json.put("used", used);
    json.put("left", limit == null ? null : (Long) Math.max(0, limit - used));
    return json;
  }

  static ObjectNode json(Account account) {
    ObjectNode json = Json.object();
    json.put("id", account.id());
    json.put("name", account.name());
    json.put("email", account.email());
    json.put("status", account.status().text());
    json.put("max_licenses", account.quota().maxLicenses());
    json.put("max_validations_per_month", account.quota().maxValidationsPerMonth());
    json.put("over_quota", account.quota().overQuota().text());
    json.put("address_form", account.addressForm().text());
    json.put("created_at", Timestamps.text(account.createdAt()));
    json.put("updated_at", Timestamps.text(account.updatedAt()));
    json.put("purge_at", Timestamps.text(account.purgeAt()));
    return json;
  }
}
