package dev.licet.geo;

import com.maxmind.db.CHMCache;
import com.maxmind.db.Reader;
import dev.licet.domain.usage.Geography.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A file of countries, of networks, or of both, read whole. Not mapped into memory: a mapped file
 * that somebody writes over would change under its reader, and one that is cut short would end the
 * process.
 */
final class GeoFile {
  private static final int IPV4 = 4;
  private static final long MAX_BYTES = 1L << 30;

  /** Addresses that are looked up to see whether a file is sound. */
  private static final List<String> SAMPLES =
      List.of("1.1.1.1", "8.8.8.8", "127.0.0.1", "192.0.2.1", "223.255.255.254");

  private final Reader reader;

  private GeoFile(Reader reader) {
    this.reader = reader;
  }

  /**
   * Reads a file and looks some addresses up.
   *
   * @throws IOException when it cannot be read, or is no such file
   */
  static GeoFile read(Path path) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      throw new IOException("it has more than 1 GB");
    }
    try {
      GeoFile file =
          new GeoFile(
              new Reader(new ByteArrayInputStream(Files.readAllBytes(path)), new CHMCache()));
      for (String sample : SAMPLES) {
        file.find(InetAddress.ofLiteral(sample));
      }
      return file;
    } catch (RuntimeException e) {
      throw new IOException(Reasons.of(e), e);
    }
  }

  /**
   * Looks an address up.
   *
   * @throws IOException when the file is damaged
   */
  Place find(InetAddress address) throws IOException {
    if (address instanceof Inet6Address && reader.getMetadata().ipVersion() == IPV4) {
      return Place.UNKNOWN; // the file has no such addresses
    }
    GeoEntry entry = reader.get(address, GeoEntry.class);
    return entry == null ? Place.UNKNOWN : entry.place();
  }
}
