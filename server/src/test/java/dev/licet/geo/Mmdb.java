package dev.licet.geo;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes small files in MaxMind's format, version 2.0, with the addresses that a test needs. */
public final class Mmdb {
  private static final int EMPTY = -1;
  private static final int RECORD_BYTES = 3;

  private final Map<String, Map<String, ?>> entries = new LinkedHashMap<>();

  /** Gives a block, such as {@code 192.0.2.0/24}, fields: texts, whole numbers, maps. */
  public Mmdb with(String block, Map<String, ?> fields) {
    entries.put(block, fields);
    return this;
  }

  /** A file in which blocks are in countries. */
  public static byte[] countries(String... blocksAndCountries) {
    Mmdb file = new Mmdb();
    for (int i = 0; i < blocksAndCountries.length; i += 2) {
      file.with(blocksAndCountries[i], Map.of("country_code", blocksAndCountries[i + 1]));
    }
    return file.bytes();
  }

  public byte[] bytes() {
    List<int[]> nodes = new ArrayList<>(List.of(new int[] {EMPTY, EMPTY}));
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    entries.forEach((block, fields) -> {
      int place = data.size();
      data.writeBytes(encoded(fields));
      insert(nodes, block, -2 - place);
    });
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int[] node : nodes) {
      for (int record : node) {
        int value = record >= 0 ? record : nodes.size() + (record == EMPTY ? 0 : 16 - 2 - record);
        for (int shift = (RECORD_BYTES - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
          file.write(value >>> shift);
        }
      }
    }
    file.writeBytes(new byte[16]);
    file.writeBytes(data.toByteArray());
    file.writeBytes("\u00ab\u00cd\u00efMaxMind.com".getBytes(ISO_8859_1));
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("node_count", nodes.size());
    metadata.put("record_size", (short) (RECORD_BYTES * Byte.SIZE));
    metadata.put("ip_version", (short) 6);
    metadata.put("database_type", "Test");
    metadata.put("binary_format_major_version", (short) 2);
    metadata.put("binary_format_minor_version", (short) 0);
    metadata.put("build_epoch", 1_700_000_000L);
    metadata.put("languages", List.of());
    metadata.put("description", Map.of());
    file.writeBytes(encoded(metadata));
    return file.toByteArray();
  }

  /** IPv4 lies in the first 32 bits after 96 zeros. */
  private static void insert(List<int[]> nodes, String block, int leaf) {
    int slash = block.indexOf('/');
    byte[] address = InetAddress.ofLiteral(block.substring(0, slash)).getAddress();
    int skipped = 128 - address.length * Byte.SIZE;
    int bits = skipped + Integer.parseInt(block.substring(slash + 1));
    int node = 0;
    for (int bit = 0; bit < bits; bit++) {
      int at = bit - skipped;
      int side = at < 0 ? 0 : address[at / Byte.SIZE] >> (7 - at % Byte.SIZE) & 1;
      if (bit == bits - 1) {
        nodes.get(node)[side] = leaf;
      } else {
        if (nodes.get(node)[side] < 0) {
          nodes.get(node)[side] = nodes.size();
          nodes.add(new int[] {EMPTY, EMPTY});
        }
        node = nodes.get(node)[side];
      }
    }
  }

  private static byte[] encoded(@Nullable Object value) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    switch (value) {
      case String text -> {
        byte[] bytes = text.getBytes(UTF_8);
        out.write(2 << 5 | bytes.length);
        out.writeBytes(bytes);
      }
      case Short number -> number(out, 5 << 5, number, 2);
      case Integer number -> number(out, 6 << 5, number, 4);
      case Long number -> {
        out.write(8);
        out.write(9 - 7);
        number(out, -1, number, 8);
      }
      case List<?> list -> {
        out.write(list.size());
        out.write(11 - 7);
        list.forEach(element -> out.writeBytes(encoded(element)));
      }
      case Map<?, ?> map -> {
        out.write(7 << 5 | map.size());
        map.forEach((name, element) -> {
          out.writeBytes(encoded(name));
          out.writeBytes(encoded(element));
        });
      }
      case null, default -> throw new IllegalArgumentException("no field: " + value);
    }
    return out.toByteArray();
  }

  private static void number(ByteArrayOutputStream out, int control, long number, int bytes) {
    if (control >= 0) {
      out.write(control | bytes);
    }
    for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      out.write((int) (number >>> shift));
    }
  }
}
