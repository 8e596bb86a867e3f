package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.RawHttp;
import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RFC 9110 and RFC 9112 say of the headers of any request. */
class RequestHeadTest {
  private static final byte[] NOTHING = new byte[0];
  private static final String VALIDATE =
      "POST /api/v1/validate HTTP/1.1\nContent-Type: application/json\n";

  private static TestServer server;
  private static byte[] question;

  @BeforeAll
  static void start() {
    server = TestServer.start(TestDatabase.SQLITE);
    Reply license = server.client().create("starter");
    question = ("{\"key\": \"" + license.text("/key") + "\"}").getBytes(StandardCharsets.UTF_8);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /health/live HTTP/1.1",
        "GET /health/live HTTP/1.1\nHost: a\nHost: b",
        "GET /health/live HTTP/1.1\nhost: a\nHOST: a",
        "GET /health/live HTTP/1.1\nPost: a\nExpect: x",
        "GET /health/live HTTP/1.0\nHost: a\nHost: b",
        "GET /nowhere HTTP/1.1",
        "DELETE /health/live HTTP/1.1",
        "GET /api/v1/licenses HTTP/1.1\nAuthorization: Bearer licet_live_x"
      })
  void oneHostMustBeNamed(String head) {
    Reply reply = RawHttp.sendLast(server.address(), head, NOTHING);
    reply.expectProblem(400, "INVALID_REQUEST");
    assertEquals("close", reply.header("connection"));
  }

  @Test
  void aValidationWithoutAHostIsRefusedAndWhatFollowsItIsNotTaken() throws IOException {
    String head = VALIDATE + "Content-Length: " + question.length;
    RawHttp.sendLast(server.address(), head, question).expectProblem(400, "INVALID_REQUEST");
    String next = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    String all = conversation("GET /health/live HTTP/1.1\r\n\r\n" + next + next);
    assertEquals(2, all.split("HTTP/1.1 ", -1).length, all);
  }

  @Test
  void anOlderRequestNeedsNoHost() {
    RawHttp.sendLast(server.address(), "GET /health/live HTTP/1.0", NOTHING).expect(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-cup-of-tea", "200-ok", "100-continue, tea", ""})
  void whatElseIsExpectedIsNotMet(String expectation) {
    String head = "Expect: " + expectation + "\nContent-Length: " + question.length;
    Reply reply = RawHttp.send(server.address(), VALIDATE + head, question);
    reply.expectProblem(417, "EXPECTATION_FAILED");
    RawHttp.send(server.address(), "GET /docs HTTP/1.1\nExpect: " + expectation, NOTHING)
        .expect(417);
  }

  @Test
  void toGoOnIsMet() throws IOException {
    String head = VALIDATE + "Host: x\nConnection: close\nExpect: 100-Continue\n";
    String all =
        conversation(
            (head + "Content-Length: " + question.length + "\n\n").replace("\n", "\r\n")
                + new String(question, StandardCharsets.US_ASCII));
    assertTrue(all.startsWith("HTTP/1.1 100 Continue\r\n"), all);
    assertTrue(all.contains("HTTP/1.1 200 OK\r\n"), all);
  }

  @Test
  void aCompressedBodyIsRefusedWhereverItIsRead() throws IOException {
    byte[] zipped = gzip(question);
    String keyed = " HTTP/1.1\nAuthorization: Bearer " + TestServer.API_KEY + "\n";
    for (String head :
        List.of(
            VALIDATE,
            "POST /api/v1/plans" + keyed + "Content-Type: application/json\n",
            "POST /api/v1/licenses/import" + keyed + "Content-Type: application/x-ndjson\n",
            "POST /api/v1/checkout/chk_01jddq1m3xe5v9s8y2b7r4k6ta HTTP/1.1\n")) {
      String encoded = head + "Content-Encoding: gzip\n";
      for (Reply reply :
          List.of(
              RawHttp.send(server.address(), encoded + "Content-Length: " + zipped.length, zipped),
              RawHttp.send(
                  server.address(),
                  encoded + "Transfer-Encoding: chunked",
                  RawHttp.chunked(zipped)))) {
        reply.expectProblem(415, "UNSUPPORTED_MEDIA_TYPE");
        assertEquals("identity", reply.header("accept-encoding"));
      }
    }
  }

  @Test
  void aBodyAsItIsAndNoneAtAllMayNameTheirCoding() {
    TestClient api = server.client();
    String head = VALIDATE + "Content-Encoding: Identity\nContent-Length: " + question.length;
    RawHttp.send(api.base(), head, question).expectValid();
    RawHttp.send(api.base(), "GET /health/live HTTP/1.1\nContent-Encoding: gzip", NOTHING)
        .expect(200);
  }

  /** As the answer says of its connection, whose next request could else be lost. */
  @Test
  void aConnectionWhoseBodyWasNotReadEnds() {
    String head = "POST /api/v1/plans HTTP/1.1\nHost: x\nContent-Type: application/json\n";
    byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
    Reply reply = RawHttp.sendLast(server.address(), head + "Content-Length: 2", body);
    reply.expectProblem(401, "UNAUTHORIZED");
    assertEquals("close", reply.header("connection"));
  }

  @Test
  void whatFollowsABodyThatWasNotReadIsNotTaken() throws IOException {
    String refused = "POST /api/v1/plans HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n{}";
    String next = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    String all = conversation(refused + next + next);
    assertTrue(all.startsWith("HTTP/1.1 401 "), all);
    assertEquals(2, all.split("HTTP/1.1 ", -1).length, all);
  }

  /** Two lengths are two readings of where the next request begins. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 2",
        "Content-Length: 2\r\nContent-Length: 3",
        "Content-Length: 2, 3",
        "Content-Length: +2",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: gzip"
      })
  void lengthsThatContradictEachOtherAreRefusedAndTheConnectionEnds(String lengths)
      throws IOException {
    String head = "POST /api/v1/validate HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";
    String next = "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n";
    String all = conversation(head + lengths + "\r\n\r\n0\r\n\r\n" + next);
    assertEquals(2, all.split("HTTP/1.1 ", -1).length, all);
    assertTrue(all.matches("(?s)HTTP/1.1 (400|501) .*"), all);
  }

  /** What comes back until the server ends the connection. */
  private static String conversation(String said) throws IOException {
    return RawHttp.conversation(server.address(), said);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    }
    return zipped.toByteArray();
  }
}
