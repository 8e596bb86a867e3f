package dev.licet.http.api;

import dev.licet.domain.Given;
import dev.licet.domain.billing.CheckoutConnection;
import dev.licet.domain.billing.CheckoutConnections;
import dev.licet.domain.billing.CheckoutEvent;
import dev.licet.domain.billing.Mapping;
import dev.licet.domain.billing.Mapping.QuantityRule;
import dev.licet.domain.billing.Provider;
import dev.licet.domain.billing.Terms;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.ObjectLists;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what callers say of shops. */
final class CheckoutRequests {
  static final Shape<CheckoutEvent.Status> STATUS =
      new Shape<>(CheckoutEvent.Status::of, "must be pending, applied, unresolved or ignored");

  private static final int MAX_ORIGINS = 20;
  private static final int MAX_GRACE_DAYS = 365;
  private static final Shape<Provider> PROVIDER =
      new Shape<>(Provider::of, "must be stripe, paddle, lemonsqueezy or generic");
  private static final Shape<String> NAME = Shape.line(200);
  private static final Shape<String> SECRET =
      Shape.pattern("[!-~]{6,255}", "must be a text of 6 to 255 printable ASCII characters");
  private static final Shape<String> PRICE =
      Shape.pattern("[!-~]{1,255}", "must be a text of 1 to 255 printable ASCII characters");
  private static final Shape<QuantityRule> QUANTITY =
      new Shape<>(QuantityRule::of, "must be seats or licenses");
  private static final Shape<Terms.LapseRule> LAPSE =
      new Shape<>(Terms.LapseRule::of, "must be suspend, grace or period_end");
  private static final Shape<Terms.RefundRule> REFUND =
      new Shape<>(Terms.RefundRule::of, "must be revoke, suspend or nothing");
  private static final Shape<String> ORIGIN =
      Shape.pattern(
          "https?://[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?(?::[1-9][0-9]{0,4})?",
          "must be an origin such as https://shop.example.com, in lower case, without a path");

  private CheckoutRequests() {}

  /** What a caller sets; the fields are not finished yet. */
  static CheckoutConnections.Fields read(Fields fields) {
    return new CheckoutConnections.Fields(
        fields.value("provider", PROVIDER),
        fields.value("name", NAME),
        fields.value("signing_secret", SECRET),
        fields.nullable("second_signing_secret", SECRET),
        mapping(fields),
        fields.value("lapse", LAPSE),
        fields.nullableNumber("grace_days", 1, MAX_GRACE_DAYS),
        fields.value("refund", REFUND),
        fields.texts("allowed_origins", MAX_ORIGINS, true, ORIGIN));
  }

  private static Given<List<Mapping>> mapping(Fields fields) {
    Given<List<Mapping>> mapping =
        ObjectLists.read(
            fields, "mapping", CheckoutConnection.MAX_MAPPING, CheckoutRequests::entry);
    Set<String> ids = new HashSet<>();
    List<Mapping> entries = mapping.value() == null ? List.of() : mapping.value();
    for (int i = 0; i < entries.size(); i++) {
      if (!ids.add(entries.get(i).id())) {
        fields.wrong("mapping/" + i + "/id", "stands there twice");
      }
    }
    return mapping;
  }

  private static @Nullable Mapping entry(Fields fields) {
    String id = fields.required("id", PRICE);
    String plan = fields.required("plan", Shapes.NAME);
    String product = fields.nullable("product", Shapes.NAME).value();
    QuantityRule quantity = fields.value("quantity", QUANTITY).value();
    return new Mapping(id, plan, product, quantity == null ? QuantityRule.LICENSES : quantity);
  }
}
