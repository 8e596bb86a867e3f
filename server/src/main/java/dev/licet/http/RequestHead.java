package dev.licet.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.AsciiString;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the headers of every request must say, and not say, whatever it asks for. */
final class RequestHead {
  private static final int HOST_LENGTH = HttpHeaderNames.HOST.length();
  private static final int EXPECT_LENGTH = HttpHeaderNames.EXPECT.length();
  private static final int ENCODING_LENGTH = HttpHeaderNames.CONTENT_ENCODING.length();

  private RequestHead() {}

  /**
   * What is wrong with a request; {@code null} when nothing is. It is asked of each, so that all
   * rules take one pass over the headers: those that matter have names of lengths of their own, and
   * of most headers no more than the length is looked at.
   */
  static @Nullable ProblemException fault(HttpServerRequest request) {
    int hosts = 0;
    boolean unmet = false;
    boolean encoded = false;
    Iterator<Map.Entry<CharSequence, CharSequence>> headers = headers(request.headers());
    while (headers.hasNext()) {
      Map.Entry<CharSequence, CharSequence> header = headers.next();
      CharSequence name = header.getKey();
      int length = name.length();
      if (length == HOST_LENGTH) {
        hosts += is(name, HttpHeaderNames.HOST) ? 1 : 0;
      } else if (length == EXPECT_LENGTH) {
        unmet |= is(name, HttpHeaderNames.EXPECT) && !is(header.getValue(), "100-continue");
      } else if (length == ENCODING_LENGTH) {
        encoded |= is(name, HttpHeaderNames.CONTENT_ENCODING) && !is(header.getValue(), "identity");
      }
    }
    // RFC 9112, section 3.2: two are two readings of whom it is for, of which a proxy may take one
    if (hosts != 1 && (hosts > 1 || request.version() != HttpVersion.HTTP_1_0)) {
      return hostless();
    }
    if (unmet) {
      return unmet();
    }
    return encoded && BodyReader.hasBody(request) ? encoded() : null;
  }

  /** Whether a {@code Content-Type} is that of JSON. */
  static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return type.equals(Response.JSON) || type.toLowerCase(Locale.ROOT).equals(Response.JSON);
  }

  static ProblemException notJson() {
    return new ProblemException(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send \"Content-Type: application/json\".");
  }

  /** Without making strings of them, as those of Vert.x do. */
  private static Iterator<Map.Entry<CharSequence, CharSequence>> headers(MultiMap headers) {
    return ((HttpHeaders) headers).iteratorCharSequence();
  }

  private static boolean is(CharSequence text, CharSequence wanted) {
    return AsciiString.contentEqualsIgnoreCase(text, wanted);
  }

  /** The connection ends with it: who wrote this request may count requests in another way too. */
  private static ProblemException hostless() {
    return new ProblemException(
        ProblemCode.INVALID_REQUEST,
        "Send one Host header.",
        List.of(),
        Map.of("Connection", "close"));
  }

  private static ProblemException unmet() {
    return new ProblemException(
        ProblemCode.EXPECTATION_FAILED, "The only Expect that is met is \"100-continue\".");
  }

  private static ProblemException encoded() {
    return new ProblemException(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE,
        "Send the body as it is, without Content-Encoding.",
        List.of(),
        Map.of("Accept-Encoding", "identity"));
  }
}
