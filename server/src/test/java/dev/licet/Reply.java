package dev.licet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a server answered. Its body is held to the API's description before anyone sees it. */
public record Reply(int status, HttpHeaders headers, byte[] body) {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Fails unless the status is this one. */
  public Reply expect(int expected) {
    assertEquals(expected, status, this::text);
    return this;
  }

  /** Fails unless this is a problem with that status and code. */
  public Reply expectProblem(int expectedStatus, String code) {
    expect(expectedStatus);
    assertEquals(code, text("/code"), this::text);
    return this;
  }

  /** Fails unless this is the problem of one field or parameter, among others perhaps. */
  public Reply expectInvalid(String pointer) {
    expectProblem(400, "INVALID_REQUEST");
    assertTrue(texts("/errors", "/pointer").contains(pointer), this::text);
    return this;
  }

  /** Fails unless a validation was answered with a 200 that says yes. */
  public Reply expectValid() {
    expect(200);
    assertTrue(at("/valid").asBoolean(), this::text);
    return this;
  }

  /** Fails unless a validation was answered with a 200 that says no for that reason. */
  public Reply expectRefused(String error) {
    expect(200);
    assertEquals(error, text("/error"), this::text);
    return this;
  }

  /** Fails unless a validation was answered with a 404 for that reason. */
  public Reply expectNoKey(String reason) {
    expect(404);
    assertEquals(reason, text("/reason"), this::text);
    return this;
  }

  public JsonNode json() {
    try {
      return body.length == 0 ? MissingNode.getInstance() : MAPPER.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What stands at a JSON Pointer; a missing node when there is nothing. */
  public JsonNode at(String pointer) {
    return json().at(pointer);
  }

  /** The text at a JSON Pointer; {@code null} when there is none. */
  public String text(String pointer) {
    return at(pointer).textValue();
  }

  public int number(String pointer) {
    assertTrue(at(pointer).isInt(), () -> pointer + " in " + text());
    return at(pointer).intValue();
  }

  /** The texts of a list. */
  public List<String> texts(String list) {
    return texts(list, "");
  }

  /** From each entry of a list, the text at a JSON Pointer into it. */
  public List<String> texts(String list, String pointer) {
    List<String> texts = new ArrayList<>();
    at(list).forEach(entry -> texts.add(entry.at(pointer).textValue()));
    return texts;
  }

  public String header(String name) {
    return headers.firstValue(name).orElse(null);
  }

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
