package dev.licet.geo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.Geography.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeoFilesTest {
  @TempDir Path folder;
  private long modified = 1_700_000_000_000L;

  @Test
  void addressesOfBothVersionsAreFound() throws IOException {
    GeoFiles files = open(Mmdb.countries("192.0.2.0/24", "DE", "2001:db8::/32", "FR"));
    assertEquals(new Place("DE", 0), files.locate("192.0.2.77"));
    assertEquals(new Place("DE", 0), files.locate("192.0.2.77"), "also when it is known");
    assertEquals(new Place("FR", 0), files.locate("2001:db8:0:1::5"));
    assertEquals(new Place("DE", 0), files.locate("::ffff:192.0.2.1"));
    for (String nowhere : List.of("192.0.3.1", "2001:db9::1", "", "no address", "localhost")) {
      assertEquals(Place.UNKNOWN, files.locate(nowhere));
    }
  }

  @Test
  void theLayoutsOfSeveralMakersAreRead() throws IOException {
    Map<String, ?> big = Map.of("iso_code", "US", "names", Map.of("en", "United States"));
    byte[] file =
        new Mmdb()
            .with("10.1.0.0/16", Map.of("country", big, "continent", Map.of("code", "NA")))
            .with("10.2.0.0/16", Map.of("country", "CA", "asn", "AS64496"))
            .with("10.3.0.0/16", Map.of("autonomous_system_number", 64_497))
            .with("10.4.0.0/16", Map.of("country_code", "de", "asn", "none"))
            .with("10.5.0.0/16", Map.of("country_code", "NL", "asn", 64_498))
            .bytes();
    GeoFiles files = open(file);
    assertEquals(new Place("US", 0), files.locate("10.1.2.3"));
    assertEquals(new Place("CA", 64_496), files.locate("10.2.2.3"));
    assertEquals(new Place(null, 64_497), files.locate("10.3.2.3"));
    assertEquals(Place.UNKNOWN, files.locate("10.4.2.3"));
    assertEquals(new Place("NL", 64_498), files.locate("10.5.2.3"));
  }

  @Test
  void whatOneFileDoesNotKnowAnotherMay() throws IOException {
    Path countries = write("countries", Mmdb.countries("192.0.2.0/24", "DE"));
    byte[] numbers =
        new Mmdb().with("192.0.0.0/16", Map.of("autonomous_system_number", 64_496)).bytes();
    GeoFiles files = GeoFiles.open(List.of(countries, write("networks", numbers)), false);
    assertEquals(new Place("DE", 64_496), files.locate("192.0.2.1"));
    assertEquals(new Place(null, 64_496), files.locate("192.0.3.1"));
  }

  @Test
  void aFileThatChangedIsReadOnceItIsAtRest() throws IOException {
    GeoFiles files = open(Mmdb.countries("192.0.2.0/24", "DE"));
    assertEquals("DE", files.locate("192.0.2.1").country());
    write("file", Mmdb.countries("192.0.2.0/24", "FR"));
    files.refresh();
    assertEquals("DE", files.locate("192.0.2.1").country());
    files.refresh();
    assertEquals("FR", files.locate("192.0.2.1").country());
  }

  @Test
  void aBrokenFileLeavesTheOldOneInUseUntilAGoodOneComes() throws IOException {
    byte[] good = Mmdb.countries("192.0.2.0/24", "DE");
    GeoFiles files = open(good);
    for (byte[] broken :
        List.of(new byte[0], new byte[5_000], Arrays.copyOf(good, good.length - 40))) {
      write("file", broken);
      files.refresh();
      files.refresh();
      files.refresh();
      assertEquals("DE", files.locate("192.0.2.1").country());
    }
    Files.delete(folder.resolve("file"));
    files.refresh();
    files.refresh();
    assertEquals("DE", files.locate("192.0.2.1").country());
    write("file", Mmdb.countries("192.0.2.0/24", "FR"));
    files.refresh();
    files.refresh();
    assertEquals("FR", files.locate("192.0.2.1").country());
  }

  @Test
  void anInstalledFileMayComeLater() throws IOException {
    GeoFiles files = GeoFiles.open(List.of(folder.resolve("file")), true);
    assertEquals(Place.UNKNOWN, files.locate("192.0.2.1"));
    write("file", Mmdb.countries("192.0.2.0/24", "DE"));
    files.refresh();
    files.refresh();
    assertEquals("DE", files.locate("192.0.2.1").country());
  }

  @Test
  void atTheStartAFileThatIsMissingOrBrokenIsNamed() throws IOException {
    Path missing = folder.resolve("missing");
    Path broken = write("broken", new byte[100]);
    for (Path path : List.of(missing, broken, folder)) {
      IOException refused =
          assertThrows(IOException.class, () -> GeoFiles.open(List.of(path), false));
      assertTrue(refused.getMessage().startsWith(path.toString()), refused::getMessage);
      assertEquals(1, refused.getMessage().lines().count());
    }
  }

  private GeoFiles open(byte[] content) throws IOException {
    return GeoFiles.open(List.of(write("file", content)), false);
  }

  private Path write(String name, byte[] content) throws IOException {
    Path path = Files.write(folder.resolve(name), content);
    modified += 1_000;
    return Files.setLastModifiedTime(path, FileTime.fromMillis(modified));
  }
}
