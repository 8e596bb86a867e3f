package dev.licet.http;

import dev.licet.domain.Caller;
import dev.licet.domain.account.Authenticator;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.validation.Validations;
import dev.licet.http.Route.Access;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests on one event loop: hands validations to {@link ValidateEndpoint} and everything
 * else to the endpoint of its route, on a virtual thread.
 */
final class HttpGateway {
  private static final System.Logger LOG = System.getLogger(HttpGateway.class.getName());

  private final Vertx vertx;
  private final Services services;
  private final Context context;
  private final RouteTable routes;
  private final BodyReader bodies;
  private final ValidateEndpoint validate;
  private final Metrics metrics;

  /** What the gateway hands requests to. */
  record Services(
      List<Route> routes,
      Validations validations,
      UsageJournal journal,
      Authenticator authenticator,
      ClientAddress clientAddress,
      Executor blocking,
      MeterRegistry registry) {}

  HttpGateway(Vertx vertx, Context context, Services services) {
    this.vertx = vertx;
    this.services = services;
    this.context = context;
    this.routes = new RouteTable(services.routes());
    this.bodies = new BodyReader(vertx);
    this.metrics = new Metrics(services.registry());
    this.validate =
        new ValidateEndpoint(
            services.validations(), services.journal().lane(onLoop(context)), metrics);
  }

  /** Runs at once what is on the event loop already; made there. */
  private static Executor onLoop(Context context) {
    Thread loop = Thread.currentThread();
    return task -> {
      if (Thread.currentThread().equals(loop)) {
        task.run();
      } else {
        context.runOnContext(ignored -> task.run());
      }
    };
  }

  void handle(HttpServerRequest request) {
    String method = request.method().name();
    String path = request.path();
    if (path != null && method.equals("POST") && path.equals(ValidateEndpoint.PATH)) {
      validate(request);
    } else {
      dispatch(request, method, path == null ? "" : path);
    }
  }

  private void validate(HttpServerRequest request) {
    if (!isJson(request.getHeader("Content-Type"))) {
      refuse(request, unsupportedMediaType());
      return;
    }
    bodies.read(
        request,
        HttpLimits.MAX_PUBLIC_BODY,
        body -> validate.handle(body, address(request), response -> send(request, response)),
        response -> refuse(request, response));
  }

  private void dispatch(HttpServerRequest request, String method, String path) {
    boolean head = method.equals("HEAD");
    RouteTable.Match match = routes.find(head ? "GET" : method, path);
    if (match == null) {
      refuse(request, Problems.of(unmatched(path)));
      return;
    }
    if (match.route().endpoint() instanceof StreamingEndpoint) {
      stream(request, match);
      return;
    }
    Access access = match.route().access();
    int maxBody = access == Access.PUBLIC ? HttpLimits.MAX_PUBLIC_BODY : HttpLimits.MAX_BODY;
    bodies.read(
        request,
        maxBody,
        body ->
            services.blocking().execute(() -> answer(request, match, new Request.Body(body, null))),
        response -> refuse(request, response));
  }

  private void stream(HttpServerRequest request, RouteTable.Match match) {
    InputStream body = RequestStream.of(request, context, HttpLimits.MAX_STREAM);
    services.blocking().execute(() -> answer(request, match, new Request.Body(new byte[0], body)));
  }

  private ProblemException unmatched(String path) {
    Set<String> methods = routes.methods(path);
    if (path.equals(ValidateEndpoint.PATH)) {
      methods.add("POST");
    }
    if (methods.isEmpty()) {
      return new ProblemException(ProblemCode.NOT_FOUND, "There is no such path.");
    }
    String allow = String.join(", ", methods);
    return new ProblemException(
        ProblemCode.METHOD_NOT_ALLOWED,
        "This path takes " + allow + ".",
        List.of(),
        Map.of("Allow", allow));
  }

  /** Runs on a virtual thread. */
  private void answer(HttpServerRequest request, RouteTable.Match match, Request.Body body) {
    long start = System.nanoTime();
    Response response;
    try {
      response = match.route().endpoint().handle(read(request, match, body));
    } catch (RuntimeException e) {
      response = Problems.of(e);
    }
    Response answer = response;
    if (answer.streamed() != null) {
      send(request, answer, answer.streamed());
    } else if (body.stream() != null) {
      context.runOnContext(ignored -> refuse(request, answer));
    } else {
      context.runOnContext(ignored -> send(request, answer));
    }
    metrics.answered(match.route(), response.status(), System.nanoTime() - start);
  }

