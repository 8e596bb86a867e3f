package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import dev.licet.domain.Page;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.account.Scope;
import dev.licet.domain.license.License;
import dev.licet.domain.license.LicenseChanges;
import dev.licet.domain.license.LicenseChanges.Target;
import dev.licet.domain.license.LicenseFilter;
import dev.licet.domain.license.LicenseView;
import dev.licet.domain.license.Licenses;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.Json;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import dev.licet.http.Problems;
import dev.licet.http.Request;
import dev.licet.http.Response;
import dev.licet.http.Timestamps;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /api/v1/licenses/batch}: one change to many licences. Each has its own transaction,
 * so that validations pass in between and one that fails keeps none of the others back.
 */
public final class BatchEndpoint implements Endpoint {
  private static final int MAX_AT_ONCE = 1_000;

  private static final Shape<String> ID = Shape.text(1, 64);
  private static final Shape<Action> ACTION =
      new Shape<>(Action::of, "must be suspend, reinstate, renew or revoke");

  private final Licenses licenses;
  private final LicenseChanges changes;
  private final LicenseFilters filters;
  private final InstantSource clock;

  public BatchEndpoint(
      Licenses licenses, LicenseChanges changes, LicenseFilters filters, InstantSource clock) {
    this.licenses = licenses;
    this.changes = changes;
    this.filters = filters;
    this.clock = clock;
  }

  private enum Action {
    SUSPEND,
    REINSTATE,
    RENEW,
    REVOKE;

    static Optional<Action> of(String text) {
      return List.of(values()).stream()
          .filter(action -> action.name().toLowerCase(Locale.ROOT).equals(text))
          .findFirst();
    }
  }

  /**
   * What to do.
   *
   * @param duration where it is a renewal by a duration
   */
  private record Order(
      Action action,
      @Nullable String reason,
      Given<Instant> expiresAt,
      @Nullable IsoDuration duration) {}

  /** Which licences: by their ids, or by a filter that empty lets none pass. */
  private record Choice(
      @Nullable List<String> ids, Optional<LicenseFilter> filter, @Nullable String startingAfter) {}

  @Override
  public Response handle(Request request) {
    request.query().finish();
    Instant now = clock.instant();
    Fields fields = request.fields();
    Order order = order(fields);
    Choice choice = choice(fields, now);
    fields.finish();
    Caller caller = request.caller();
    if (order.action() == Action.REVOKE && !caller.may(Scope.LICENSES_REVOKE)) {
      throw new ProblemException(
          ProblemCode.INSUFFICIENT_SCOPE,
          "The API key lacks the scope " + Scope.LICENSES_REVOKE.text() + ".");
    }
    Page<String> ids = ids(caller, choice);
    return Response.json(200, carryOut(caller, order, ids, now));
  }

  private static Order order(Fields fields) {
    fields.required("action", Shape.text(1, 20));
    Action action = fields.value("action", ACTION).value();
    String reason = fields.value("reason", Shapes.REASON).value();
    Given<Instant> expiresAt = fields.nullableTime("expires_at");
    IsoDuration duration = fields.duration("duration").value();
    if (action == Action.RENEW) {
      if (fields.has("expires_at") == fields.has("duration")) {
        fields.wrong("expires_at", "send either expires_at or duration");
      }
      if (fields.has("reason")) {
        fields.wrong("reason", "does not go with renew");
      }
    } else if (fields.has("expires_at") || fields.has("duration")) {
      fields.wrong(
          fields.has("duration") ? "duration" : "expires_at", "goes only together with renew");
    }
    return new Order(action == null ? Action.SUSPEND : action, reason, expiresAt, duration);
  }

  private Choice choice(Fields fields, Instant now) {
    List<String> ids = fields.texts("ids", MAX_AT_ONCE, true, ID).value();
    Optional<LicenseFilter> filter =
        fields.nullableObject("filter", part -> filter(fields, part, now)).value();
    String startingAfter = fields.value("starting_after", ID).value();
    if (fields.has("filter") && filter == null) {
      fields.wrong("filter", "must not be null");
    }
    if (fields.has("ids") == fields.has("filter")) {
      fields.wrong("ids", "send either ids or filter");
    }
    if (startingAfter != null && !fields.has("filter")) {
      fields.wrong("starting_after", "goes only together with filter");
    }
    return new Choice(ids, filter == null ? Optional.empty() : filter, startingAfter);
  }

  private Optional<LicenseFilter> filter(Fields fields, Fields part, Instant now) {
    if (part.isEmpty()) {
      fields.wrong("filter", "must name at least one condition");
    }
    return filters.read(part::optional, now);
  }

  private Page<String> ids(Caller caller, Choice choice) {
    if (choice.ids() != null) {
      return new Page<>(choice.ids(), false);
    }
    return choice
        .filter()
        .map(filter -> licenses.ids(caller.tenant(), filter, MAX_AT_ONCE, choice.startingAfter()))
        .orElseGet(() -> new Page<>(List.of(), false));
  }

  private ObjectNode carryOut(Caller caller, Order order, Page<String> ids, Instant now) {
    ObjectNode json = Json.object();
    ArrayNode results = json.putArray("results");
    int done = 0;
    StoreUnavailableException away = null;
    for (String id : ids.data()) {
      ObjectNode result = results.addObject().put("id", id);
      try {
        if (away != null) {
          throw away;
        }
        License license = apply(caller, new Target(id, null), order);
        result.put("done", true);
        result.put("status", license.statusAt(now).text());
        result.put("expires_at", Timestamps.text(license.term().expiresAt()));
        done++;
      } catch (FailureException e) {
        result.put("done", false).setAll(Problems.summary(e));
      } catch (StoreUnavailableException e) {
        away = e;
        result.put("done", false).setAll(Problems.summary(e));
      }
    }
    json.put("done", done);
    json.put("failed", ids.data().size() - done);
    json.put("has_more", ids.hasMore());
    return json;
  }

  private License apply(Caller caller, Target target, Order order) {
    LicenseView view =
        switch (order.action()) {
          case SUSPEND -> changes.suspend(caller, target, order.reason());
          case REINSTATE -> changes.reinstate(caller, target, order.reason());
          case REVOKE -> changes.revoke(caller, target, order.reason());
          case RENEW ->
              order.duration() == null
                  ? changes.renewUntil(caller, target, order.expiresAt().value())
                  : changes.renewFor(caller, target, order.duration());
        };
    return view.license();
  }
}
