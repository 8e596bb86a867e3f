package dev.licet.webhook;

import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.net.TrustOptions;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP client, with an event loop of its own, so that the handshakes of receivers do not delay
 * the server's own answers.
 *
 * <p>HTTP/1.1 alone, no redirects, no proxy, no cookies. A connection is kept for the next message
 * only under the very address, port and name that it was opened for.
 */
final class Wire implements AutoCloseable {
  private static final int CONNECT_MILLIS = 5_000;
  private static final int HANDSHAKE_SECONDS = 10;

  /**
   * For an address and a name, which many endpoints may share: more than the attempts under way, so
   * that none waits for another's slow receiver.
   */
  private static final int MAX_CONNECTIONS = 512;

  private static final int IDLE_SECONDS = 15;
  private static final int MAX_STATUS_LINE = 4_096;
  private static final int MAX_HEADERS = 16_384;
  private static final int MAX_CHUNK = 8_192;
  private static final long CLOSE_MILLIS = 400;

  private final Vertx vertx;
  private final HttpClient client;
  private final Set<HttpConnection> used = ConcurrentHashMap.newKeySet();

  /**
   * @param trust whose certificates are believed; null for the JDK's authorities
   */
  Wire(@Nullable TrustOptions trust) {
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(false)
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1));
    HttpClientOptions options =
        new HttpClientOptions()
            .setConnectTimeout(CONNECT_MILLIS)
            .setSslHandshakeTimeout(HANDSHAKE_SECONDS)
            .setKeepAliveTimeout(IDLE_SECONDS)
            .setMaxInitialLineLength(MAX_STATUS_LINE)
            .setMaxHeaderSize(MAX_HEADERS)
            .setMaxChunkSize(MAX_CHUNK);
    if (trust != null) {
      options.setTrustOptions(trust);
    }
    this.client =
        vertx
            .httpClientBuilder()
            .with(options)
            .with(new PoolOptions().setHttp1MaxSize(MAX_CONNECTIONS))
            .withConnectHandler(this::opened)
            .build();
  }

  /** What goes wrong on a connection is told by what waits for the answer, and not logged. */
  private void opened(HttpConnection connection) {
    connection.exceptionHandler(ignored -> {}).closeHandler(ignored -> used.remove(connection));
  }

  /**
   * A connection with a request that is not sent yet.
   *
   * @param reused whether the connection has served before, so that the receiver may just be
   *     closing it
   */
  record Call(HttpClientRequest request, boolean reused) {
    void abort() {
      request.connection().close();
    }
  }

  /**
   * Connects to an address and to no other.
   *
   * @throws ExecutionException when it cannot; the cause says why
   */
  Call connect(WebhookRequest message, InetSocketAddress address, Duration timeout)
      throws ExecutionException, TimeoutException, InterruptedException {
    WebhookTarget target = message.target();
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setServer(
                SocketAddress.inetSocketAddress(
                    address.getPort(), address.getAddress().getHostAddress()))
            .setHost(target.host())
            .setPort(target.port())
            .setSsl(target.secure())
            .setURI(target.path());
    options.putHeader("content-type", "application/json").putHeader("user-agent", "Licet");
    message.headers().forEach(options::putHeader);
    options.putHeader("host", target.authority());
    Future<HttpClientRequest> request =
        open(options).onSuccess(opened -> opened.exceptionHandler(ignored -> {}));
    try {
      HttpClientRequest connected = await(request, timeout);
      return new Call(connected, !used.add(connected.connection()));
    } catch (TimeoutException | InterruptedException e) {
      request.onSuccess(late -> late.connection().close());
      throw e;
    }
  }

  private Future<HttpClientRequest> open(RequestOptions options) {
    try {
      return client.request(options);
    } catch (IllegalStateException e) {
      return Future.failedFuture(e); // closed meanwhile
    }
  }

  /** Waits for what happens on the event loop. */
  static <T> T await(Future<T> future, Duration timeout)
      throws ExecutionException, TimeoutException, InterruptedException {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Cuts off what is under way. */
  @Override
  public void close() {
    client.close();
    try {
      await(vertx.close(), Duration.ofMillis(CLOSE_MILLIS));
    } catch (ExecutionException | TimeoutException e) {
      // its threads end with the process
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
