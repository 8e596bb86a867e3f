package dev.licet.http;

import dev.licet.http.Connections.Client;
import dev.licet.http.Route.Access;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests on one event loop: hands validations to {@link ValidateEndpoint} and everything
 * else to the endpoint of its route, on a virtual thread.
 */
final class HttpGateway {
  private static final System.Logger LOG = System.getLogger(HttpGateway.class.getName());
  private static final CharSequence CACHE_CONTROL = HttpHeaders.createOptimized("Cache-Control");
  private static final CharSequence NO_STORE = HttpHeaders.createOptimized("no-store");
  private static final CharSequence JSON = HttpHeaders.createOptimized(Response.JSON);
  private static final CharSequence FORWARDED_FOR = HttpHeaders.createOptimized("X-Forwarded-For");

  private final Vertx vertx;
  private final HttpFrontend.Services services;
  private final Context context;
  private final Connections connections;
  private final RouteTable routes;
  private final BodyReader bodies;
  private final UnsentAnswers unsent;
  private final ValidateEndpoint validate;
  private final Metrics metrics;
  private final Gatekeeper gatekeeper;

  /**
   * @param loops how many event loops share what there is
   * @param open how many connections they all have
   */
  HttpGateway(
      Vertx vertx, Context context, HttpFrontend.Services services, int loops, AtomicInteger open) {
    this.vertx = vertx;
    this.services = services;
    this.context = context;
    this.routes = new RouteTable(Routes.of(services.endpoints()));
    this.bodies = new BodyReader(HttpLimits.MAX_OPEN_BODIES / loops);
    this.unsent = new UnsentAnswers(HttpLimits.MAX_UNSENT_ANSWERS / loops);
    this.connections = new Connections(services.clientAddress(), open, services.maxConnections());
    vertx.setPeriodic(Connections.TICK_MILLIS, ignored -> connections.tick());
    this.metrics = new Metrics(services.registry());
    this.gatekeeper = new Gatekeeper(services.authenticator());
    this.validate =
        new ValidateEndpoint(
            services.validations(),
            services.journal().lane(onLoop(context)),
            metrics,
            services.levels());
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

  Connections connections() {
    return connections;
  }

  /** Takes a request; one after answers that the client does not take waits until it does. */
  void handle(HttpServerRequest request) {
    Client client = connections.client(request.connection());
    if (client == null) {
      return;
    }
    if (request.response().writeQueueFull()) {
      client.takes();
      request.pause();
      request
          .response()
          .drainHandler(ignored -> {
            request.response().drainHandler(null);
            route(request, client);
            request.resume();
          });
    } else {
      route(request, client);
    }
  }

  private void route(HttpServerRequest request, Client client) {
    if (client.asksFirst()) {
      request.response().setWriteQueueMaxSize(HttpLimits.MAX_SMALL_ANSWERS);
    }
    client.sends();
    ProblemException fault = RequestHead.fault(request);
    if (fault != null) {
      refuse(request, client, Problems.of(fault));
      return;
    }
    String path = request.path();
    if (request.method().equals(HttpMethod.POST) && ValidateEndpoint.PATH.equals(path)) {
      validate(request, client);
    } else {
      dispatch(request, client, path == null ? "" : path);
    }
  }

  private void validate(HttpServerRequest request, Client client) {
    if (!RequestHead.isJson(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
      refuse(request, client, Problems.of(RequestHead.notJson()));
      return;
    }
    bodies.read(
        request,
        HttpLimits.MAX_PUBLIC_BODY,
        body -> {
          client.waits();
          byte[] bytes = body.bytes();
          body.release();
          validate.handle(
              bytes, sender(request, client), response -> send(request, client, response));
        },
        response -> refuse(request, client, response));
  }

  private void dispatch(HttpServerRequest request, Client client, String path) {
    String method = request.method().name();
    RouteTable.Match match = routes.find(method.equals("HEAD") ? "GET" : method, path);
    if (match == null) {
      refuse(request, client, Problems.of(unmatched(path)));
      return;
    }
    Access access = match.route().access();
    boolean message = match.route().endpoint() instanceof MessageEndpoint;
    int maxBody = message ? HttpLimits.MAX_MESSAGE : HttpLimits.MAX_PUBLIC_BODY;
    if (!(access instanceof Access.Public)) {
      maxBody = HttpLimits.MAX_BODY;
      ProblemException keyless =
          Gatekeeper.withoutKey(request.getHeader(HttpHeaders.AUTHORIZATION));
      if (keyless != null) {
        refuse(request, client, Problems.of(keyless));
        return;
      }
    }
    if (match.route().endpoint() instanceof StreamingEndpoint) {
      stream(request, client, match);
      return;
    }
    bodies.read(
        request,
        maxBody,
        body -> execute(request, client, match, body),
        response -> refuse(request, client, response));
  }

  private void execute(
      HttpServerRequest request, Client client, RouteTable.Match match, BodyReader.Body body) {
    client.waits();
    byte[] bytes = body.bytes();
    try {
      executor(match.route())
          .execute(() -> {
            Response response = answer(request, client, match, new Request.Body(bytes, null));
            context.runOnContext(ignored -> {
              body.release();
              if (response.streamed() == null) {
                send(request, client, response);
              }
            });
            if (response.streamed() != null) {
              stream(request, client, response, response.streamed());
            }
          });
    } catch (RejectedExecutionException e) {
      body.release();
      send(request, client, Problems.of(e));
    }
  }

  /** Reads a body while it arrives. */
  private void stream(HttpServerRequest request, Client client, RouteTable.Match match) {
    client.waits();
    InputStream body = RequestStream.of(request, context, HttpLimits.MAX_STREAM);
    try {
      services
          .blocking()
          .execute(() -> {
            Response response = answer(request, client, match, new Request.Body(new byte[0], body));
            if (response.streamed() != null) {
              stream(request, client, response, response.streamed());
            } else {
              context.runOnContext(ignored -> refuse(request, client, response));
            }
          });
    } catch (RejectedExecutionException e) {
      refuse(request, client, Problems.of(e));
    }
  }

  /** Sends an answer while it is written, on the virtual thread that writes it. */
  private void stream(
      HttpServerRequest request, Client client, Response response, Response.Streamed body) {
    HttpServerResponse to = request.response();
    boolean head = request.method().equals(HttpMethod.HEAD);
    context.runOnContext(ignored -> putHead(to, response).setChunked(!head));
    try {
      if (!head) {
        OutputStream out = new ResponseStream(to, context, body.queueBytes());
        body.writer().writeTo(out);
        out.flush();
      }
      context.runOnContext(ignored -> {
        client.rests();
        to.end();
        dropUnread(request, () -> {});
      });
    } catch (IOException | RuntimeException e) {
      boolean usual = e instanceof ResponseStream.ClientGoneException;
      LOG.log(usual ? Level.DEBUG : Level.WARNING, "an answer broke off: {0}", e.getMessage());
      LOG.log(Level.DEBUG, "an answer broke off", e);
      context.runOnContext(ignored -> request.connection().close());
    }
  }

  /** What the server says of itself is not kept from being said by much else to do. */
  private Executor executor(Route route) {
    return route.isAboutServer() ? services.unbounded() : services.blocking();
  }

  private ProblemException unmatched(String path) {
    Set<String> methods = routes.methods(path);
    if (path.equals(ValidateEndpoint.PATH)) {
      methods.add("POST");
    }
    if (methods.isEmpty()) {
      return new ProblemException(ProblemCode.NOT_FOUND, "There is no such path.");
    }
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    String allow = String.join(", ", methods);
    return new ProblemException(
        ProblemCode.METHOD_NOT_ALLOWED,
        "This path takes " + allow + ".",
        List.of(),
        Map.of("Allow", allow));
  }

  /** Runs on a virtual thread. */
  private Response answer(
      HttpServerRequest request, Client client, RouteTable.Match match, Request.Body body) {
    long start = System.nanoTime();
    CallHandler.Call call =
        new CallHandler.Call(
            match.route(),
            Objects.requireNonNullElse(request.path(), ""),
            request.query(),
            body.bytes(),
            address(request, client));
    Response response = services.calls().answer(call, () -> read(request, client, match, body));
    metrics.answered(match.route(), response.status(), System.nanoTime() - start);
    return response;
  }

  private Request read(
      HttpServerRequest request, Client client, RouteTable.Match match, Request.Body body) {
    String address = address(request, client);
    Gatekeeper.Pass pass =
        gatekeeper.admit(match.route().access(), request.getHeader("Authorization"), address);
    if (body.bytes().length > 0 && !RequestHead.isJson(request.getHeader("Content-Type"))) {
      throw RequestHead.notJson();
    }
    Map<String, String> parameters = new HashMap<>();
    match
        .parameters()
        .forEach((name, value) -> parameters.put(name, RequestTarget.pathPart(value)));
    return new Request(
        parameters,
        RequestTarget.query(request.query()),
        name -> header(request, name),
        body,
        pass,
        address);
  }

  private ValidateEndpoint.Sender sender(HttpServerRequest request, Client client) {
    return new ValidateEndpoint.Sender(
        address(request, client),
        client.isProxy() ? CallerTraits.country(request.headers()) : null,
        CallerTraits.client(request.getHeader(HttpHeaders.USER_AGENT)));
  }

  private String address(HttpServerRequest request, Client client) {
    return client.isProxy()
        ? services.clientAddress().of(client.peer(), header(request, FORWARDED_FOR))
        : client.peer();
  }

  /** A header may stand on several lines, also since a proxy added its own: they are one list. */
  private static @Nullable String header(HttpServerRequest request, CharSequence name) {
    List<String> lines = request.headers().getAll(name);
    return lines.isEmpty() ? null : String.join(", ", lines);
  }

  /**
   * Answers without having read the body, and closes the connection, which is of no use then.
   * Vert.x does not by itself when an answer says so.
   */
  private void refuse(HttpServerRequest request, Client client, Response response) {
    boolean unread = !request.isEnded() && BodyReader.hasBody(request);
    boolean last = unread || response.headers().containsKey("Connection");
    if (last) {
      request.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
    }
    send(request, client, response);
    if (unread) {
      dropUnread(request, () -> request.connection().close());
    } else if (last) {
      request.connection().close();
    }
  }

  /** Lets what the client still sends pass by; if it does not end soon, closes the connection. */
  private void dropUnread(HttpServerRequest request, Runnable whenEnded) {
    if (!request.isEnded() && BodyReader.hasBody(request)) {
      request.handler(ignored -> {});
      request.resume();
      long closing =
          vertx.setTimer(HttpLimits.LINGER_MILLIS, ignored -> request.connection().close());
      request.endHandler(ignored -> {
        vertx.cancelTimer(closing);
        whenEnded.run();
      });
    }
  }

  private void send(HttpServerRequest request, Client client, Response response) {
    HttpServerResponse to = request.response();
    if (to.closed() || to.ended()) {
      return;
    }
    putHead(to, response);
    client.rests();
    int length = response.body().length();
    if (request.method().equals(HttpMethod.HEAD)) {
      to.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(length));
      to.end();
    } else if (response.status() == 204) {
      to.end();
    } else if (length < HttpLimits.COUNTED_ANSWER) {
      to.end(response.body());
    } else if (length < HttpLimits.LARGE_ANSWER) {
      unsent.add(request.connection(), length, to.end(response.body()));
    } else {
      client.takes();
      Future<Void> sent = to.end(response.body()).onComplete(ignored -> client.taken());
      unsent.add(request.connection(), length, sent);
    }
  }

  private static HttpServerResponse putHead(HttpServerResponse to, Response response) {
    to.setStatusCode(response.status());
    String type = response.contentType();
    if (type != null) {
      to.putHeader(HttpHeaders.CONTENT_TYPE, type.equals(Response.JSON) ? JSON : type);
    }
    Map<String, String> headers = response.headers();
    if (!headers.isEmpty()) {
      headers.forEach(to::putHeader);
    }
    if (headers.isEmpty() || !headers.containsKey("Cache-Control")) {
      to.putHeader(CACHE_CONTROL, NO_STORE);
    }
    return to;
  }
}
