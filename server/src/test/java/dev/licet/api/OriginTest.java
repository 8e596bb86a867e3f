package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import dev.licet.geo.Mmdb;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Where validations come from: behind a proxy, with a table of countries. */
@Timeout(60)
@ParameterizedClass(name = "{0}")
@EnumSource
class OriginTest {
  @TempDir static Path folder;
  private static TestServer server;
  private static TestClient api;

  @Parameter TestDatabase database;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) throws IOException {
    byte[] table =
        new Mmdb()
            .with("203.0.113.0/24", Map.of("country_code", "DE", "asn", 64_496))
            .with("2001:db8:7::/48", Map.of("country_code", "FR"))
            .bytes();
    Path file = Files.write(folder.resolve(database + ".mmdb"), table);
    server =
        TestServer.start(
            database, Map.of("trusted-proxies", "127.0.0.1", "geoip.database", file.toString()));
    api = server.client();
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @Test
  void theCountryIsFoundByTheWholeAddressAndTheNetworkIsKept() {
    Reply record =
        validated(
            api.with("X-Forwarded-For", "203.0.113.77").with("User-Agent", "licet-java/1.2.0 (x)"));
    assertEquals("203.0.113.0", record.text("/data/0/ip"));
    assertEquals("DE", record.text("/data/0/country"));
    assertEquals(64_496, record.number("/data/0/asn"));
    assertEquals("licet-java/1.2.0", record.text("/data/0/client"));
    assertTrue(record.number("/data/0/node") > 0, record::text);
    Reply other =
        validated(api.with("X-Forwarded-For", "2001:db8:7:1::1").with("User-Agent", "Mozilla/5.0"));
    assertEquals("2001:db8:7:0:0:0:0:0", other.text("/data/0/ip"));
    assertEquals("FR", other.text("/data/0/country"));
    assertTrue(other.at("/data/0/asn").isNull());
    assertTrue(other.at("/data/0/client").isNull());
  }

  @Test
  void whatAProxySaysOfTheCountryGoesBeforeTheTable() {
    TestClient proxied = api.with("X-Forwarded-For", "203.0.113.77");
    assertEquals("US", validated(proxied.with("CF-IPCountry", "US")).text("/data/0/country"));
    assertEquals("DE", validated(proxied.with("CF-IPCountry", "XX")).text("/data/0/country"));
    assertTrue(validated(api).at("/data/0/country").isNull(), "127.0.0.1 is in no country");
  }

  @Test
  void anAccountChoosesWhatIsKeptOfAddresses() {
    TestClient proxied = api.with("X-Forwarded-For", "203.0.113.77");
    assertEquals("truncated", api.get("/api/v1/account").text("/address_form"));
    Reply license = api.create("starter");
    for (String form : new String[] {"full", "none", "truncated"}) {
      Reply account = api.patch("/api/v1/account", "{\"address_form\": \"" + form + "\"}");
      assertEquals(form, account.expect(200).text("/address_form"));
      proxied.validate(license.text("/key"), "domain", "a.example").expectValid();
      Reply record = history(license);
      String kept = form.equals("full") ? "203.0.113.77" : "203.0.113.0";
      assertEquals(form.equals("none") ? null : kept, record.text("/data/0/ip"));
      assertEquals("DE", record.text("/data/0/country"));
    }
    api.patch("/api/v1/account", "{\"address_form\": \"some\"}").expectInvalid("#/address_form");
    api.patch("/api/v1/account", "{\"name\": \"other\"}").expectInvalid("#/name");
    String id = api.get("/api/v1/account").text("/id");
    Reply changed =
        server.operator().patch("/api/v1/accounts/" + id, "{\"address_form\": \"full\"}");
    assertEquals("full", changed.expect(200).text("/address_form"));
    api.patch("/api/v1/account", "{\"address_form\": \"truncated\"}").expect(200);
  }

  @Test
  void aTableThatIsMissingKeepsTheServerFromStarting() {
    Map<String, String> missing = Map.of("geoip.database", folder.resolve("missing").toString());
    Throwable refused =
        assertThrows(IllegalStateException.class, () -> TestServer.start(database, missing))
            .getCause();
    assertTrue(refused.getMessage().contains("missing: it is not there"), refused::getMessage);
    assertEquals(1, refused.getMessage().lines().count());
  }

  private Reply validated(TestClient client) {
    Reply license = api.create("starter");
    client.validate(license.text("/key"), "domain", "a.example").expectValid();
    return history(license);
  }

  private static Reply history(Reply license) {
    return api.get("/api/v1/licenses/" + license.text("/id") + "/usage").expect(200);
  }
}
