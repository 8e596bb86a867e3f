package dev.licet.http;

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
  private final Vertx vertx;
  private final Services services;
  private final Context context;
  private final RouteTable routes;
  private final BodyReader bodies;
  private final ValidateEndpoint validate;
  private final Metrics metrics;
  private final Gatekeeper gatekeeper;

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
    this.gatekeeper = new Gatekeeper(services.authenticator());
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
    Access access = match.route().access();
    int maxBody =
        access instanceof Access.Public ? HttpLimits.MAX_PUBLIC_BODY : HttpLimits.MAX_BODY;
    bodies.read(
        request,
        maxBody,
        body -> services.blocking().execute(() -> answer(request, match, body)),
        response -> refuse(request, response));
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
  private void answer(HttpServerRequest request, RouteTable.Match match, byte[] body) {
    long start = System.nanoTime();
    Response response;
    try {
      response = match.route().endpoint().handle(read(request, match, body));
    } catch (RuntimeException e) {
      response = Problems.of(e);
    }
    metrics.answered(match.route(), response.status(), System.nanoTime() - start);
    Response answer = response;
    context.runOnContext(ignored -> send(request, answer));
  }

  private Request read(HttpServerRequest request, RouteTable.Match match, byte[] body) {
    Gatekeeper.Pass pass =
        gatekeeper.admit(
            match.route().access(), request.getHeader("Authorization"), address(request));
    if (body.length > 0 && !isJson(request.getHeader("Content-Type"))) {
      throw unsupported();
    }
    Map<String, String> parameters = new HashMap<>();
    match.parameters().forEach((name, value) -> parameters.put(name, pathPart(value)));
    return new Request(
        parameters, query(request.query()), request::getHeader, body, pass, address(request));
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
    if (unread) {
      vertx.setTimer(HttpLimits.LINGER_MILLIS, ignored -> request.connection().close());
    }
  }

  private static void send(HttpServerRequest request, Response response) {
    HttpServerResponse to = request.response();
    if (to.closed() || to.ended()) {
      return;
    }
    to.setStatusCode(response.status());
    for (Map.Entry<String, String> header : response.headers().entrySet()) {
      to.putHeader(header.getKey(), header.getValue());
    }
    if (!response.headers().containsKey("Cache-Control")) {
      to.putHeader("Cache-Control", "no-store");
    }
    if (request.method().name().equals("HEAD")) {
      to.putHeader("Content-Length", Integer.toString(response.body().length));
      to.end();
    } else if (response.status() == 204) {
      to.end();
    } else {
      to.end(Buffer.buffer(response.body()));
    }
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
