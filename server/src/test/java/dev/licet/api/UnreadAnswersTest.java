package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Scanner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who asks on and on and reads no answer is not listened to until they do. */
@Timeout(120)
class UnreadAnswersTest {
  /** Short, so that one read of the server's has more than a thousand of them. */
  private static final String REQUEST = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";

  private static final int PART_REQUESTS = 100;

  /** Together far more than the buffers of both systems hold. */
  private static final int MAX_REQUESTS = 1_000_000;

  /**
   * Their answers, of some 200 bytes, are twice what the systems and the server hold for one
   * connection.
   */
  private static final int MAX_HANDLED = 1_400;

  /** Answers that are read in the end. */
  private static final int READ = 5_000;

  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final Pattern HANDLED =
      Pattern.compile("licet_http_time_seconds_count\\{.*route=\"/health/live\".*} (\\d+)");
  private static final Pattern ANSWER = Pattern.compile("HTTP/1\\.1 200 OK\r\n");

  @Test
  void smallAnswersThatAreNotReadStopTheRequestsUntilTheyAre() throws Exception {
    try (TestServer server = TestServer.start(TestDatabase.SQLITE);
        SocketChannel channel = SocketChannel.open()) {
      channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
      channel.setOption(StandardSocketOptions.SO_SNDBUF, 4_096);
      channel.connect(
          new InetSocketAddress(server.address().getHost(), server.address().getPort()));
      channel.configureBlocking(false);
      ByteBuffer requests =
          ByteBuffer.wrap(REQUEST.repeat(PART_REQUESTS).getBytes(StandardCharsets.US_ASCII));
      int asked = 0;
      while (asked < MAX_REQUESTS && isTaken(channel, requests)) {
        asked += PART_REQUESTS;
        requests.rewind();
      }
      assertTrue(asked < MAX_REQUESTS, "the server reads on");
      int handled = handled(server);
      assertTrue(handled > 0 && handled < MAX_HANDLED, "handled: " + handled);
      assertTrue(asked > READ, "others wait");
      assertEquals(READ, answers(channel, READ));
    }
  }

  /** Sends what is left of a request; false when the other end takes nothing for long. */
  private static boolean isTaken(SocketChannel channel, ByteBuffer request) throws Exception {
    long last = System.nanoTime();
    while (request.hasRemaining()) {
      if (channel.write(request) > 0) {
        last = System.nanoTime();
      } else if (System.nanoTime() - last > PATIENCE_NANOS) {
        return false;
      } else {
        Thread.sleep(1);
      }
    }
    return true;
  }

  private static int handled(TestServer server) {
    Matcher handled = HANDLED.matcher(server.client().get("/metrics").text());
    assertTrue(handled.find());
    return Integer.parseInt(handled.group(1));
  }

  /** Reads as many answers as are wanted, or as there are. */
  private static int answers(SocketChannel channel, int wanted) throws IOException {
    channel.configureBlocking(true);
    Scanner scanner = new Scanner(channel, StandardCharsets.ISO_8859_1);
    int count = 0;
    while (count < wanted && scanner.findWithinHorizon(ANSWER, 0) != null) {
      count++;
    }
    return count;
  }
}
