package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.counter.CounterRule;
import dev.licet.domain.counter.CounterState;
import dev.licet.domain.counter.CounterUse;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseExport;
import dev.licet.domain.license.LicenseImport;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.license.NewLicense;
import dev.licet.domain.license.Overrides;
import dev.licet.domain.license.Past;
import dev.licet.domain.license.Term;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Json;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Licences as they are exported and imported: what {@code POST /licenses} takes and, beside it,
 * what they have been through. What is written here is read here.
 */
final class LicenseTransfer {
  private static final Shape<LicenseStatus> STATUS =
      new Shape<>(LicenseStatus::of, "must be active, suspended, expired or revoked");
  private static final Shape<Instant> TIME = new Shape<>(Timestamps::read, Timestamps.EXPECTED);

  private LicenseTransfer() {}

  /** Reads a licence to bring in. */
  static LicenseImport.Item read(Fields fields) {
    NewLicense wanted = LicenseRequests.wanted(fields, SeatKind.MAX_SEATS);
    LicenseStatus status = fields.value("status", STATUS).value();
    String reason = fields.value("status_reason", Shapes.REASON).value();
    Instant createdAt = fields.value("created_at", TIME).value();
    Instant firstValidatedAt = fields.value("first_validated_at", TIME).value();
    List<String> devices =
        fields.texts("devices", SeatKind.MAX_SEATS, false, Shapes.FINGERPRINT).value();
    Map<String, Long> used =
        fields
            .nullableNumbers("counters_used", Shapes.MAX_COUNTERS, Shapes.COUNTER, CounterRule.MOST)
            .value();
    fields.finish();
    return new LicenseImport.Item(
        wanted,
        new Past(
            status == null ? LicenseStatus.ACTIVE : status,
            reason,
            createdAt,
            firstValidatedAt,
            devices == null ? List.of() : devices.stream().distinct().toList(),
            used == null ? Map.of() : used));
  }

  /** Writes a licence; where it follows its plan, it says nothing. */
  static ObjectNode write(LicenseExport.Item item, Instant now) {
    License license = item.license();
    ObjectNode json = Json.object();
    json.put("key", license.key());
    json.put("product", license.product().name());
    json.put("plan", license.plan().name());
    json.put("customer_email", license.customer().email());
    putText(json, "customer_name", license.customer().name());
    json.put("status", license.statusAt(now).text());
    putText(json, "status_reason", license.statusReason());
    json.put("created_at", Timestamps.text(license.createdAt()));
    putTerm(json, license.term());
    putOverrides(json, license.overrides());
    if (!item.domains().isEmpty()) {
      LicenseJson.putTexts(json, "domains", item.domains());
    }
    if (!item.devices().isEmpty()) {
      LicenseJson.putTexts(json, "devices", item.devices());
    }
    if (!license.metadata().isEmpty()) {
      ObjectNode metadata = json.putObject("metadata");
      license.metadata().forEach(metadata::put);
    }
    putUsed(json, item, now);
    return json;
  }

  private static void putTerm(ObjectNode json, Term term) {
    if (term.pending() == null) {
      json.put("expires_at", Timestamps.text(term.expiresAt()));
    } else {
      json.put("duration", term.pending().toString());
    }
    if (term.from() == ExpiresFrom.FIRST_VALIDATION) {
      json.put("expires_from", term.from().text());
    }
    putText(json, "first_validated_at", Timestamps.text(term.firstValidatedAt()));
  }

  private static void putOverrides(ObjectNode json, Overrides own) {
    if (own.maxDomains().present()) {
      json.put("max_domains", own.maxDomains().value());
    }
    if (own.maxDevices().present()) {
      json.put("max_devices", own.maxDevices().value());
    }
    List<String> features = own.features().value();
    if (features != null) {
      LicenseJson.putTexts(json, "features", features);
    }
    json.setAll(RuleJson.of(own.rules()));
  }

  private static void putUsed(ObjectNode json, LicenseExport.Item item, Instant now) {
    ObjectNode used = Json.object();
    item.license()
        .counters()
        .forEach((name, rule) -> {
          CounterState state = rule.at(item.counterUses().getOrDefault(name, CounterUse.NONE), now);
          if (state.used() > 0) {
            used.put(name, state.used());
          }
        });
    if (!used.isEmpty()) {
      json.set("counters_used", used);
    }
  }

  private static void putText(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
