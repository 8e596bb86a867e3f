package dev.licet.http;

import dev.licet.domain.account.Authenticator;
import dev.licet.domain.sla.ServiceLevels;
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
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Queue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The HTTP server: one socket, one event loop for each core. */
public final class HttpFrontend implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(HttpFrontend.class.getName());

  private static final long DRAIN_MILLIS = 4_000;
  private static final long CLOSE_MILLIS = 4_500;
  private static final long START_MILLIS = 20_000;

  private final Vertx vertx;
  private final AtomicInteger connections = new AtomicInteger();
  private final Queue<Loop> loops = new ConcurrentLinkedQueue<>();

  private HttpFrontend(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * What requests are handed to.
   *
   * @param blocking runs what may block; rejects what is too much
   * @param unbounded runs what is never too much
   * @param maxConnections how many may be open at once
   */
  public record Services(
      Routes.Endpoints endpoints,
      Validations validations,
      UsageJournal journal,
      ServiceLevels levels,
      Authenticator authenticator,
      CallHandler calls,
      ClientAddress clientAddress,
      Executor blocking,
      Executor unbounded,
      int maxConnections,
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
    SocketAddress address = address(host, port);
    int loops = Runtime.getRuntime().availableProcessors();
    DeploymentOptions deployment = new DeploymentOptions().setInstances(loops);
    try {
      await(
          vertx.deployVerticle(() -> frontend.new Loop(address, services, loops), deployment),
          START_MILLIS);
    } catch (CompletionException | TimeoutException e) {
      frontend.close();
      throw new IOException(e.getCause() == null ? e : e.getCause());
    }
    return frontend;
  }

  /** The port that requests are taken on. */
  public int port() {
    Loop loop = loops.peek();
    if (loop == null) {
      throw new IllegalStateException("not started");
    }
    return loop.server.actualPort();
  }

  /**
   * Takes no more requests and lets those in flight finish, for at most 4 seconds; 5 seconds for
   * all. Who is in the middle of a request is cut off.
   */
  @Override
  public void close() {
    long start = System.nanoTime();
    try {
      await(Future.join(loops.stream().map(Loop::drain).toList()), CLOSE_MILLIS);
    } catch (CompletionException | TimeoutException e) {
      LOG.log(Level.WARNING, "requests in flight did not finish in time");
    }
    try {
      long spent = (System.nanoTime() - start) / 1_000_000;
      await(vertx.close(), Math.max(500, CLOSE_MILLIS - spent));
    } catch (CompletionException | TimeoutException e) {
      LOG.log(Level.WARNING, "the HTTP server did not stop in time");
    }
  }

  /** Where all event loops listen: with port 0 each would take a port of its own. */
  private static SocketAddress address(String host, int port) {
    return port == 0
        ? SocketAddress.sharedRandomPort(1, host)
        : SocketAddress.inetSocketAddress(port, host);
  }

  static HttpServerOptions options() {
    return new HttpServerOptions()
        .setMaxInitialLineLength(HttpLimits.MAX_REQUEST_LINE)
        .setMaxHeaderSize(HttpLimits.MAX_HEADERS)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false)
        // WebSockets are not served: each request would pass a handler that looks for them in vain
        .setPerFrameWebSocketCompressionSupported(false)
        .setPerMessageWebSocketCompressionSupported(false)
        .setTcpNoDelay(true)
        .setSendBufferSize(HttpLimits.SEND_BUFFER)
        .setAcceptBacklog(1_024);
  }

  private static <T> T await(Future<T> future, long millis) throws TimeoutException {
    try {
      return future.toCompletionStage().toCompletableFuture().get(millis, TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new CompletionException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CompletionException(e);
    }
  }

  /** One event loop with its share of the connections. */
  private final class Loop extends VerticleBase {
    private final HttpServer server;
    private final SocketAddress address;
    private final Services services;
    private final int share;
    private @Nullable HttpGateway gateway;

    /**
     * @param share of how many event loops this is one
     */
    Loop(SocketAddress address, Services services, int share) {
      this.server = HttpFrontend.this.vertx.createHttpServer(options());
      this.address = address;
      this.services = services;
      this.share = share;
    }

    @Override
    public Future<?> start() {
      HttpGateway to = new HttpGateway(vertx, context, services, share, connections);
      gateway = to;
      return server
          .connectionHandler(to.connections()::opened)
          .requestHandler(to::handle)
          .listen(address)
          .onSuccess(ignored -> loops.add(this));
    }

    Future<Void> drain() {
      Future<Void> drained = server.shutdown(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
      context.runOnContext(ignored -> {
        if (gateway != null) {
          gateway.connections().closeUnowed();
        }
      });
      return drained;
    }
  }
}
