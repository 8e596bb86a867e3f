package dev.licet.api;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Map;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests against one server for each database. Every test uses licences of its own. */
@ParameterizedClass(name = "{0}")
@EnumSource
abstract class ApiTest {
  static final String LICENSES = "/api/v1/licenses";
  static final String PLANS = "/api/v1/plans";
  static final String API_KEYS = "/api/v1/api-keys";
  static final String ACCOUNT = "/api/v1/account";
  static final String ACCOUNTS = "/api/v1/accounts";
  static final BodyPublisher NONE = BodyPublishers.noBody();

  static TestServer server;
  static TestClient api;
  static TestClient operator;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    server = TestServer.start(database, Map.of());
    meet();
  }

  /** Stops the server in good order and starts it again on the same data. */
  static void restart() {
    server.restart();
    meet();
  }

  private static void meet() {
    api = server.client();
    operator = server.operator();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  /** The path of a licence. */
  static String path(Reply license) {
    return LICENSES + "/" + license.text("/id");
  }

  static String key(Reply license) {
    return license.text("/key");
  }

  /** A new account, as its creation was answered. */
  static Reply account(String fields) {
    return operator
        .post(ACCOUNTS, "{\"name\": \"Acme\", \"email\": \"ops@acme.example\"" + fields + "}")
        .expect(201);
  }

  /** A client with the first API key of a new account. */
  static TestClient clientOf(Reply account) {
    return new TestClient(server.address(), account.text("/api_key"));
  }

  /** A client with a new API key. */
  static TestClient keyed(TestClient by, String scopes, String... fields) {
    String more = fields.length == 0 ? "" : ", " + String.join(", ", fields);
    String body = "{\"name\": \"test\", \"scopes\": " + scopes + more + "}";
    return new TestClient(server.address(), by.post(API_KEYS, body).expect(201).text("/key"));
  }

  /** The licence as it is now. */
  static Reply fresh(Reply license) {
    return api.get(path(license)).expect(200);
  }
}
