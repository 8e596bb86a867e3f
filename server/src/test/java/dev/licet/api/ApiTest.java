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
  static final BodyPublisher NONE = BodyPublishers.noBody();

  static TestServer server;
  static TestClient api;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    server = TestServer.start(database, Map.of());
    api = server.client();
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

  /** The licence as it is now. */
  static Reply fresh(Reply license) {
    return api.get(path(license)).expect(200);
  }
}
