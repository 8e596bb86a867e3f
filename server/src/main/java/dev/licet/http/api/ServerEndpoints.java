package dev.licet.http.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.http.Json;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What the server says of itself: its description, health and metrics. */
public final class ServerEndpoints {
  private static final String SCRIPT =
      "/META-INF/resources/webjars/redoc/2.1.4/bundles/redoc.standalone.js";

  private static final String PAGE =
      """
      <!doctype html>
      <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>Licet API</title>
          <style>body { margin: 0 }</style>
        </head>
        <body>
          <redoc spec-url="/openapi.yaml"></redoc>
          <script src="/docs/redoc.standalone.js"></script>
        </body>
      </html>
      """;

  private static final String PAGE_POLICY =
      "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; worker-src blob:; frame-ancestors 'none'";

  private final Readiness readiness;
  private final BooleanSupplier serves;
  private final Supplier<String> metrics;
  private final Response specification = cached(resource("/spec/openapi.yaml", "application/yaml"));
  private final Response page =
      cached(Response.kept(200, "text/html; charset=utf-8", PAGE.getBytes(StandardCharsets.UTF_8)))
          .with("Content-Security-Policy", PAGE_POLICY);
  private final Response script = cached(resource(SCRIPT, "text/javascript; charset=utf-8"));

  /**
   * @param checks what is so when all is well, by name
   * @param serves whether the server is of use all the same when something of that is not so
   * @param metrics a scrape in the text format of Prometheus
   */
  public ServerEndpoints(
      Map<String, BooleanSupplier> checks, BooleanSupplier serves, Supplier<String> metrics) {
    this.readiness = new Readiness(checks, System::nanoTime);
    this.serves = serves;
    this.metrics = metrics;
  }

  public Response specification(Request request) {
    return specification;
  }

  public Response docs(Request request) {
    return page;
  }

  public Response docsScript(Request request) {
    return script;
  }

  public Response live(Request request) {
    return Response.json(200, Json.object().put("status", "up"));
  }

  public Response ready(Request request) {
    ObjectNode json = Json.object();
    Map<String, Boolean> seen = readiness.now();
    boolean up = !seen.containsValue(false);
    boolean ready = up || serves.getAsBoolean();
    json.put("status", up ? "up" : ready ? "degraded" : "down");
    ObjectNode parts = json.putObject("checks");
    seen.forEach((name, works) -> parts.put(name, works ? "up" : "down"));
    return Response.json(ready ? 200 : 503, json);
  }

  public Response metrics(Request request) {
    return Response.of(
        200,
        "text/plain; version=0.0.4; charset=utf-8",
        metrics.get().getBytes(StandardCharsets.UTF_8));
  }

  private static Response resource(String path, String contentType) {
    try (InputStream in = ServerEndpoints.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the jar lacks " + path);
      }
      return Response.kept(200, contentType, in.readAllBytes());
    } catch (IOException e) {
      throw new IllegalStateException("cannot read " + path, e);
    }
  }

  private static Response cached(Response response) {
    return response
        .with("Cache-Control", "public, max-age=300")
        .with("X-Content-Type-Options", "nosniff");
  }
}
