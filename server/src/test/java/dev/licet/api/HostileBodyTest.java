package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.RawHttp;
import dev.licet.Reply;
import dev.licet.TestServer;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostileBodyTest extends ApiTest {
  private static final byte[] NOTHING = new byte[0];
  private static final List<String> NO_JSON =
      List.of(
          "",
          " ",
          "{",
          "}",
          "{\"name\": }",
          "{\"name\": \"x\"",
          "{\"name\": \"x\"} {}",
          "{\"name\": \"x\"}]",
          "{'name': 'x'}",
          "{name: \"x\"}",
          "{\"name\": \"x\",}",
          "{\"name\": NaN}",
          "{\"name\": \"x\"} // comment",
          "{\"name\": \"\\x\"}",
          "{\"name\": \"a\tb\"}",
          "nul",
          "{\"name\": 01}",
          "{\"key\": \"x\", \"key\": \"y\"}",
          "{\"name\": \"x\", \"name\": \"x\"}",
          "{\"name\": \"\\u0000\"}",
          "{\"\\u0000\": 1}",
          "{\"name\": \"\\ud800\"}",
          "{\"name\": \"\\udc00\\ud800\"}",
          "{\"\\udfff\": 1}",
          "{\"key\": \"\\ud800\"}",
          "{\"key\": \"x\", \"nonce\": \"\\u0000\"}");

  @Test
  void whatIsNoJsonIsMalformedAndCreatesNothing() {
    String plans = api.get(PLANS + "?limit=100").text();
    for (String body : NO_JSON) {
      api.post(PLANS, body).expectProblem(400, "MALFORMED_JSON");
      api.post("/api/v1/validate", body).expect(400);
      api.post("/api/v1/deactivate", body).expectProblem(400, "MALFORMED_JSON");
    }
    assertEquals(plans, api.get(PLANS + "?limit=100").text());
  }

  @Test
  void whatIsNoObjectIsRefused() {
    for (String body : List.of("[]", "null", "1", "\"x\"", "true", "[{\"name\": \"x\"}]")) {
      api.post(PLANS, body).expectInvalid("#");
      api.post("/api/v1/validate", body).expectInvalid("#");
      api.post("/api/v1/deactivate", body).expectInvalid("#");
    }
  }

  @Test
  void fieldsOfTheWrongTypeAreNamed() {
    for (String value : List.of("1", "null", "true", "{}", "[]", "[\"TO-ZAB5-RRB1-46VH-74F4\"]")) {
      for (String field : List.of("key", "domain", "fingerprint", "nonce")) {
        String rest = field.equals("key") ? "" : "\"key\": \"TO-ZAB5-RRB1-46VH-74F4\", ";
        api.post("/api/v1/validate", "{" + rest + "\"" + field + "\": " + value + "}")
            .expectInvalid("#/" + field);
      }
    }
    api.post("/api/v1/validate", "{}").expectInvalid("#/key");
    api.post("/api/v1/validate", "{\"key\": \"x\", \"a/b~c\": 1}").expectInvalid("#/a~1b~0c");
    api.post(PLANS, "{\"name\": \"x\", \"a/b~c\": 1}").expectInvalid("#/a~1b~0c");
  }

  @Test
  void textsHaveTheLengthsThatTheDescriptionStates() {
    Reply license = api.create("enterprise");
    String longest = "🚀".repeat(256);
    api.validate(key(license), "fingerprint", longest, "nonce", longest).expectValid();
    api.validate(key(license), "fingerprint", longest + "x").expectInvalid("#/fingerprint");
    api.validate(key(license), "fingerprint", "").expectInvalid("#/fingerprint");
    api.validate(key(license), "nonce", longest + "x").expectInvalid("#/nonce");
    api.validate(key(license), "domain", "x".repeat(1_025)).expectInvalid("#/domain");
    api.validate("").expectInvalid("#/key");
    api.validate("x".repeat(257)).expectInvalid("#/key");
    api.validate("x".repeat(256)).expectNoKey("MALFORMED");
    assertEquals(List.of(longest), fresh(license).texts("/devices"));
  }

  @Test
  void bodiesThatAreNotUtf8AreMalformed() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int[] octets :
        new int[][] {
          {0xff},
          {0x80},
          {0xc3},
          {0xe2, 0x82},
          {0xc0, 0x80},
          {0xc1, 0x81},
          {0xe0, 0x80, 0xaf},
          {0xed, 0xa0, 0x80},
          {0xed, 0xa0, 0xbd, 0xed, 0xb8, 0x80},
          {0xf4, 0x90, 0x80, 0x80},
          {0xf8, 0x88, 0x80, 0x80, 0x80},
          {0xf7, 0xbf, 0xbf, 0xbf}
        }) {
      for (String call : List.of("validate", "licenses", "deactivate")) {
        body.reset();
        body.writeBytes("{\"key\": \"longer than 8 ".getBytes(StandardCharsets.UTF_8));
        for (int octet : octets) {
          body.write(octet);
        }
        body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
        post(call, body.toByteArray()).expectProblem(400, "MALFORMED_JSON");
      }
    }
  }

  @Test
  void otherEncodingsOfUnicodeAreMalformed() {
    for (String charset : List.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32LE", "UTF-32BE")) {
      byte[] body = "{\"key\": \"x\"}".getBytes(Charset.forName(charset));
      for (String call : List.of("validate", "licenses", "deactivate")) {
        post(call, body).expectProblem(400, "MALFORMED_JSON");
      }
    }
  }

  @Test
  void nestingIsBounded() {
    for (String call : List.of("validate", "plans", "deactivate")) {
      post(call, nested(31)).expectProblem(400, "INVALID_REQUEST");
      post(call, nested(33)).expectProblem(400, "MALFORMED_JSON");
      post(call, nested(8_000)).expectProblem(400, "MALFORMED_JSON");
    }
  }

  @Test
  void bodiesAreBoundedAlsoWhenTheyComeInChunks() {
    for (String call : List.of("validate", "deactivate")) {
      post(call, padded(16 * 1024)).expect(400);
      chunks(call, padded(16 * 1024)).expect(400);
      post(call, padded(16 * 1024 + 1)).expectProblem(413, "PAYLOAD_TOO_LARGE");
      chunks(call, padded(16 * 1024 + 1)).expectProblem(413, "PAYLOAD_TOO_LARGE");
    }
    post("plans", padded(64 * 1024)).expect(400);
    chunks("plans", padded(64 * 1024)).expect(400);
    post("plans", padded(64 * 1024 + 1)).expectProblem(413, "PAYLOAD_TOO_LARGE");
    chunks("plans", padded(64 * 1024 + 1)).expectProblem(413, "PAYLOAD_TOO_LARGE");
  }

  @Test
  void aBodyThatOnlyClaimsToBeHugeIsRefusedBeforeItComes() {
    for (String length : List.of("65537", "999999999", "2147483648")) {
      Reply reply = RawHttp.send(api.base(), head("plans", "Content-Length: " + length), NOTHING);
      reply.expectProblem(413, "PAYLOAD_TOO_LARGE");
      assertEquals("close", reply.header("connection"));
    }
  }

  @Test
  void hugeNumbersAndNamesAreRefused() {
    api.post(PLANS, "{\"name\": \"n\", \"max_domains\": " + "9".repeat(60) + "}")
        .expectInvalid("#/max_domains");
    api.post(PLANS, "{\"name\": \"n\", \"max_domains\": 1e999999999}").expect(400);
    api.post(PLANS, "{\"name\": \"n\", \"max_domains\": " + "9".repeat(5_000) + "}").expect(400);
    api.post(PLANS, "{\"" + "n".repeat(5_000) + "\": 1}").expect(400);
    api.get(PLANS + "/n").expect(404);
  }

  private static Reply post(String call, byte[] body) {
    return api.send("POST", "/api/v1/" + call, BodyPublishers.ofByteArray(body));
  }

  private static Reply chunks(String call, byte[] body) {
    byte[] first = Arrays.copyOf(body, 1_000);
    byte[] rest = Arrays.copyOfRange(body, 1_000, body.length);
    return RawHttp.send(
        api.base(), head(call, "Transfer-Encoding: chunked"), RawHttp.chunked(first, rest));
  }

  private static String head(String call, String header) {
    return "POST /api/v1/"
        + call
        + " HTTP/1.1\nContent-Type: application/json\nAuthorization: Bearer "
        + TestServer.API_KEY
        + "\n"
        + header;
  }

  /** An object of some size whose field nobody knows. */
  private static byte[] padded(int size) {
    String frame = "{\"padding\": \"\"}";
    return frame
        .replace("\"\"", "\"" + "x".repeat(size - frame.length()) + "\"")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] nested(int depth) {
    return ("{\"x\": " + "[".repeat(depth - 1) + "]".repeat(depth - 1) + "}")
        .getBytes(StandardCharsets.UTF_8);
  }
}
