package dev.licet.http.api;

import com.google.common.base.Splitter;
import dev.licet.domain.Given;
import dev.licet.domain.license.Customer;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseUpdate;
import dev.licet.domain.license.NewLicense;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.license.TypedKey;
import dev.licet.domain.plan.Rules;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Request;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the bodies of calls that create and change licences. */
final class LicenseRequests {
  /** A tag of ours. */
  private static final Pattern TAG = Pattern.compile("\"[1-9][0-9]{0,17}\"");

  private LicenseRequests() {}

  static NewLicense create(Fields fields) {
    NewLicense wanted = wanted(fields, Shapes.MAX_DOMAINS);
    if (wanted.expiresFrom() == ExpiresFrom.FIRST_VALIDATION && fields.has("expires_at")) {
      fields.wrong("expires_from", "does not go with expires_at");
    }
    fields.finish();
    return wanted;
  }

  /** Reads what a new licence and one from elsewhere have in common. */
  static NewLicense wanted(Fields fields, int maxDomains) {
    String plan = fields.required("plan", Shapes.NAME);
    String product = fields.value("product", Shapes.NAME).value();
    String email = fields.required("customer_email", Shapes.EMAIL);
    String name = fields.nullable("customer_name", Shapes.CUSTOMER_NAME).value();
    Overrides overrides = overrides(fields, RuleRequests.ofLicense(fields).applyTo(Rules.NONE));
    List<String> domains = fields.texts("domains", maxDomains, false, Shapes.DOMAIN).or(List.of());
    var expiresAt = fields.nullableTime("expires_at");
    var duration = fields.nullableDuration("duration");
    ExpiresFrom expiresFrom = fields.value("expires_from", Shapes.EXPIRES_FROM).value();
    Map<String, String> metadata = metadata(fields).or(Map.of());
    String key = fields.value("key", Shape.text(TypedKey.MIN_BROUGHT, TypedKey.MAX_LENGTH)).value();
    requireOneEnd(fields);
    return new NewLicense(
        product,
        plan,
        new Customer(email, name),
        overrides,
        domains == null ? List.of() : domains,
        expiresAt,
        duration,
        expiresFrom,
        metadata == null ? Map.of() : metadata,
        key);
  }

  static LicenseUpdate update(Fields fields) {
    LicenseUpdate update =
        new LicenseUpdate(
            fields.value("plan", Shapes.NAME),
            overrides(fields, Rules.NONE),
            RuleRequests.ofLicense(fields),
            fields.nullableTime("expires_at"),
            fields.nullableDuration("duration"),
            fields.value("customer_email", Shapes.EMAIL),
            fields.nullable("customer_name", Shapes.CUSTOMER_NAME),
            metadata(fields),
            fields.value("status", Shapes.SETTABLE_STATUS).value(),
            fields.value("reason", Shapes.REASON).value(),
            Boolean.TRUE.equals(fields.flag("force").value()));
    requireOneEnd(fields);
    if (fields.has("reason") && !fields.has("status")) {
      fields.wrong("reason", "goes only together with status");
    }
    fields.finish();
    return update;
  }

  /**
   * The licence that the path names, and the versions that {@code If-Match} does (RFC 9110,
   * 13.1.1).
   */
  static LicenseChanges.Target target(Request request) {
    return new LicenseChanges.Target(request.path("id"), versions(request.header("If-Match")));
  }

  /**
   * The versions in an {@code If-Match}; {@code null} when any will do. Tags that are none of ours
   * match nothing.
   */
  private static @Nullable Set<Long> versions(@Nullable String ifMatch) {
    if (ifMatch == null || ifMatch.strip().equals("*")) {
      return null;
    }
    Set<Long> versions = new HashSet<>();
    for (String tag : Splitter.on(',').split(ifMatch)) { // none of ours has a comma
      if (TAG.matcher(tag.strip()).matches()) {
        versions.add(Long.valueOf(tag.strip().substring(1, tag.strip().length() - 1)));
      }
    }
    return versions;
  }

  private static Overrides overrides(Fields fields, Rules rules) {
    return new Overrides(
        fields.nullableCount("max_domains"),
        fields.nullableCount("max_devices"),
        fields.texts("features", Shapes.MAX_FEATURES, true, Shapes.FEATURE),
        rules);
  }

  private static Given<Map<String, String>> metadata(Fields fields) {
    return fields.pairs("metadata", Shapes.MAX_PAIRS, Shapes.MAX_METADATA_BYTES);
  }

  private static void requireOneEnd(Fields fields) {
    if (fields.has("expires_at") && fields.has("duration")) {
      fields.wrong("duration", "does not go with expires_at: send one of them");
    }
  }
}
