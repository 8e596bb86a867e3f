package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where things lie: the repository, the bench's own files, one key list. */
record Bench(Path root, Path keys, int licenses) {
  /** Makes the key list of that length if it is not there yet. */
  static Bench of(Path root, int licenses) throws IOException {
    Path keys = root.resolve("bench/target/data/keys-" + licenses + ".txt");
    if (!Files.exists(keys)) {
      Files.createDirectories(keys.getParent());
      Path unfinished = keys.resolveSibling(keys.getFileName() + ".part");
      Keys.write(Keys.generate(licenses, Keys.SEED), unfinished);
      Files.move(unfinished, keys);
    }
    return new Bench(root, keys, licenses);
  }

  Path script() {
    return root.resolve("bench/validate.lua");
  }

  /** A folder or file of a contender that may be deleted and made anew. */
  Path data(String name) {
    return root.resolve("bench/target/data/" + name + "-" + licenses);
  }

  Path log(String name) {
    return root.resolve("bench/target/logs/" + name + ".log");
  }

  /** Deletes a folder with all that is in it. */
  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
