package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is no HTTP is refused or cut off, and the next client does not notice. */
class BrokenRequestTest {
  private static final String POST =
      "POST /api/v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
  private static final List<String> BROKEN =
      List.of(
          "\r\n\r\n\r\n",
          "hello\r\n\r\n",
          "GET  HTTP/1.1\r\n\r\n",
          "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003",
          "GET /docs HTTP/1.1\r\nHost: x\r\nbad header\r\n\r\n",
          "GET /docs HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(40_000) + "\r\n\r\n",
          "GET /" + "x".repeat(40_000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
          POST + "Content-Length: abc\r\n\r\n{}",
          POST + "Content-Length: -1\r\n\r\n{}",
          POST + "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}x",
          POST + "Content-Length: 99999999999999999999\r\n\r\n{}",
          POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
          POST + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n{}",
          POST + "Transfer-Encoding: gzip, chunked, x\r\n\r\n0\r\n\r\n",
          POST + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestDatabase.SQLITE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void brokenRequestsAreRefusedOrCutOff() throws IOException {
    for (String request : BROKEN) {
      String answer = answer(request.getBytes(StandardCharsets.ISO_8859_1));
      assertTrue(
          answer.isEmpty() || answer.startsWith("HTTP/1.1 4") || answer.startsWith("HTTP/1.0 4"),
          () -> request + " -> " + answer);
    }
    server.client().get("/health/live").expect(200);
  }

  @Test
  void noiseIsRefusedOrCutOff() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 50; i++) {
      byte[] noise = new byte[1 + random.nextInt(2_000)];
      random.nextBytes(noise);
      String answer = answer(noise);
      assertTrue(answer.isEmpty() || answer.startsWith("HTTP/1."), answer);
    }
    server.client().get("/health/live").expect(200);
  }

  /** What comes back until the connection ends; the client says that it has said all. */
  private static String answer(byte[] request) throws IOException {
    try (Socket socket = new Socket(server.address().getHost(), server.address().getPort())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      out.write(request);
      socket.shutdownOutput();
      return new String(socket.getInputStream().readNBytes(4_096), StandardCharsets.ISO_8859_1);
    } catch (SocketTimeoutException e) {
      throw e;
    } catch (IOException e) {
      return ""; // cut off
    }
  }
}
