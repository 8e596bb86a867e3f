package dev.licet.domain.delivery;

import dev.licet.domain.delivery.DeliveryQueue.Message;
import dev.licet.domain.delivery.DeliveryQueue.Outcome;
import dev.licet.domain.delivery.DeliveryQueue.Result;
import dev.licet.domain.license.MaskedKey;
import dev.licet.domain.webhook.RetrySchedule;
import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookSignature;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport;
import dev.licet.domain.webhook.WebhookTransport.Result.Answered;
import dev.licet.domain.webhook.WebhookTransport.Result.Failed;
import dev.licet.domain.webhook.WebhookTransport.Trouble;
import dev.licet.domain.webhook.WebhookUrls;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Makes one attempt to deliver a message, and says what comes of it. Safe for many threads. */
public final class Sender {
  private static final int GONE = 410;

  private final WebhookTransport transport;
  private final WebhookUrls urls;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final String userAgent;

  /**
   * @param random for many threads
   */
  public Sender(
      WebhookTransport transport,
      WebhookUrls urls,
      InstantSource clock,
      RandomGenerator random,
      String userAgent) {
    this.transport = transport;
    this.urls = urls;
    this.clock = clock;
    this.random = random;
    this.userAgent = userAgent;
  }

  /** Sends a message. Blocks until there is an answer, or will be none. */
  Result send(Message message) {
    Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    WebhookTransport.Result result =
        switch (urls.read(message.url())) {
          case WebhookUrls.Reading.Usable(WebhookTarget target) ->
              transport.send(new WebhookRequest(target, headers(message, at), message.body()));
          case WebhookUrls.Reading.Refused(String reason) ->
              new Failed(Trouble.FORBIDDEN_ADDRESS, reason, Duration.ZERO);
        };
    return switch (result) {
      case Answered answer -> answered(message, at, answer);
      case Failed failure when failure.trouble() == Trouble.STOPPED ->
          new Result(message.delivery(), Outcome.RETURNED, clock.instant(), null);
      case Failed failure ->
          again(
              message,
              new Attempt(
                  at,
                  null,
                  failure.took(),
                  null,
                  failure.trouble().code() + ": " + failure.detail()),
              null);
    };
  }

  private Result answered(Message message, Instant at, Answered answer) {
    Attempt attempt =
        new Attempt(at, answer.status(), answer.took(), masked(answer.bodyStart(), message), null);
    if (answer.succeeded()) {
      return new Result(message.delivery(), Outcome.SUCCEEDED, null, attempt);
    }
    if (answer.status() == GONE) {
      return new Result(message.delivery(), Outcome.GONE, null, attempt);
    }
    return again(message, attempt, answer.retryAfter());
  }

  private Result again(Message message, Attempt attempt, @Nullable Duration retryAfter) {
    int made = message.delivery().attempts() + 1;
    Duration delay = RetrySchedule.delayAfter(made, retryAfter, random).orElse(null);
    return delay == null
        ? new Result(message.delivery(), Outcome.FAILED, null, attempt)
        : new Result(message.delivery(), Outcome.RETRIED, clock.instant().plus(delay), attempt);
  }

  private Map<String, String> headers(Message message, Instant at) {
    String id = message.eventId();
    long seconds = at.getEpochSecond();
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.put("user-agent", userAgent);
    headers.putAll(message.keys().headers());
    headers.put("content-type", "application/json");
    headers.put(WebhookSignature.ID_HEADER, id);
    headers.put(WebhookSignature.TIMESTAMP_HEADER, Long.toString(seconds));
    headers.put(
        WebhookSignature.SIGNATURE_HEADER,
        WebhookSignature.header(
            id,
            seconds,
            message.body(),
            message.keys().signingAt(at),
            message.ed25519() ? message.keys().pair() : null));
    return headers;
  }

  /** A receiver may answer with what it got, and answers are kept. */
  private static String masked(String answer, Message message) {
    String masked = answer;
    for (String key : message.revealed()) {
      masked = masked.replace(key, MaskedKey.of(key));
    }
    return masked;
  }
}
