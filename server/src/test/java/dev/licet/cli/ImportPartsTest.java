package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.cli.ApiOptions.Format;
import dev.licet.cli.ImportParts.Part;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImportPartsTest {
  private static List<Part> parts(String file, Format format) throws IOException {
    var in = new ByteArrayInputStream(file.getBytes(StandardCharsets.UTF_8));
    ImportParts parts = new ImportParts(in, format);
    List<Part> all = new ArrayList<>();
    for (Part part = parts.next(); part != null; part = parts.next()) {
      all.add(part);
    }
    return all;
  }

  private static String text(Part part) {
    return new String(part.content(), StandardCharsets.UTF_8);
  }

  @Test
  void linesAreKeptWholeAndCounted() throws IOException {
    StringBuilder file = new StringBuilder();
    for (int i = 1; i <= 4_500; i++) {
      file.append("{\"n\": \"").append(i).append("\"}\n");
    }
    List<Part> parts = parts(file.toString(), Format.NDJSON);
    assertEquals(List.of(0L, 2_000L, 4_000L), parts.stream().map(Part::linesBefore).toList());
    assertTrue(text(parts.get(1)).startsWith("{\"n\": \"2001\"}\n"), text(parts.get(1)));
    assertEquals(file.toString(), text(parts.get(0)) + text(parts.get(1)) + text(parts.get(2)));
    assertEquals(file.length(), parts.getLast().bytesRead());
  }

  @Test
  void everyPartOfATableHasTheHeaderAndWholeRecords() throws IOException {
    StringBuilder file = new StringBuilder("a,\"b\r\nc\"\r\n");
    for (int i = 1; i <= 2_001; i++) {
      file.append(i).append(",\"say \"\"yes\"\"\n\n\"\r\n");
    }
    List<Part> parts = parts(file.toString(), Format.CSV);
    assertEquals(2, parts.size());
    assertEquals("a,\"b\r\nc\"\r\n2001,\"say \"\"yes\"\"\n\n\"\r\n", text(parts.get(1)));
    assertEquals(0, parts.get(0).linesBefore());
    long lineOfTheLastRecord = 2 + 2_000 * 3 + 1;
    assertEquals(lineOfTheLastRecord, 3 + parts.get(1).linesBefore());
  }

  @Test
  void theEndNeedsNoLineBreak() throws IOException {
    assertEquals(List.of(), parts("", Format.NDJSON));
    assertEquals("{}", text(parts("{}", Format.NDJSON).getFirst()));
    assertEquals("a,b", text(parts("a,b", Format.CSV).getFirst()));
    assertEquals("a\n1", text(parts("a\n1", Format.CSV).getFirst()));
    assertEquals(1, parts("a\n1", Format.CSV).size());
  }

  @Test
  void aBarShowsHowFarItIs() {
    assertEquals("[###############...............]  50%  x", ProgressBar.text(500, 1_000, "x"));
    assertEquals("[##############################] 100%  x", ProgressBar.text(9, 9, "x"));
    assertEquals("2.5 MB  x", ProgressBar.text(2_500_000, 0, "x"));
  }
}
