package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.http.Connections.Client;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections to a socket, whose seconds the test counts. */
@Timeout(60)
class ConnectionsTest {
  private static final int ANSWER = 16 * 1024 * 1024;

  private final Vertx vertx = Vertx.vertx();
  private final Context loop = vertx.getOrCreateContext();
  private final AtomicInteger open = new AtomicInteger();
  private final Connections connections =
      new Connections(new ClientAddress(address -> false), open, 10);
  private final CompletableFuture<List<String>> handlers = new CompletableFuture<>();
  private final CompletableFuture<Boolean> sent = new CompletableFuture<>();
  private int port;

  @BeforeEach
  void listen() {
    HttpServer server = vertx.createHttpServer(HttpFrontend.options());
    CompletableFuture<HttpServer> listening = new CompletableFuture<>();
    loop.runOnContext(ignored ->
        server
            .connectionHandler(connections::opened)
            .requestHandler(this::answer)
            .listen(0, "127.0.0.1")
            .onSuccess(listening::complete)
            .onFailure(listening::completeExceptionally));
    port = listening.join().actualPort();
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /** As {@link HttpGateway} answers what is large. */
  private void answer(HttpServerRequest request) {
    ConnectionBase connection = (ConnectionBase) request.connection();
    handlers.complete(connection.channelHandlerContext().pipeline().names());
    Client client = connections.client(request.connection());
    if (client == null) {
      throw new AssertionError("a connection that was not taken");
    }
    client.sends();
    client.waits();
    client.rests();
    client.takes();
    Future<Void> answer = request.response().end(Buffer.buffer(new byte[ANSWER]));
    answer.onComplete(ignored -> client.taken());
    answer.onComplete(result -> sent.complete(result.succeeded()));
  }

  @Test
  void anAnswerThatIsNotReadIsCutOffAfterItsTime() throws Exception {
    try (Socket socket = ask()) {
      handlers.join();
      tick(HttpLimits.ANSWER_SECONDS);
      assertEquals(1, open.get());
      assertFalse(sent.isDone());
      tick(1);
      assertFalse(sent.get(10, TimeUnit.SECONDS));
      awaitClosed();
      assertThrows(IOException.class, () -> readAnswer(socket));
    }
  }

  @Test
  void anAnswerThatIsReadInTimeLeavesTheConnectionForTheNextRequest() throws Exception {
    try (Socket socket = ask()) {
      handlers.join();
      tick(HttpLimits.ANSWER_SECONDS);
      readAnswer(socket);
      assertTrue(sent.get(10, TimeUnit.SECONDS));
      tick(HttpLimits.IDLE_SECONDS);
      assertEquals(1, open.get());
      tick(1);
      awaitClosed();
    }
  }

  @Test
  void noHandlerOfWebSocketsStandsInTheWayOfARequest() throws Exception {
    try (Socket socket = ask()) {
      List<String> names = handlers.join();
      assertTrue(names.stream().noneMatch(name -> name.contains("Socket")), names::toString);
      readAnswer(socket);
    }
  }

  private Socket ask() throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(4_096); // so that the system takes little for who does not read
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress("127.0.0.1", port));
    socket
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private static void readAnswer(Socket socket) throws IOException {
    int got = socket.getInputStream().readNBytes(ANSWER).length;
    if (got < ANSWER) {
      throw new EOFException("the answer ends after " + got);
    }
  }

  private void tick(int seconds) {
    CompletableFuture<Boolean> ticked = new CompletableFuture<>();
    loop.runOnContext(ignored -> {
      for (int i = 0; i < seconds; i++) {
        connections.tick();
      }
      ticked.complete(true);
    });
    ticked.join();
  }

  private void awaitClosed() throws InterruptedException {
    for (int i = 0; i < 500 && open.get() > 0; i++) {
      Thread.sleep(10);
    }
    assertEquals(0, open.get());
  }
}
