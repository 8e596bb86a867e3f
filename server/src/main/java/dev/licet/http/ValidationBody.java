package dev.licet.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.licet.domain.FailureException;
import dev.licet.domain.SemanticVersion;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The body of a validation, read as a stream of tokens: this runs for every validation, where a
 * tree would cost as much as the decision.
 */
record ValidationBody(
    String key,
    @Nullable String domain,
    @Nullable String fingerprint,
    @Nullable String product,
    @Nullable SemanticVersion version,
    @Nullable String nonce) {
  private static final int MAX_KEY = 256;
  private static final int MAX_DOMAIN = 1_024;
  private static final int MAX_PRODUCT = 64;
  private static final int MAX_TEXT = 256;

  /**
   * Reads a body.
   *
   * @throws ProblemException when it is no JSON
   * @throws FailureException when a field is missing, unknown, of the wrong type or out of range
   */
  static ValidationBody read(byte[] body) {
    String key = null;
    String domain = null;
    String fingerprint = null;
    String product = null;
    String version = null;
    String nonce = null;
    try (JsonParser parser = Json.FACTORY.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw notAnObject(parser);
      }
      for (String name = parser.nextFieldName(); name != null; name = parser.nextFieldName()) {
        switch (name) {
          case "key" -> key = text(parser, name, key, 1, MAX_KEY);
          case "domain" -> domain = text(parser, name, domain, 0, MAX_DOMAIN);
          case "fingerprint" -> fingerprint = text(parser, name, fingerprint, 1, MAX_TEXT);
          case "product" -> product = text(parser, name, product, 1, MAX_PRODUCT);
          case "version" -> version = text(parser, name, version, 1, SemanticVersion.MAX_LENGTH);
          case "nonce" -> nonce = text(parser, name, nonce, 1, MAX_TEXT);
          default -> throw unknown(parser, name);
        }
      }
      if (parser.nextToken() != null) {
        throw Json.malformed(new IOException("something follows the object"));
      }
    } catch (IOException e) {
      throw Json.malformed(e);
    }
    if (key == null) {
      throw FailureException.invalid("/key", "is required");
    }
    return new ValidationBody(key, domain, fingerprint, product, version(version), nonce);
  }

  private static @Nullable SemanticVersion version(@Nullable String text) {
    return text == null
        ? null
        : SemanticVersion.read(text)
            .orElseThrow(() ->
                FailureException.invalid(
                    "/version", "must be a semantic version such as 2.0.1 or 3.0.0-rc.1"));
  }

  private static String text(
      JsonParser parser, String name, @Nullable String before, int min, int max)
      throws IOException {
    if (before != null) {
      throw new ProblemException(
          ProblemCode.MALFORMED_JSON, "The body has the key " + name + " twice.");
    }
    String text = parser.nextTextValue();
    if (text == null) {
      requireRestWellFormed(parser);
      throw FailureException.invalid("/" + name, "must be a text");
    }
    if (!Json.isClean(text)) {
      throw Json.uncleanText();
    }
    if (!Json.hasLength(text, min, max)) {
      throw FailureException.invalid(
          "/" + name, "must be a text of " + min + " to " + max + " characters");
    }
    return text;
  }

  private static FailureException unknown(JsonParser parser, String name) throws IOException {
    requireRestWellFormed(parser);
    if (!Json.isClean(name)) {
      throw Json.uncleanText();
    }
    return FailureException.invalid(
        "/" + name.replace("~", "~0").replace("/", "~1"), "is not a field of this call");
  }

  private static RuntimeException notAnObject(JsonParser parser) throws IOException {
    if (parser.currentToken() == null) {
      return new ProblemException(ProblemCode.MALFORMED_JSON, "The body is empty.");
    }
    requireRestWellFormed(parser);
    return FailureException.invalid("", "The body must be a JSON object.");
  }

  /** What is no JSON at all is said to be that, wherever the fault stands. */
  private static void requireRestWellFormed(JsonParser parser) throws IOException {
    while (parser.nextToken() != null) {
      // the parser throws at what is no JSON
    }
  }
}
