package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.RawHttp;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Other protocols are not spoken: who offers one is answered in HTTP/1.1, and goes on in it. */
class UpgradeTest {
  private static final String WEB_SOCKET =
      """
      Connection: Upgrade
      Upgrade: websocket
      Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
      Sec-WebSocket-Version: 13
      Sec-WebSocket-Extensions: permessage-deflate
      """;
  private static final String H2C =
      """
      Connection: Upgrade, HTTP2-Settings
      Upgrade: h2c
      HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA
      """;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestDatabase.SQLITE);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {WEB_SOCKET, H2C, "Connection: Upgrade\nUpgrade: TLS/1.0\n"})
  void anOfferIsPassedOverAndTheNextRequestIsAnsweredToo(String offer) throws IOException {
    String ask = "GET /health/live HTTP/1.1\nHost: x\n" + offer + "\n";
    String post =
        "POST /api/v1/validate HTTP/1.1\nHost: x\nContent-Type: application/json\n"
            + offer
            + "Content-Length: 15\n\n{\"key\": \"none\"}";
    String last = "GET /health/live HTTP/1.1\nHost: x\nConnection: close\n\n";
    String all = conversation(ask + post + last);
    String[] answers = all.split("HTTP/1.1 ", -1);
    assertEquals(4, answers.length, all);
    assertTrue(answers[1].startsWith("200 OK"), all);
    assertTrue(answers[2].startsWith("404 Not Found"), all);
    assertTrue(answers[2].contains("\"reason\":\"MALFORMED\""), all);
    assertTrue(answers[3].startsWith("200 OK"), all);
  }

  /** Who knows beforehand that a server speaks HTTP/2 is told at once that this one does not. */
  @Test
  void thePrefaceOfHttp2IsRefused() throws IOException {
    String answer = conversation("PRI * HTTP/2.0\n\nSM\n\n");
    assertTrue(answer.isEmpty() || answer.matches("(?s)HTTP/[12][.][01] (4|5).*"), answer);
  }

  private static String conversation(String said) throws IOException {
    return RawHttp.conversation(server.address(), said.replace("\n", "\r\n"));
  }
}
