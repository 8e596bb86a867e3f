package dev.licet.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decodes the parts of a request's target (RFC 3986). */
final class RequestTarget {
  private RequestTarget() {}

  /** The parameters of a query, each with its values in the order given. */
  static Map<String, List<String>> query(@Nullable String query) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty()) {
        continue;
      }
      int equals = pair.indexOf('=');
      String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
      String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
      parameters.computeIfAbsent(name, ignored -> new ArrayList<>()).add(value);
    }
    return parameters;
  }

  /** A part of a path that varies. Nothing is called by a name that holds NUL. */
  static String pathPart(String encoded) {
    String part = decode(encoded, false);
    if (!Json.isClean(part)) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such path.");
    }
    return part;
  }

  private static String decode(String text, boolean plusIsSpace) {
    try {
      String input = plusIsSpace ? text : text.replace("+", "%2B");
      byte[] bytes =
          URLDecoder.decode(input, StandardCharsets.ISO_8859_1)
              .getBytes(StandardCharsets.ISO_8859_1);
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, "The path or the query is not percent-encoded UTF-8.");
    }
  }
}
