package dev.licet.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport.Result;
import dev.licet.domain.webhook.WebhookTransport.Trouble;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attempts against receivers that are polite, faulty or hostile. */
@Timeout(60)
class HttpTransportTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);
  private static final Instant NOW = Instant.parse("2026-11-26T21:00:00Z");
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
  private static final String TRICKLE_HEAD = "HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n";

  private final HttpTransport transport = transport(TIMEOUT);

  private static HttpTransport transport(Duration timeout) {
    return new HttpTransport(true, timeout, () -> NOW, new Names(), UnaryOperator.identity(), null);
  }

  @AfterEach
  void close() {
    transport.close();
  }

  private Result send(int port) {
    return transport.send(request(port));
  }

  private static WebhookRequest request(int port) {
    return new WebhookRequest(
        new WebhookTarget(false, "127.0.0.1", port, "/hook?a=b"),
        Map.of("webhook-id", "evt_1", "X-Own", "7"),
        "{\"type\":\"ping\"}".getBytes(UTF_8));
  }

  private static Result.Answered answered(Result result) {
    return assertInstanceOf(Result.Answered.class, result, result.toString());
  }

  private static Trouble trouble(Result result) {
    return assertInstanceOf(Result.Failed.class, result, result.toString()).trouble();
  }

  @Test
  void aMessageIsPostedAndTheAnswerKept() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.answering(OK))) {
      Result.Answered answer = answered(send(receiver.port()));
      assertEquals(200, answer.status());
      assertTrue(answer.succeeded());
      assertEquals("ok", answer.bodyStart());
      assertNull(answer.retryAfter());
      String request = receiver.requests().getFirst().toLowerCase();
      assertTrue(request.startsWith("post /hook?a=b http/1.1\r\n"), request);
      assertTrue(request.contains("\r\nhost: 127.0.0.1:" + receiver.port() + "\r\n"), request);
      assertTrue(request.contains("\r\ncontent-type: application/json\r\n"), request);
      assertTrue(request.contains("\r\nuser-agent: licet\r\n"), request);
      assertTrue(request.contains("\r\nwebhook-id: evt_1\r\n"), request);
      assertTrue(request.contains("\r\nx-own: 7\r\n"), request);
      assertTrue(request.endsWith("\r\n\r\n{\"type\":\"ping\"}"), request);
    }
  }

  @Test
  void aConnectionIsKeptForTheNextMessage() throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.answering(OK))) {
      for (int i = 0; i < 20; i++) {
        assertTrue(answered(send(receiver.port())).succeeded());
      }
      assertEquals(1, receiver.connections());
    }
  }

  @Test
  void aKeptConnectionThatTheReceiverClosesMeanwhileIsNoFailure() throws Exception {
    Receiver.Behavior closesWithoutAnAnswer =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          Receiver.say(socket, OK);
          receiver.readRequest(socket);
        };
    try (Receiver receiver = Receiver.start(closesWithoutAnAnswer)) {
      for (int i = 0; i < 4; i++) {
        assertTrue(answered(send(receiver.port())).succeeded());
      }
      assertEquals(4, receiver.connections());
    }
  }

  @Test
  void nobodyThereIsConnectionRefused() throws Exception {
    int port;
    try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      port = gone.getLocalPort();
    }
    assertEquals(Trouble.CONNECTION_REFUSED, trouble(send(port)));
  }

  @Test
  void aConnectionThatEndsWithoutAnAnswerIsReset() throws Exception {
    Receiver.Behavior resets =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          socket.setSoLinger(true, 0);
        };
    try (Receiver receiver = Receiver.start(resets)) {
      assertEquals(Trouble.RESET, trouble(send(receiver.port())));
      assertEquals(1, receiver.connections());
    }
    try (Receiver receiver = Receiver.start(Receiver::readRequest)) {
      assertEquals(Trouble.RESET, trouble(send(receiver.port())));
    }
    try (Receiver receiver = Receiver.start((ignored, socket) -> {})) {
      assertEquals(Trouble.RESET, trouble(send(receiver.port())));
    }
  }

  @Test
  void anAnswerThatBreaksOffIsReset() throws Exception {
    Receiver.Behavior breaksOff =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          Receiver.say(socket, TRICKLE_HEAD + "half");
        };
    try (Receiver receiver = Receiver.start(breaksOff)) {
      assertEquals(Trouble.RESET, trouble(send(receiver.port())));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nx: ", TRICKLE_HEAD})
  void oneByteASecondIsTimedOutAndCutOff(String start) throws Exception {
    Receiver.Behavior trickles =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          Receiver.say(socket, start);
          while (true) {
            Thread.sleep(1_000);
            Receiver.say(socket, start.isEmpty() ? "H" : "x");
          }
        };
    try (Receiver receiver = Receiver.start(trickles)) {
      Result result = send(receiver.port());
      assertTrue(List.of(Trouble.TIMEOUT, Trouble.INVALID_ANSWER).contains(trouble(result)));
      assertTrue(result.took().compareTo(TIMEOUT.plusMillis(800)) < 0, result.toString());
      assertEventuallyNoneOpen(receiver);
    }
  }

  @Test
  void aReceiverThatTakesNothingIsTimedOut() throws Exception {
    try (Receiver receiver =
        Receiver.start((ignored, socket) -> Thread.sleep(Duration.ofSeconds(30)))) {
      byte[] large = new byte[32 << 20];
      WebhookTarget target = request(receiver.port()).target();
      Result result = transport.send(new WebhookRequest(target, Map.of(), large));
      assertEquals(Trouble.TIMEOUT, trouble(result));
      assertTrue(result.took().compareTo(TIMEOUT.plusMillis(800)) < 0, result.toString());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 301, 302, 307, 400, 410, 429, 500, 503, 599})
  void everyStatusIsAnAnswer(int status) throws Exception {
    String answer =
        "HTTP/1.1 "
            + status
            + " X\r\nlocation: /again\r\nretry-after: 120\r\n"
            + (status == 204 ? "\r\n" : "content-length: 0\r\n\r\n");
    try (Receiver receiver = Receiver.start(Receiver.answering(answer))) {
      Result.Answered answered = answered(send(receiver.port()));
      assertEquals(status, answered.status());
      assertEquals(status == 204, answered.succeeded());
      assertEquals(Duration.ofMinutes(2), answered.retryAfter());
      assertEquals(1, receiver.requests().size());
    }
  }

  @Test
  void retryAfterMayBeADate() throws Exception {
    String answer =
        "HTTP/1.1 503 X\r\nretry-after: Thu, 26 Nov 2026 21:01:00 GMT\r\ncontent-length: 0\r\n\r\n";
    try (Receiver receiver = Receiver.start(Receiver.answering(answer))) {
      assertEquals(Duration.ofMinutes(1), answered(send(receiver.port())).retryAfter());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"content-length: 1073741824\r\n\r\n", "\r\n", "chunked"})
  void aGigabyteIsCutOffAndIsAnAnswerAllTheSame(String framing) throws Exception {
    AtomicLong written = new AtomicLong();
    boolean chunked = framing.equals("chunked");
    Receiver.Behavior floods =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          Receiver.say(
              socket,
              "HTTP/1.1 200 OK\r\n" + (chunked ? "transfer-encoding: chunked\r\n\r\n" : framing));
          String part = chunked ? "2000\r\n" + "x".repeat(8_192) + "\r\n" : "x".repeat(8_192);
          while (written.addAndGet(8_192) < 1L << 30) {
            Receiver.say(socket, part);
          }
        };
    try (Receiver receiver = Receiver.start(floods)) {
      Result.Answered answered = answered(send(receiver.port()));
      assertEquals(200, answered.status());
      assertEquals("x".repeat(2_048), answered.bodyStart());
      assertEventuallyNoneOpen(receiver);
      assertTrue(written.get() < 32 << 20, written + " bytes went out");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SSH-2.0-OpenSSH_9.6\r\n\r\n",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 two hundred\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: -5\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n12",
        "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n",
      })
  void whatIsNotHttpIsNoAnswer(String answer) throws Exception {
    try (Receiver receiver = Receiver.start(Receiver.answering(answer))) {
      Trouble trouble = trouble(send(receiver.port()));
      assertTrue(
          List.of(Trouble.INVALID_ANSWER, Trouble.RESET, Trouble.TIMEOUT).contains(trouble),
          trouble.toString());
      assertEventuallyNoneOpen(receiver);
    }
  }

  @Test
  void hugeHeadersAreNoAnswer() throws Exception {
    AtomicLong written = new AtomicLong();
    Receiver.Behavior endless =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          Receiver.say(socket, "HTTP/1.1 200 OK\r\n");
          while (written.addAndGet(1_024) < 1L << 30) {
            Receiver.say(socket, "x-" + written + ": " + "x".repeat(1_000) + "\r\n");
          }
        };
    try (Receiver receiver = Receiver.start(endless)) {
      assertEquals(Trouble.INVALID_ANSWER, trouble(send(receiver.port())));
      assertEventuallyNoneOpen(receiver);
      assertTrue(written.get() < 32 << 20, written + " bytes went out");
    }
  }

  @Test
  void anAnswersTextIsSafeForAnyDatabase() throws Exception {
    String answer =
        "HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\na\u0000\u001b\n\u00ff\u00c3\u00a9b\u0085";
    try (Receiver receiver = Receiver.start(Receiver.answering(answer))) {
      String text = answered(send(receiver.port())).bodyStart();
      assertEquals("a\ufffd\ufffd\n\ufffdéb\ufffd", text);
    }
  }

  @Test
  void manyAttemptsRunAtOnceAndASlowOneHoldsUpNoOther() throws Exception {
    Receiver slow = Receiver.start((ignored, socket) -> Thread.sleep(30_000));
    try (HttpTransport busy = transport(Duration.ofSeconds(20));
        Receiver fast = Receiver.start(Receiver.answering(OK));
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Result>> stuck = new ArrayList<>();
      List<Future<Result>> quick = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        stuck.add(threads.submit(() -> busy.send(request(slow.port()))));
        quick.add(threads.submit(() -> busy.send(request(fast.port()))));
      }
      for (Future<Result> result : quick) {
        assertTrue(answered(result.get()).succeeded());
      }
      assertTrue(fast.connections() <= 100);
      slow.close();
      for (Future<Result> result : stuck) {
        assertInstanceOf(Result.Failed.class, result.get());
      }
    } finally {
      slow.close();
    }
  }

  @Test
  void closingCutsOffWhatIsUnderWayWithinASecond() throws Exception {
    CountDownLatch connected = new CountDownLatch(10);
    Receiver.Behavior silent =
        (receiver, socket) -> {
          receiver.readRequest(socket);
          connected.countDown();
          Thread.sleep(30_000);
        };
    HttpTransport patient = transport(Duration.ofSeconds(20));
    try (Receiver receiver = Receiver.start(silent);
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Result>> results = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        results.add(threads.submit(() -> patient.send(request(receiver.port()))));
      }
      assertTrue(connected.await(10, TimeUnit.SECONDS));
      long start = System.nanoTime();
      patient.close();
      for (Future<Result> result : results) {
        assertEquals(Trouble.STOPPED, trouble(result.get()));
      }
      long millis = (System.nanoTime() - start) / 1_000_000;
      assertTrue(millis < 1_000, millis + " ms");
      assertEquals(Trouble.STOPPED, trouble(patient.send(request(receiver.port()))));
    }
  }

  @Test
  void anInterruptStopsAnAttempt() throws Exception {
    CountDownLatch connected = new CountDownLatch(1);
    Receiver.Behavior silent =
        (receiver, socket) -> {
          connected.countDown();
          receiver.readRequest(socket);
          receiver.readRequest(socket);
        };
    try (Receiver receiver = Receiver.start(silent);
        HttpTransport patient = transport(Duration.ofSeconds(20))) {
      List<Result> results = new ArrayList<>();
      Thread caller =
          Thread.ofVirtual().start(() -> results.add(patient.send(request(receiver.port()))));
      assertTrue(connected.await(10, TimeUnit.SECONDS));
      caller.interrupt();
      caller.join();
      assertEquals(Trouble.STOPPED, trouble(results.getFirst()));
      assertEventuallyNoneOpen(receiver);
    }
  }

  private static void assertEventuallyNoneOpen(Receiver receiver) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (receiver.openConnections() > 0 && System.nanoTime() < end) {
      Thread.sleep(10);
    }
    assertEquals(0, receiver.openConnections());
  }
}
