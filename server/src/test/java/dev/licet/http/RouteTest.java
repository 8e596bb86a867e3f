package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.account.Scope;
import dev.licet.http.Route.Access;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is answered however much else there is to do. */
final class RouteTest {
  @ParameterizedTest
  @CsvSource({
    "GET, /health/live, true",
    "GET, /docs, true",
    "POST, /api/v1/deactivate, false",
    "GET, /api/v1/checkout/{connection_id}/result, false",
  })
  void ofThePublicPathsThoseAboutTheServer(String method, String template, boolean about) {
    assertEquals(about, route(method, template, Access.PUBLIC).isAboutServer());
  }

  @ParameterizedTest
  @CsvSource({"GET, /api/v1/licenses", "GET, /health/live"})
  void noneThatNeedsAKey(String method, String template) {
    Access keyed = Access.needs(Scope.LICENSES_READ);
    assertEquals(false, route(method, template, keyed).isAboutServer());
  }

  private static Route route(String method, String template, Access access) {
    return new Route(
        method,
        template,
        access,
        request -> {
          throw new IllegalStateException("not called");
        });
  }
}
