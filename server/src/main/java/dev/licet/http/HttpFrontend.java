package dev.licet.http;

import dev.licet.domain.account.Authenticator;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.validation.Validations;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The HTTP server: one socket, one event loop for each core. */
public final class HttpFrontend implements AutoCloseable {
  private static final int DRAIN_SECONDS = 8;
  private static final int START_SECONDS = 20;

  private final Vertx vertx;
  private final Queue<HttpServer> servers = new ConcurrentLinkedQueue<>();

  private HttpFrontend(Vertx vertx) {
    this.vertx = vertx;
  }

  /** What requests are handed to. */
  public record Services(
      Routes.Endpoints endpoints,
      Validations validations,
      UsageJournal journal,
      Authenticator authenticator,
      CallHandler calls,
      ClientAddress clientAddress,
      Executor blocking,
      MeterRegistry registry) {}

  /**
   * Opens the socket; returns when it takes requests.
   *
   * @param port 0 for any that is free
   * @throws IOException when the address cannot be bound
   */
  public static HttpFrontend start(String host, int port, Services services) throws IOException {
    Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(false));
    HttpFrontend frontend = new HttpFrontend(vertx);
    HttpGateway.Services to =
        new HttpGateway.Services(
            Routes.of(services.endpoints()),
            services.validations(),
            services.journal(),
            services.authenticator(),
            services.calls(),
            services.clientAddress(),
            services.blocking(),
            services.registry());
    HttpServerOptions options = options(host, port);
    DeploymentOptions deployment =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    try {
      await(vertx.deployVerticle(() -> frontend.new Loop(options, to), deployment), START_SECONDS);
    } catch (CompletionException | TimeoutException e) {
      frontend.close();
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
    return frontend;
  }

  /** The port that requests are taken on. */
  public int port() {
    HttpServer server = servers.peek();
    if (server == null) {
      throw new IllegalStateException("not started");
    }
    return server.actualPort();
  }

  /** Takes no more requests and lets those in flight finish, for at most 8 seconds. */
  @Override
  public void close() {
    try {
      for (HttpServer server : servers) {
        await(server.shutdown(DRAIN_SECONDS, TimeUnit.SECONDS), DRAIN_SECONDS + 1);
      }
      await(vertx.close(), 2);
    } catch (CompletionException | TimeoutException e) {
      System.getLogger(HttpFrontend.class.getName())
          .log(System.Logger.Level.WARNING, "the HTTP server did not stop in time");
    }
  }

  private static HttpServerOptions options(String host, int port) {
    return new HttpServerOptions()
        .setHost(host)
        .setPort(port)
        .setIdleTimeout(HttpLimits.IDLE_SECONDS)
        .setMaxInitialLineLength(HttpLimits.MAX_REQUEST_LINE)
        .setMaxHeaderSize(HttpLimits.MAX_HEADERS)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false)
        .setTcpNoDelay(true)
        .setAcceptBacklog(1_024);
  }

  private static <T> T await(Future<T> future, int seconds) throws TimeoutException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** One event loop with its share of the connections. */
  private final class Loop extends VerticleBase {
    private final HttpServerOptions options;
    private final HttpGateway.Services services;

    Loop(HttpServerOptions options, HttpGateway.Services services) {
      this.options = options;
      this.services = services;
    }

    @Override
    public Future<?> start() {
      HttpGateway gateway = new HttpGateway(vertx, context, services);
      return vertx
          .createHttpServer(options)
          .requestHandler(gateway::handle)
          .listen()
          .onSuccess(servers::add);
    }
  }
}
