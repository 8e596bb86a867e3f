package dev.licet.http.api;

import dev.licet.domain.FailureException;
import dev.licet.domain.Given;
import dev.licet.domain.event.EventType;
import dev.licet.domain.webhook.Replay;
import dev.licet.domain.webhook.Webhook;
import dev.licet.domain.webhook.WebhookHeaders;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport;
import dev.licet.domain.webhook.WebhookUrls;
import dev.licet.domain.webhook.Webhooks;
import dev.licet.http.Endpoint;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import dev.licet.http.PreparedEndpoint;
import dev.licet.http.ProblemException;
import dev.licet.http.Request;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what callers say of webhooks. */
record WebhookRequests(WebhookUrls urls, WebhookTransport transport) {
  static final Shape<Replay.Of> REPLAY_OF = new Shape<>(Replay.Of::named, "must be failed or all");

  private static final int MAX_HEADER_BYTES = 32 * 1024;
  private static final Shape<String> URL = Shape.text(1, WebhookUrls.MAX_LENGTH);
  private static final Shape<String> DESCRIPTION = Shape.text(1, 500);
  private static final Shape<String> EVENTS =
      new Shape<>(
          text -> EventType.matching(text).isEmpty() ? Optional.empty() : Optional.of(text),
          "must be a type of event such as license.created, the beginning of some such as"
              + " license.*, or *");

  /** An endpoint to which nothing comes whose URL leads where nothing is sent. */
  PreparedEndpoint checked(Endpoint endpoint) {
    return request -> {
      Optional<String> refusal = target(request).flatMap(transport::refusal);
      return refusal.isEmpty()
          ? endpoint
          : ignored -> {
            throw FailureException.invalid("/url", refusal.get() + ".");
          };
    };
  }

  /** Where the URL of a request leads; what is wrong with the request is said by the endpoint. */
  private Optional<WebhookTarget> target(Request request) {
    try {
      String url = request.fields().value("url", URL).value();
      return url != null && urls.read(url) instanceof WebhookUrls.Reading.Usable usable
          ? Optional.of(usable.target())
          : Optional.empty();
    } catch (ProblemException | FailureException e) {
      return Optional.empty();
    }
  }

  /** What a caller sets; the fields are not finished yet. */
  Webhooks.Fields read(Fields fields) {
    Given<List<String>> events = fields.texts("events", Webhook.MAX_EVENTS, true, EVENTS);
    if (events.value() != null && events.value().isEmpty()) {
      fields.wrong("events", "must name an event at least");
    }
    return new Webhooks.Fields(
        url(fields),
        events,
        fields.nullable("description", DESCRIPTION),
        fields.flag("enabled"),
        fields.flag("include_keys"),
        fields.flag("ed25519"),
        headers(fields));
  }

  private Given<String> url(Fields fields) {
    Given<String> url = fields.value("url", URL);
    if (url.value() == null) {
      return url;
    }
    return switch (urls.read(url.value())) {
      case WebhookUrls.Reading.Usable(WebhookTarget target) -> Given.of(target.toString());
      case WebhookUrls.Reading.Refused(String reason) -> {
        fields.wrong("url", reason + ".");
        yield Given.absent();
      }
    };
  }

  private static Given<Map<String, String>> headers(Fields fields) {
    Given<Map<String, String>> headers =
        fields.pairs("headers", WebhookHeaders.MAX_COUNT, MAX_HEADER_BYTES);
    if (headers.value() != null) {
      WebhookHeaders.refusal(headers.value())
          .ifPresent(reason -> fields.wrong("headers", reason + "."));
    }
    return headers;
  }
}
