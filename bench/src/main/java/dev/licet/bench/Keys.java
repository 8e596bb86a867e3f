package dev.licet.bench;

import dev.licet.core.LicenseKeyGenerator;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The key lists that every contender is seeded with and that the load draws from: the same seed and
 * number give the same list. License {@code i} is bound to the domain {@code d<i>.example.com}.
 *
 * <p>Command line: {@code Keys NUMBER FILE [SEED]}.
 */
final class Keys {
  static final long SEED = 20261123;

  private Keys() {}

  public static void main(String[] arguments) throws IOException {
    long seed = arguments.length > 2 ? Long.parseLong(arguments[2]) : SEED;
    write(generate(Integer.parseInt(arguments[0]), seed), Path.of(arguments[1]));
  }

  /** Keys of a known seed: good for load, worth nothing as licenses. */
  static Stream<KnownKey> generate(int number, long seed) {
    LicenseKeyGenerator generator = new LicenseKeyGenerator(new SplittableRandom(seed), "TO", 4);
    return IntStream.range(0, number)
        .mapToObj(i -> new KnownKey(generator.next().canonical(), "d" + i + ".example.com"));
  }

  /** Writes one {@code key domain} per line. */
  static void write(Stream<KnownKey> keys, Path file) throws IOException {
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (KnownKey known : (Iterable<KnownKey>) keys::iterator) {
        out.write(known.line());
        out.write('\n');
      }
    }
  }

  static List<KnownKey> read(Path file) throws IOException {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.map(KnownKey::parse).toList();
    }
  }
}
