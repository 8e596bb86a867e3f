package dev.licet.http;

import dev.licet.domain.usage.Outcome;
import dev.licet.domain.validation.Answer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What HTTP counts: validations by outcome and time, other calls by route and status. */
final class Metrics {
  private final MeterRegistry registry;
  private final Timer validationTime;
  private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
  private final Counter notFound;
  private final Counter throttled;
  private final Counter unavailable;
  private final Counter stale;

  Metrics(MeterRegistry registry) {
    this.registry = registry;
    this.validationTime =
        Timer.builder("licet.validation.time")
            .description("From the last byte of the request to the answer")
            .serviceLevelObjectives(
                Duration.ofMillis(1),
                Duration.ofMillis(5),
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(500))
            .register(registry);
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, validations(outcome.code() == null ? "VALID" : outcome.code().name()));
    }
    this.notFound = validations("LICENSE_NOT_FOUND");
    this.throttled = validations("RATE_LIMITED");
    this.unavailable = validations("TEMPORARILY_UNAVAILABLE");
    this.stale =
        Counter.builder("licet.validations.stale")
            .description("Validations that were answered while the database was away")
            .register(registry);
  }

  void validated(Answer answer, long nanos) {
    validationTime.record(nanos, TimeUnit.NANOSECONDS);
    counter(answer).increment();
    if (isStale(answer)) {
      stale.increment();
    }
  }

  private static boolean isStale(Answer answer) {
    return switch (answer) {
      case Answer.Valid valid -> valid.stale();
      case Answer.Refused refused -> refused.stale();
      case Answer.NotFound unknown -> false;
      case Answer.Throttled waits -> false;
      case Answer.Unavailable away -> false;
    };
  }

  void answered(Route route, int status, long nanos) {
    registry
        .timer(
            "licet.http.time",
            "method",
            route.method(),
            "route",
            route.template(),
            "status",
            Integer.toString(status))
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Counter counter(Answer answer) {
    return switch (answer) {
      case Answer.Valid valid -> outcome(Outcome.VALID);
      case Answer.Refused refused -> outcome(Outcome.of(refused.verdict().code()));
      case Answer.NotFound unknown -> notFound;
      case Answer.Throttled waits -> throttled;
      case Answer.Unavailable away -> unavailable;
    };
  }

  private Counter outcome(Outcome outcome) {
    Counter counter = outcomes.get(outcome);
    return counter == null ? notFound : counter;
  }

  private Counter validations(String outcome) {
    return Counter.builder("licet.validations")
        .description("Validations by outcome")
        .tag("outcome", outcome)
        .register(registry);
  }
}
