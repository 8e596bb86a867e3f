package dev.licet.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The peer that bounds what any server of this kind can reach: the same HTTP server and the same
 * JSON, with a map lookup and nothing else. It has no database, counts nothing and checks nothing.
 *
 * <p>Command line: {@code Ceiling KEYS PORT}.
 */
final class Ceiling extends VerticleBase {
  private static final int MAX_BODY_BYTES = 16 * 1024;
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final Map<String, Entry> licenses;
  private final int port;

  private Ceiling(Map<String, Entry> licenses, int port) {
    this.licenses = licenses;
    this.port = port;
  }

  public static void main(String[] arguments) throws IOException {
    Map<String, Entry> licenses = load(Path.of(arguments[0]));
    int port = Integer.parseInt(arguments[1]);
    Vertx vertx = Vertx.vertx();
    DeploymentOptions onePerCore =
        new DeploymentOptions().setInstances(Runtime.getRuntime().availableProcessors());
    vertx.deployVerticle(() -> new Ceiling(licenses, port), onePerCore).await();
    System.out.println("Ceiling is ready at http://127.0.0.1:" + port);
  }

  private static Map<String, Entry> load(Path keys) throws IOException {
    Map<String, Entry> licenses = new HashMap<>();
    String expiresAt = Instant.now().plus(365, ChronoUnit.DAYS).toString();
    for (KnownKey known : Keys.read(keys)) {
      String id = "lic_%026d".formatted(licenses.size());
      licenses.put(known.key(), new Entry(id, expiresAt));
    }
    return licenses;
  }

  @Override
  public Future<?> start() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setHost("127.0.0.1")
            .setPort(port)
            .setTcpNoDelay(true)
            .setAcceptBacklog(1024)
            .setIdleTimeout(60);
    return vertx.createHttpServer(options).requestHandler(this::handle).listen();
  }

  private void handle(HttpServerRequest request) {
    if (!HttpMethod.POST.equals(request.method()) || !"/api/v1/validate".equals(request.path())) {
      request.response().setStatusCode(404).end();
      return;
    }
    request.body().onSuccess(body -> answer(request, body));
  }

  private void answer(HttpServerRequest request, Buffer body) {
    if (body.length() > MAX_BODY_BYTES) {
      request.response().setStatusCode(413).end();
      return;
    }
    try {
      Question question = Question.read(body.getBytes());
      Entry license = licenses.get(question.key());
      if (license == null) {
        request.response().setStatusCode(404).end();
        return;
      }
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .end(Buffer.buffer(render(question, license)));
    } catch (IOException malformed) {
      request.response().setStatusCode(400).end();
    }
  }

  private static byte[] render(Question question, Entry license) throws IOException {
    try (ByteArrayBuilder bytes = new ByteArrayBuilder(JSON._getBufferRecycler(), 512);
        JsonGenerator json = JSON.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeBooleanField("valid", true);
      json.writeObjectFieldStart("license");
      license.write(json);
      json.writeEndObject();
      json.writeStringField("domain", question.domain());
      json.writeStringField("nonce", question.nonce());
      json.writeStringField("checked_at", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
      json.writeEndObject();
      json.flush();
      return bytes.toByteArray();
    }
  }

  /** What the map knows about a license. */
  private record Entry(String id, String expiresAt) {
    void write(JsonGenerator json) throws IOException {
      json.writeStringField("id", id);
      json.writeStringField("plan", "professional");
      json.writeStringField("status", "active");
      json.writeStringField("expiresAt", expiresAt);
      json.writeArrayFieldStart("features");
      json.writeString("updates");
      json.writeString("support");
      json.writeEndArray();
      json.writeNumberField("maxDomains", 3);
      json.writeNumberField("domainsUsed", 1);
      json.writeNumberField("maxDevices", 3);
      json.writeNumberField("devicesUsed", 0);
    }
  }

  /** The body of a validation, read as strictly as the product reads it. */
  private record Question(
      String key, @Nullable String domain, @Nullable String fingerprint, @Nullable String nonce) {
    static Question read(byte[] body) throws IOException {
      try (JsonParser json = JSON.createParser(body)) {
        expect(json.nextToken() == JsonToken.START_OBJECT);
        String key = null;
        String domain = null;
        String fingerprint = null;
        String nonce = null;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String name = json.currentName();
          expect(json.nextToken() == JsonToken.VALUE_STRING);
          switch (name) {
            case "key" -> key = json.getText();
            case "domain" -> domain = json.getText();
            case "fingerprint" -> fingerprint = json.getText();
            case "nonce" -> nonce = json.getText();
            default -> expect(false);
          }
        }
        expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        if (key == null) {
          throw new IOException("no key");
        }
        return new Question(key, domain, fingerprint, nonce);
      }
    }

    private static void expect(boolean condition) throws IOException {
      if (!condition) {
        throw new IOException("no validation request");
      }
    }
  }
}
