package dev.licet.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.SeatView;
import dev.licet.domain.billing.PlacedOrder;
import dev.licet.domain.billing.PlacedOrders;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.Events;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseView;
import dev.licet.domain.license.Licenses;
import dev.licet.domain.usage.UsageQuery;
import dev.licet.domain.usage.UsageRecord;
import dev.licet.http.Json;
import dev.licet.http.ProblemException;
import dev.licet.http.Request;
import dev.licet.http.Timestamps;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes down what is known of a person: licences with their seats, validations and events, and
 * orders of shops. Reads page by page, so that nobody has too many.
 */
public final class CustomerExport {
  private static final int PAGE = 100;

  private final Licenses licenses;
  private final Events events;
  private final PlacedOrders orders;
  private final InstantSource clock;

  public CustomerExport(
      Licenses licenses, Events events, PlacedOrders orders, InstantSource clock) {
    this.licenses = licenses;
    this.events = events;
    this.orders = orders;
    this.clock = clock;
  }

  /** A way to read a list page by page. */
  private interface Pages<T> {
    Page<T> after(@Nullable T last);
  }

  /**
   * Writes all of it and leaves the stream open.
   *
   * @throws ProblemException when the caller may not see it any more
   */
  void write(Request request, String email, OutputStream out) throws IOException {
    Instant now = clock.instant();
    Tenant tenant = request.caller().tenant();
    JsonGenerator json = Json.generator(out);
    json.writeStartObject();
    json.writeStringField("email", email.toLowerCase(Locale.ROOT));
    json.writeBooleanField("live", tenant.live());
    json.writeStringField("exported_at", Timestamps.text(now));
    json.writeArrayFieldStart("licenses");
    LicenseFilter own = new LicenseFilter(null, null, email, null, null, null, null, now);
    LicenseView last = null;
    Page<LicenseView> page;
    do {
      request.requireStillAdmitted();
      page = licenses.list(tenant, own, PAGE, last == null ? null : last.license().id());
      for (LicenseView view : page.data()) {
        license(json, request, view, email, now);
        last = view;
      }
    } while (page.hasMore());
    json.writeEndArray();
    CustomerExport.<PlacedOrder>list(
        json,
        "orders",
        pages(request, order -> orders.of(tenant, email, PAGE, order)),
        CheckoutJson::of);
    json.writeEndObject();
    json.flush();
  }

  private void license(
      JsonGenerator json, Request request, LicenseView view, String email, Instant now)
      throws IOException {
    Tenant tenant = request.caller().tenant();
    String id = view.license().id();
    json.writeStartObject();
    json.writeFieldName("license");
    json.writeTree(LicenseJson.of(view, now, false));
    CustomerExport.<SeatView>list(
        json,
        "activations",
        pages(
            request,
            last -> licenses.seats(tenant, id, PAGE, last == null ? null : last.seat().id())),
        ActivationEndpoints::json);
    json.writeFieldName("usage");
    json.writeTree(UsageEndpoint.json(licenses.usage(tenant, id, page(null)).summary()));
    CustomerExport.<UsageRecord>list(
        json,
        "validations",
        pages(request, last -> validations(tenant, id, last)),
        UsageEndpoint::json);
    EventFilter ofLicense = new EventFilter(null, id, null, null);
    CustomerExport.<RecordedEvent>list(
        json,
        "events",
        pages(
            request, last -> events.list(tenant, ofLicense, PAGE, last == null ? null : last.id())),
        event -> mentions(event, email) ? EventEndpoints.json(event) : null);
    json.writeEndObject();
  }

  /** The same way, open only as long as the caller may go it. */
  private static <T> Pages<T> pages(Request request, Pages<T> pages) {
    return last -> {
      request.requireStillAdmitted();
      return pages.after(last);
    };
  }

  private Page<UsageRecord> validations(Tenant tenant, String id, @Nullable UsageRecord last) {
    return licenses.usage(tenant, id, page(last)).page();
  }

  private static UsageQuery page(@Nullable UsageRecord last) {
    UsageQuery.Position after =
        last == null
            ? null
            : new UsageQuery.Position(
                Instant.ofEpochMilli(last.event().atMillis()), last.eventId());
    return new UsageQuery(null, null, null, PAGE, after);
  }

  /** Somebody else may have had the licence before. */
  private static boolean mentions(RecordedEvent event, String email) {
    String quoted = new String(Json.bytes(TextNode.valueOf(email.toLowerCase(Locale.ROOT))), UTF_8);
    return event.data().toLowerCase(Locale.ROOT).contains(quoted.substring(1, quoted.length() - 1));
  }

  /**
   * Writes a list.
   *
   * @param entry {@code null} for what is left out
   */
  private static <T> void list(
      JsonGenerator json, String name, Pages<T> pages, Function<T, @Nullable JsonNode> entry)
      throws IOException {
    json.writeArrayFieldStart(name);
    T last = null;
    Page<T> page;
    do {
      page = pages.after(last);
      for (T element : page.data()) {
        JsonNode node = entry.apply(element);
        if (node != null) {
          json.writeTree(node);
        }
        last = element;
      }
    } while (page.hasMore());
    json.writeEndArray();
  }
}
