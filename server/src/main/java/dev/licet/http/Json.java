package dev.licet.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.common.base.Utf8;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as the API reads it, strictly, and writes it. */
public final class Json {
  /** How deep a body may be nested. */
  static final int MAX_DEPTH = 32;

  /** Reads within bounds; whoever reads a stream of tokens looks for duplicate keys by itself. */
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(64)
                  .maxStringLength(HttpLimits.MAX_BODY)
                  .maxNameLength(1_024)
                  .build())
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .disable(JsonFactory.Feature.CHARSET_DETECTION) // it is UTF-8, RFC 8259 section 8.1
          .build();

  private static final ObjectMapper MAPPER =
      new ObjectMapper(FACTORY)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Json() {}

  public static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /** A tree of values that have a JSON form of their own: maps, lists, texts, numbers. */
  public static ObjectNode tree(Map<String, @Nullable Object> fields) {
    return MAPPER.valueToTree(fields);
  }

  public static byte[] bytes(JsonNode node) {
    try {
      return MAPPER.writeValueAsBytes(node);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree cannot be written", e);
    }
  }

  /** Bytes of all names and texts together in UTF-8; they are {@linkplain #isClean clean}. */
  static int utf8Length(Map<String, String> pairs) {
    int length = 0;
    for (Map.Entry<String, String> pair : pairs.entrySet()) {
      length += Utf8.encodedLength(pair.getKey()) + Utf8.encodedLength(pair.getValue());
    }
    return length;
  }

  /** Writes bit by bit; leaves {@code out} open. */
  public static JsonGenerator generator(OutputStream out) throws IOException {
    return MAPPER.createGenerator(out).disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
  }

  /**
   * Reads a body.
   *
   * @throws ProblemException when it is no JSON, has a key twice, is nested too deep, or holds a
   *     text with NUL or half a surrogate pair
   */
  public static JsonNode read(byte[] body) {
    JsonNode node;
    try {
      node = MAPPER.readTree(body);
    } catch (IOException e) {
      throw malformed(e);
    }
    if (node == null || node.isMissingNode()) {
      throw new ProblemException(ProblemCode.MALFORMED_JSON, "The body is empty.");
    }
    requireCleanTexts(node);
    return node;
  }

  static ProblemException malformed(IOException cause) {
    String where = "";
    if (cause instanceof JsonProcessingException e && e.getLocation() != null) {
      where =
          " (line "
              + e.getLocation().getLineNr()
              + ", column "
              + e.getLocation().getColumnNr()
              + ")";
    }
    return new ProblemException(
        ProblemCode.MALFORMED_JSON,
        "The body is not valid JSON, has a key twice, or is nested too deep" + where + ".");
  }

  static ProblemException uncleanText() {
    return new ProblemException(
        ProblemCode.MALFORMED_JSON, "A text holds NUL or half a surrogate pair.");
  }

  /** Whether a text has neither NUL, which databases refuse, nor half a surrogate pair. */
  static boolean isClean(String text) {
    for (int i = 0; i < text.length(); i++) {
      char unit = text.charAt(i);
      if (unit == 0) {
        return false;
      }
      if (Character.isSurrogate(unit)) {
        boolean pair = i + 1 < text.length() && Character.isSurrogatePair(unit, text.charAt(i + 1));
        if (!pair) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  /** Whether a text has a length within bounds, in code points. */
  static boolean hasLength(String text, int min, int max) {
    int units = text.length();
    if (units < min || units > 2 * max) {
      return false;
    }
    int points = text.codePointCount(0, units);
    return points >= min && points <= max;
  }

  private static void requireCleanTexts(JsonNode node) {
    if (node.isTextual() && !isClean(node.textValue())) {
      throw uncleanText();
    }
    for (var field : node.properties()) {
      if (!isClean(field.getKey())) {
        throw uncleanText();
      }
    }
    for (JsonNode child : node) {
      requireCleanTexts(child);
    }
  }
}
