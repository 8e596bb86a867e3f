package dev.licet.store.sql;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.domain.billing.Buyer;
import dev.licet.domain.billing.Command.DisputeState;
import dev.licet.domain.billing.Dated;
import dev.licet.domain.billing.OrderFacts;
import dev.licet.domain.billing.OrderFacts.LineFacts;
import dev.licet.domain.billing.OrderLine;
import dev.licet.domain.billing.Standing;
import dev.licet.domain.billing.Wanted;
import dev.licet.domain.license.LicenseStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is known of orders, as JSON in a column. Times keep all that a provider says of them: some
 * count microseconds.
 */
final class OrderJson {
  private OrderJson() {}

  static String write(OrderFacts facts) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("entitled", facts.entitled());
    json.put("last_paid", Rows.text(facts.lastPaid()));
    json.put("paid_through", Rows.text(facts.paidThrough()));
    json.put("buyer", dated(facts.buyer(), OrderJson::buyer));
    json.put("standing", dated(facts.standing(), Standing::text));
    json.put("period_end", dated(facts.periodEnd(), Instant::toString));
    json.put("end", dated(facts.end(), end -> end.map(Instant::toString).orElse("")));
    json.put("lines", values(facts.lines(), OrderJson::line));
    json.put("current", values(facts.current(), it -> dated(it, keys -> keys)));
    json.put("refunds", values(facts.refunds(), it -> dated(it, full -> full)));
    json.put("disputes", values(facts.disputes(), it -> dated(it, DisputeState::name)));
    return Json.write(json);
  }

  static OrderFacts facts(String text) {
    JsonNode json = Json.tree(text);
    return new OrderFacts(
        json.get("entitled").booleanValue(),
        time(json.get("last_paid")),
        time(json.get("paid_through")),
        dated(json.get("buyer"), OrderJson::buyer),
        dated(json.get("standing"), it -> Standing.of(it.textValue()).orElseThrow()),
        dated(json.get("period_end"), it -> Instant.parse(it.textValue())),
        dated(
            json.get("end"),
            it ->
                it.textValue().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.parse(it.textValue()))),
        values(json.get("lines"), OrderJson::line),
        values(json.get("current"), it -> known(it, keys -> new TreeSet<>(texts(keys)))),
        values(json.get("refunds"), it -> known(it, JsonNode::booleanValue)),
        values(
            json.get("disputes"),
            it -> known(it, state -> DisputeState.valueOf(state.textValue()))));
  }

  static String write(Wanted wanted) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("buyer", buyer(wanted.buyer()));
    json.put("plan", wanted.plan());
    json.put("product", wanted.product());
    json.put("seats", wanted.seats());
    json.put("ends", wanted.ends());
    json.put("expires_at", Rows.text(wanted.expiresAt()));
    json.put("status", wanted.status().text());
    json.put("reason", wanted.reason());
    return Json.write(json);
  }

  static Wanted wanted(String text) {
    JsonNode json = Json.tree(text);
    JsonNode seats = json.get("seats");
    return new Wanted(
        buyer(json.get("buyer")),
        json.get("plan").textValue(),
        json.get("product").textValue(),
        seats.isNull() ? null : seats.intValue(),
        json.get("ends").booleanValue(),
        time(json.get("expires_at")),
        LicenseStatus.of(json.get("status").textValue()).orElseThrow(),
        json.get("reason").textValue());
  }

  private static Map<String, @Nullable Object> buyer(Buyer buyer) {
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("email", buyer.email());
    json.put("name", buyer.name());
    return json;
  }

  private static Buyer buyer(JsonNode json) {
    return new Buyer(json.get("email").textValue(), json.get("name").textValue());
  }

  private static Map<String, @Nullable Object> line(LineFacts line) {
    OrderLine newest = line.newest().value();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("at", line.newest().at().toString());
    json.put("key", newest.key());
    json.put("price_ids", newest.priceIds());
    json.put("quantity", newest.quantity());
    json.put("recurring", newest.recurring());
    json.put("ever_recurring", line.recurring());
    json.put("most", line.most());
    return json;
  }

  private static LineFacts line(JsonNode json) {
    OrderLine newest =
        new OrderLine(
            json.get("key").textValue(),
            texts(json.get("price_ids")),
            json.get("quantity").intValue(),
            json.get("recurring").booleanValue());
    Instant at = Instant.parse(json.get("at").textValue());
    return new LineFacts(
        new Dated<>(at, newest),
        json.get("most").intValue(),
        json.get("ever_recurring").booleanValue());
  }

  private static List<String> texts(JsonNode list) {
    List<String> texts = new ArrayList<>();
    list.forEach(it -> texts.add(it.textValue()));
    return texts;
  }

  private static <T> @Nullable Map<String, Object> dated(
      @Nullable Dated<T> dated, Function<T, Object> value) {
    return dated == null
        ? null
        : Map.of("at", dated.at().toString(), "value", value.apply(dated.value()));
  }

  private static <T> @Nullable Dated<T> dated(JsonNode json, Function<JsonNode, T> value) {
    return json.isNull() ? null : known(json, value);
  }

  private static <T> Dated<T> known(JsonNode json, Function<JsonNode, T> value) {
    return new Dated<>(Instant.parse(json.get("at").textValue()), value.apply(json.get("value")));
  }

  private static <T> Map<String, @Nullable Object> values(
      Map<String, T> map, Function<T, @Nullable Object> value) {
    Map<String, @Nullable Object> json = new TreeMap<>();
    map.forEach((key, it) -> json.put(key, value.apply(it)));
    return json;
  }

  private static <T> Map<String, T> values(JsonNode json, Function<JsonNode, T> value) {
    Map<String, T> map = new TreeMap<>();
    json.properties().forEach(it -> map.put(it.getKey(), value.apply(it.getValue())));
    return map;
  }

  private static @Nullable Instant time(JsonNode json) {
    return json.isNull() ? null : Instant.parse(json.textValue());
  }
}
