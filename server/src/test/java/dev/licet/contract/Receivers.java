package dev.licet.contract;

import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** Receivers without a network: each host answers as it is told, and what came is kept. */
final class Receivers implements WebhookTransport {
  private final Map<String, Function<WebhookRequest, Result>> answers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> running = new ConcurrentHashMap<>();
  private final Map<String, Integer> most = new ConcurrentHashMap<>();
  private final Queue<WebhookRequest> received = new ConcurrentLinkedQueue<>();

  /** Lets a host answer like this from now on. */
  void answer(String host, Function<WebhookRequest, Result> how) {
    answers.put(host, how);
  }

  /** Lets a host answer with a status from now on. */
  void answer(String host, int status) {
    answer(host, request -> status(status, "answer " + status));
  }

  static Result status(int status, String body) {
    return new Result.Answered(status, body, null, Duration.ofMillis(3));
  }

  @Override
  public Result send(WebhookRequest request) {
    String host = request.target().host();
    int now = running.computeIfAbsent(host, it -> new AtomicInteger()).incrementAndGet();
    most.merge(host, now, Math::max);
    try {
      received.add(request);
      return answers.getOrDefault(host, it -> status(200, "ok")).apply(request);
    } finally {
      running.get(host).decrementAndGet();
    }
  }

  @Override
  public Optional<String> refusal(WebhookTarget target) {
    return Optional.empty();
  }

  /** What a host got, in the order in which it came. */
  List<WebhookRequest> of(String host) {
    return received.stream().filter(request -> request.target().host().equals(host)).toList();
  }

  /** The ids of what a host got. */
  List<String> ids(String host) {
    return of(host).stream().map(request -> request.headers().get("webhook-id")).toList();
  }

  /** The most messages that a host had at once. */
  int most(String host) {
    return most.getOrDefault(host, 0);
  }

  static String body(WebhookRequest request) {
    return new String(request.body(), StandardCharsets.UTF_8);
  }
}
