package dev.licet.http.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Caller;
import dev.licet.domain.Page;
import dev.licet.domain.account.Scope;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseView;
import dev.licet.domain.license.MaskedKey;
import dev.licet.http.Json;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Licences as the API shows them. */
final class LicenseJson {
  private LicenseJson() {}

  /**
   * One licence.
   *
   * @param reveal whether the key is shown in full
   */
  static ObjectNode of(LicenseView view, Instant now, boolean reveal) {
    License license = view.license();
    ObjectNode json = Json.object();
    json.put("id", license.id());
    json.put("key", reveal ? license.key() : MaskedKey.of(license.key()));
    json.put("live", license.tenant().live());
    json.put("status", license.statusAt(now).text());
    json.put("product", license.product().name());
    json.put("plan", license.plan().name());
    json.put("customer_email", license.customer().email());
    json.put("customer_name", license.customer().name());
    json.put("max_domains", license.maxDomains());
    putTexts(json, "domains", view.domains());
    json.put("max_devices", license.maxDevices());
    putTexts(json, "devices", view.devices());
    putTexts(json, "features", license.features());
    json.setAll(Json.tree(license.policy().fields()));
    json.set("counters", CounterJson.states(view.counters(now)));
    ObjectNode metadata = json.putObject("metadata");
    license.metadata().forEach(metadata::put);
    json.put("created_at", Timestamps.text(license.createdAt()));
    json.put("updated_at", Timestamps.text(license.updatedAt()));
    json.put("expires_at", Timestamps.text(license.term().expiresAt()));
    json.put("expires_from", license.term().from().text());
    json.put("last_validated_at", Timestamps.text(view.usage().lastValidatedAt()));
    json.put("validation_count", view.usage().validations());
    json.put("status_reason", license.statusReason());
    return json;
  }

  /** The answer that shows one licence, its key only to a caller who may see it. */
  static Response response(Caller caller, LicenseView view, Instant now) {
    return response(200, of(view, now, caller.may(Scope.LICENSES_REVEAL)), view);
  }

  /** The answer to who made a key, who could not hand it on otherwise. */
  static Response revealed(int status, LicenseView view, Instant now) {
    return response(status, of(view, now, true), view);
  }

  /** With the licence's version as the entity tag. */
  private static Response response(int status, ObjectNode json, LicenseView view) {
    return Response.json(status, json).with("ETag", "\"" + view.license().version() + "\"");
  }

  static <T> ObjectNode page(Page<T> page, Function<T, JsonNode> entry) {
    ObjectNode json = Json.object();
    ArrayNode data = json.putArray("data");
    for (T element : page.data()) {
      data.add(entry.apply(element));
    }
    json.put("has_more", page.hasMore());
    return json;
  }

  static void putTexts(ObjectNode json, String name, List<String> values) {
    ArrayNode array = json.putArray(name);
    values.forEach(array::add);
  }
}
