package dev.licet.webhook;

import dev.licet.domain.webhook.RetryAfter;
import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport;
import dev.licet.webhook.AddressGate.Finding;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.TrustOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Calls receivers over HTTP. Blocks the caller, who is on a virtual thread.
 *
 * <p>Opens nothing before the first call. Safe for many threads.
 */
public final class HttpTransport implements WebhookTransport, AutoCloseable {
  private static final Duration CHECK = Duration.ofSeconds(2);
  private static final int MAX_ADDRESSES = 3;

  private final Duration timeout;
  private final InstantSource clock;
  private final NameResolver resolver;
  private final AddressGate gate;
  private final UnaryOperator<InetSocketAddress> route;
  private final @Nullable TrustOptions trust;
  private @Nullable Wire wire;
  private volatile boolean closed;

  /**
   * @param loopbackAllowed whether the server's own machine may be called, also without https
   * @param timeout for a whole attempt, from the name to the end of the answer
   */
  public HttpTransport(boolean loopbackAllowed, Duration timeout, InstantSource clock) {
    this(loopbackAllowed, timeout, clock, new LazyResolver(), UnaryOperator.identity(), null);
  }

  /**
   * As the server's, with other names and roads.
   *
   * @param route where a connection to an address that was checked goes
   * @param trust whose certificates are believed; null for the JDK's authorities
   */
  HttpTransport(
      boolean loopbackAllowed,
      Duration timeout,
      InstantSource clock,
      NameResolver resolver,
      UnaryOperator<InetSocketAddress> route,
      @Nullable TrustOptions trust) {
    this.timeout = timeout;
    this.clock = clock;
    this.resolver = resolver;
    this.gate = new AddressGate(resolver, loopbackAllowed);
    this.route = route;
    this.trust = trust;
  }

  @Override
  public Result send(WebhookRequest request) {
    Deadline deadline = new Deadline(timeout);
    Wire open = wire();
    if (open == null) {
      return stopped(deadline);
    }
    try {
      return switch (gate.admit(request.target(), deadline.left())) {
        case Finding.Refused refused ->
            new Result.Failed(refused.trouble(), refused.detail(), deadline.took());
        case Finding.Admitted admitted ->
            post(new Attempt(open, request, deadline), admitted.addresses());
      };
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return stopped(deadline);
    }
  }

  @Override
  public Optional<String> refusal(WebhookTarget target) {
    try {
      return gate.admit(target, CHECK) instanceof Finding.Refused refused
              && refused.trouble() == Trouble.FORBIDDEN_ADDRESS
          ? Optional.of("The URL must not be called: " + refused.detail())
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** What belongs to one call of {@link #send}. */
  private record Attempt(Wire wire, WebhookRequest request, Deadline deadline) {}

  /** Takes the first address that can be connected to. */
  private Result post(Attempt attempt, List<InetAddress> addresses) throws InterruptedException {
    Deadline deadline = attempt.deadline();
    Result result = stopped(deadline);
    for (InetAddress address : addresses.subList(0, Math.min(addresses.size(), MAX_ADDRESSES))) {
      try {
        Wire.Call call = connect(attempt, address);
        Result answered = exchange(attempt, call);
        // A connection that was kept may be closed by the receiver at the same moment.
        return call.reused() && isReset(answered)
            ? exchange(attempt, connect(attempt, address))
            : answered;
      } catch (ExecutionException e) {
        result = failed(e, deadline);
      } catch (TimeoutException e) {
        return timedOut(deadline);
      }
      if (closed || deadline.over()) {
        break;
      }
    }
    return result;
  }

  private static boolean isReset(Result result) {
    return result instanceof Result.Failed failed && failed.trouble() == Trouble.RESET;
  }

  private Wire.Call connect(Attempt attempt, InetAddress address)
      throws ExecutionException, TimeoutException, InterruptedException {
    WebhookRequest request = attempt.request();
    InetSocketAddress checked = new InetSocketAddress(address, request.target().port());
    return attempt.wire().connect(request, route.apply(checked), attempt.deadline().left());
  }

  /** Sends the message on a connection, and reads the answer. */
  private Result exchange(Attempt attempt, Wire.Call call) throws InterruptedException {
    Deadline deadline = attempt.deadline();
    Future<Answer> answer = call.request().response().compose(Answer::read);
    call.request().end(Buffer.buffer(attempt.request().body()));
    try {
      Answer read = Wire.await(answer, deadline.left());
      String retryAfter = read.retryAfter();
      return new Result.Answered(
          read.status(),
          AnswerText.of(read.start()),
          retryAfter == null ? null : RetryAfter.read(retryAfter, clock.instant()),
          deadline.took());
    } catch (ExecutionException e) {
      call.abort();
      return failed(e, deadline);
    } catch (TimeoutException e) {
      call.abort();
      return timedOut(deadline);
    } catch (InterruptedException e) {
      call.abort();
      throw e;
    }
  }

  private Result failed(ExecutionException failure, Deadline deadline) {
    Throwable fault = failure.getCause() == null ? failure : failure.getCause();
    return closed
        ? stopped(deadline)
        : new Result.Failed(Troubles.of(fault), Troubles.detail(fault), deadline.took());
  }

  private Result timedOut(Deadline deadline) {
    String detail = "no whole answer within " + timeout.toMillis() + " ms";
    return new Result.Failed(Trouble.TIMEOUT, detail, deadline.took());
  }

  private static Result stopped(Deadline deadline) {
    return new Result.Failed(Trouble.STOPPED, "the server stops", deadline.took());
  }

  /** The client; null when there is none any more. */
  private synchronized @Nullable Wire wire() {
    if (wire == null && !closed) {
      wire = new Wire(trust);
    }
    return closed ? null : wire;
  }

  /** Cuts off what is under way, in less than a second. */
  @Override
  public synchronized void close() {
    closed = true;
    if (wire != null) {
      wire.close();
    }
    resolver.close();
  }
}