  /** Sends an answer while it is written, on the virtual thread that writes it. */
  private void send(HttpServerRequest request, Response answer, Response.Streamed body) {
    HttpServerResponse to = request.response();
    boolean head = request.method().name().equals("HEAD");
    context.runOnContext(ignored -> putHead(to, answer).setChunked(!head));
    try {
      if (!head) {
        OutputStream out = new ResponseStream(to, context, body.queueBytes());
        body.writer().writeTo(out);
        out.flush();
      }
      context.runOnContext(ignored -> {
        to.end();
        dropUnread(request);
      });
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "an answer broke off: {0}", e.getMessage());
      LOG.log(Level.DEBUG, "an answer broke off", e);
      context.runOnContext(ignored -> request.connection().close());
    }
  }

  private Request read(HttpServerRequest request, RouteTable.Match match, Request.Body body) {
    Caller caller =
        match.route().access() == Access.API_KEY
            ? authenticate(request.getHeader("Authorization"))
            : null;
    if (body.bytes().length > 0 && !isJson(request.getHeader("Content-Type"))) {
      throw unsupported();
    }
    Map<String, String> parameters = new HashMap<>();
    match.parameters().forEach((name, value) -> parameters.put(name, pathPart(value)));
    return new Request(
        parameters, query(request.query()), request::getHeader, body, caller, address(request));
  }

  private Caller authenticate(@Nullable String authorization) {
    if (authorization == null) {
      throw unauthorized("Send your API key as \"Authorization: Bearer licet_live_...\".");
    }
    boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
    return services
        .authenticator()
        .authenticate(bearer ? authorization.substring(7).strip() : "")
        .orElseThrow(() -> unauthorized("The API key is malformed, unknown or revoked."));
  }

  private static ProblemException unauthorized(String detail) {
    return new ProblemException(
        ProblemCode.UNAUTHORIZED,
        detail,
        List.of(),
        Map.of("WWW-Authenticate", "Bearer realm=\"licet\""));
  }

  private String address(HttpServerRequest request) {
    return services
        .clientAddress()
        .of(request.remoteAddress().hostAddress(), forwardedFor(request));
  }

  /** A proxy may add a line of its own to what the client sent: all lines are one list. */
  private static @Nullable String forwardedFor(HttpServerRequest request) {
    String first = request.getHeader("X-Forwarded-For");
    return first == null ? null : String.join(",", request.headers().getAll("X-Forwarded-For"));
  }

  /** Answers without having read the body, and closes the connection, which is of no use then. */
  private void refuse(HttpServerRequest request, Response response) {
    boolean unread = !request.isEnded() && BodyReader.hasBody(request);
    if (unread) {
      request.response().putHeader("Connection", "close");
    }
    send(request, response);
    dropUnread(request);
  }

  /** Lets what the client still sends pass by; if it does not end soon, closes the connection. */
  private void dropUnread(HttpServerRequest request) {
    if (!request.isEnded() && BodyReader.hasBody(request)) {
      request.handler(ignored -> {});
      request.resume();
      long closing =
          vertx.setTimer(HttpLimits.LINGER_MILLIS, ignored -> request.connection().close());
      request.endHandler(ignored -> vertx.cancelTimer(closing));
    }
  }

  private static void send(HttpServerRequest request, Response response) {
    HttpServerResponse to = request.response();
    if (to.closed() || to.ended()) {
      return;
    }
    putHead(to, response);
    if (request.method().name().equals("HEAD")) {
      to.putHeader("Content-Length", Integer.toString(response.body().length));
      to.end();
    } else if (response.status() == 204) {
      to.end();
    } else {
      to.end(Buffer.buffer(response.body()));
    }
  }

  private static HttpServerResponse putHead(HttpServerResponse to, Response response) {
    to.setStatusCode(response.status());
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      to.putHeader(header.getKey(), header.getValue());
    }
    if (!response.headers().containsKey("Cache-Control")) {
      to.putHeader("Cache-Control", "no-store");
    }
    return to;
  }

  private static boolean isJson(@Nullable String contentType) {
    if (contentType == null) {
      return false;
    }
    int end = contentType.indexOf(';');
    String type = (end < 0 ? contentType : contentType.substring(0, end)).strip();
    return type.equals(Response.JSON) || type.toLowerCase(Locale.ROOT).equals(Response.JSON);
  }

  private static Response unsupportedMediaType() {
    return Problems.of(unsupported());
  }

  private static ProblemException unsupported() {
    return new ProblemException(
        ProblemCode.UNSUPPORTED_MEDIA_TYPE, "Send \"Content-Type: application/json\".");
  }

  private static Map<String, List<String>> query(@Nullable String query) {
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
  private static String pathPart(String encoded) {
    String part = decode(encoded, false);
    if (!Json.isClean(part)) {
      throw new ProblemException(ProblemCode.NOT_FOUND, "There is no such path.");
    }
    return part;
  }

  private static String decode(String text, boolean plusIsSpace) {
    try {
      String input = plusIsSpace ? text : text.replace("+", "%2B");
      return URLDecoder.decode(input, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST, "The path or the query is not percent-encoded correctly.");
    }
  }
}
