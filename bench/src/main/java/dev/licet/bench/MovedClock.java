package dev.licet.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The time of day that a server sees, moved while it runs, by Debian's libfaketime. */
final class MovedClock {
  private static final Path LIBRARIES = Path.of("/usr/lib");

  /** The library reads the file once a second. */
  private static final int SEEN_MILLIS = 1_500;

  private final Path library;
  private final Path file;
  private Duration moved = Duration.ZERO;

  private MovedClock(Path library, Path file) {
    this.library = library;
    this.file = file;
  }

  /**
   * A clock that is right at first.
   *
   * @return null where the library is not installed
   */
  static @Nullable MovedClock in(Path folder) throws IOException, InterruptedException {
    try (Stream<Path> found =
        Files.find(
            LIBRARIES,
            3,
            (path, attributes) -> path.getFileName().toString().equals("libfaketimeMT.so.1"))) {
      List<Path> libraries = found.toList();
      if (libraries.isEmpty()) {
        return null;
      }
      Files.createDirectories(folder);
      MovedClock clock = new MovedClock(libraries.getFirst(), folder.resolve("clock"));
      clock.move(Duration.ZERO);
      return clock;
    }
  }

  /** Lets a server live by it. What it waits for goes on at the real pace. */
  LicetServer seenBy(LicetServer server) {
    return server
        .with("LD_PRELOAD", library.toString())
        .with("FAKETIME_TIMESTAMP_FILE", file.toString())
        .with("FAKETIME_CACHE_DURATION", "1")
        .with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
        .with("FAKETIME_FORCE_MONOTONIC_FIX", "0") // its other way of waiting never waits
        .with("NO_FAKE_STAT", "1");
  }

  /** Sets it so far ahead of the real one, or behind; servers that run see it when this returns. */
  void move(Duration by) throws IOException, InterruptedException {
    Path next = file.resolveSibling("clock.next");
    Files.writeString(next, "%+d\n".formatted(by.toSeconds()));
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    moved = by;
    Thread.sleep(SEEN_MILLIS);
  }

  Instant now() {
    return Instant.now().plus(moved);
  }
}
