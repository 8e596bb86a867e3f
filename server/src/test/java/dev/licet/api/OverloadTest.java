package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.RawHttp;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many clients that ask for memory and time at once do not take the server from the others. */
class OverloadTest {
  private static final byte[] NOTHING = new byte[0];
  private static final int UPLOADS = 400;
  private static final int UPLOAD_BYTES = 60_000;
  private static final int UNREAD = 150;

  private final List<Socket> sockets = new ArrayList<>();

  @AfterEach
  void disconnect() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  @Test
  void bodiesThatNeverEndAreRefusedOverABudgetAndTheServerAnswersOn() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      TestClient api = server.client();
      Reply license = api.create("starter");
      byte[] half = new byte[UPLOAD_BYTES];
      Arrays.fill(half, (byte) ' ');
      for (int i = 0; i < UPLOADS; i++) {
        try {
          OutputStream out = connect(server).getOutputStream();
          out.write(head("Content-Length: 65000", TestServer.API_KEY));
          out.write(half);
        } catch (IOException e) {
          // refused while it was being sent
        }
      }
      api.validate(license.text("/key")).expectValid();
      api.get("/api/v1/licenses/" + license.text("/id")).expect(200);
      long start = System.nanoTime();
      int refused = 0;
      for (Socket socket : sockets) {
        refused += isRefused(socket, 50) ? 1 : 0;
      }
      assertTrue(refused > UPLOADS / 4, "refused: " + refused);
      assertTrue(refused < UPLOADS, "the budget holds some");
      assertTrue(System.nanoTime() - start < 60_000_000_000L);
      disconnect();
      awaitRoom(api);
    }
  }

  @Test
  void aRequestWithoutAnApiKeyIsRefusedBeforeItsBody() {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      String head = "POST /api/v1/plans HTTP/1.1\nContent-Type: application/json\n";
      for (String key : List.of("", "Authorization: Bearer licet_live_x\n")) {
        Reply reply = RawHttp.send(server.address(), head + key + "Content-Length: 60000", NOTHING);
        reply.expectProblem(401, "UNAUTHORIZED");
        assertEquals("close", reply.header("connection"));
      }
    }
  }

  @Test
  void oneConnectionTooManyIsClosedAndItsPlaceComesFree() throws Exception {
    try (TestServer server =
        TestServer.start(TestDatabase.SQLITE, Map.of("max-connections", "3"))) {
      for (int i = 0; i < 3; i++) {
        assertEquals(200, live(connect(server)));
      }
      assertEquals(-1, live(connect(server)));
      sockets.getFirst().close();
      int status = live(connect(server));
      for (int i = 0; i < 100 && status < 0; i++) {
        Thread.sleep(20);
        status = live(connect(server));
      }
      assertEquals(200, status);
    }
  }

  @Test
  void whoDribblesIsCutOff() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      Socket slowHead = connect(server);
      slowHead
          .getOutputStream()
          .write("GET /docs HTTP/1.1\r\nX: ".getBytes(StandardCharsets.UTF_8));
      Socket slowBody = connect(server);
      slowBody.getOutputStream().write(head("Content-Length: 60000", TestServer.API_KEY));
      double bodySeconds = secondsUntilCutOff(slowBody);
      double headSeconds = bodySeconds + secondsUntilCutOff(slowHead);
      assertTrue(bodySeconds > 8 && bodySeconds < 14, "body: " + bodySeconds);
      assertTrue(headSeconds > 18 && headSeconds < 26, "head: " + headSeconds);
      server.client().get("/health/live").expect(200);
    }
  }

  @Test
  void requestsThatComeBeforeTheAnswersAreTakenWait() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      Socket socket = connect(server);
      byte[] request =
          "GET /docs/redoc.standalone.js HTTP/1.1\r\nHost: x\r\n\r\n"
              .getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(request);
      }
      socket
          .getOutputStream()
          .write(
              "GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20_000);
      String all = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      assertEquals(21, all.split("HTTP/1.1 200", -1).length - 1);
      assertTrue(all.endsWith("{\"status\":\"up\"}"));
    }
  }

  /** The largest answer that anyone can ask for, by many who do not take it. */
  @Test
  void answersThatNobodyTakesAreBoundedAndOthersGetTheirs() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE)) {
      int length = server.client().get("/docs/redoc.standalone.js").expect(200).body().length;
      for (int i = 0; i < UNREAD; i++) {
        Socket socket = new Socket();
        sockets.add(socket);
        socket.setReceiveBufferSize(4_096); // what the system has taken for a client is not counted
        socket.connect(
            new InetSocketAddress(server.address().getHost(), server.address().getPort()));
        socket
            .getOutputStream()
            .write(
                "GET /docs/redoc.standalone.js HTTP/1.1\r\nHost: x\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        if (i % 10 == 0) {
          server.client().get("/health/live").expect(200);
        }
      }
      assertEquals(
          length, server.client().get("/docs/redoc.standalone.js").expect(200).body().length);
      sockets.forEach(OverloadTest::isTaken); // who is cut off hears of it at the second try
      Thread.sleep(500);
      long cutOff = sockets.stream().filter(socket -> !isTaken(socket)).count();
      assertTrue(cutOff > UNREAD / 4, "cut off: " + cutOff);
      assertTrue(cutOff < UNREAD, "the bound holds some");
    }
  }

  /** Whether something can still be sent. */
  private static boolean isTaken(Socket socket) {
    try {
      socket.getOutputStream().write('G');
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private Socket connect(TestServer server) throws IOException {
    Socket socket = new Socket(server.address().getHost(), server.address().getPort());
    sockets.add(socket);
    return socket;
  }

  private static byte[] head(String length, String key) {
    return ("POST /api/v1/plans HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
            + "Authorization: Bearer "
            + key
            + "\r\n"
            + length
            + "\r\n\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether a connection was closed, or told to come back. */
  private static boolean isRefused(Socket socket, int millis) {
    try {
      socket.setSoTimeout(millis);
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      assertTrue(answer.isEmpty() || answer.equals("HTTP/1.1 503"), answer);
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /** Waits until a body in pieces is taken again. */
  private static void awaitRoom(TestClient api) throws InterruptedException {
    byte[] body = "{\"name\": \"n\"             }".getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /api/v1/plans HTTP/1.1\nContent-Type: application/json\nTransfer-Encoding: chunked\n"
            + "Authorization: Bearer "
            + TestServer.API_KEY;
    int status = 0;
    for (int i = 0; i < 100 && status != 201; i++) {
      Thread.sleep(20);
      status = RawHttp.send(api.base(), head, RawHttp.chunked(body)).status();
    }
    assertEquals(201, status);
  }

  /** The status of a request; -1 when the connection is closed. */
  private static int live(Socket socket) {
    try {
      socket.setSoTimeout(10_000);
      socket
          .getOutputStream()
          .write("GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      String answer = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return answer.isEmpty() ? -1 : Integer.parseInt(answer.substring(9));
    } catch (IOException e) {
      return -1;
    }
  }

  /** Sends a byte now and then; returns when that is in vain. */
  private static double secondsUntilCutOff(Socket socket) throws Exception {
    long start = System.nanoTime();
    socket.setSoTimeout(250);
    while (System.nanoTime() - start < 40_000_000_000L) {
      try {
        socket.getOutputStream().write(' ');
        if (socket.getInputStream().read() < 0) {
          break;
        }
      } catch (SocketTimeoutException e) {
        // still open
      } catch (IOException e) {
        break;
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }
}
