package dev.licet.store.spill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.Spill.Batch;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageOrigin;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillFileTest {
  private static final long FIRST = JournalStore.firstId(7);
  private static final long LARGE = 1 << 30;

  @TempDir private Path directory;
  private Path path;

  @BeforeEach
  void file() throws IOException {
    path = Files.createFile(directory.resolve("spill"));
  }

  @Test
  void whatWasAddedIsThereForTheNextProcess() throws Exception {
    List<Batch> batches = List.of(batch(FIRST, 3), batch(FIRST + 3, 1), batch(FIRST + 4, 200));
    try (SpillFile file = open(LARGE)) {
      file.reserve();
      batches.forEach(batch -> assertTrue(file.add(batch)));
      assertEquals(204, file.events());
      assertNull(SpillFile.open(path, LARGE), "another one has it");
    }
    try (SpillFile file = open(LARGE)) {
      assertEquals(204, file.events());
      assertEquals(batches, file.first(1_000));
      assertEquals(batches.subList(0, 2), file.first(4));
      file.drop(2);
      assertEquals(batches.subList(2, 3), file.first(4));
    }
  }

  @Test
  void aFileThatWasRemovedBeforeItWasLockedIsNotTaken() throws Exception {
    Object key = SpillFile.key(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      Files.delete(path);
      assertThrows(NoSuchFileException.class, () -> SpillFile.claim(path, key, channel, LARGE));
    }
    Files.createFile(path);
    Object again = SpillFile.key(path);
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      Files.delete(path);
      Files.createFile(path);
      assertThrows(NoSuchFileException.class, () -> SpillFile.claim(path, again, channel, LARGE));
    }
  }

  @Test
  void aTornTailIsCutWhereverItIsTorn() throws Exception {
    long whole;
    long all;
    try (SpillFile file = open(LARGE)) {
      assertTrue(file.add(batch(FIRST, 3)));
      whole = file.bytes();
      assertTrue(file.add(batch(FIRST + 3, 3)));
      all = file.bytes();
    }
    byte[] bytes = Files.readAllBytes(path);
    for (int length = (int) whole; length < all; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      Files.write(path, torn);
      try (SpillFile file = open(LARGE)) {
        assertEquals(List.of(batch(FIRST, 3)), file.first(100));
        assertTrue(file.add(batch(FIRST + 3, 2)));
      }
      try (SpillFile file = open(LARGE)) {
        assertEquals(List.of(batch(FIRST, 3), batch(FIRST + 3, 2)), file.first(100));
      }
    }
  }

  @Test
  void aRecordWithAByteThatChangedEndsTheFile() throws Exception {
    try (SpillFile file = open(LARGE)) {
      assertTrue(file.add(batch(FIRST, 3)));
      assertTrue(file.add(batch(FIRST + 3, 3)));
    }
    try (RandomAccessFile raw = new RandomAccessFile(path.toFile(), "rw")) {
      raw.seek(raw.length() - 1);
      int last = raw.read();
      raw.seek(raw.length() - 1);
      raw.write(last ^ 1);
    }
    try (SpillFile file = open(LARGE)) {
      assertEquals(List.of(batch(FIRST, 3)), file.first(100));
    }
  }

  @Test
  void whatWasDroppedDoesNotComeBackWhenTheFileIsUsedAgain() throws Exception {
    try (SpillFile file = open(LARGE)) {
      for (int i = 0; i < 10; i++) {
        assertTrue(file.add(batch(FIRST + i, 1)));
      }
      file.drop(10);
      assertTrue(file.isEmpty());
      assertTrue(file.add(batch(FIRST + 10, 1)));
    }
    try (SpillFile file = open(LARGE)) {
      assertEquals(List.of(batch(FIRST + 10, 1)), file.first(100));
      file.drop(1);
    }
    try (SpillFile file = open(LARGE)) {
      assertTrue(file.isEmpty());
    }
  }

  @Test
  void overItsBoundItTakesNothing() throws Exception {
    try (SpillFile file = open(200)) {
      assertTrue(file.add(batch(FIRST, 1)));
      assertFalse(file.add(batch(FIRST + 1, 100)));
      assertFalse(file.hasRoom());
      assertEquals(1, file.events());
      file.drop(1);
      assertTrue(file.hasRoom());
    }
  }

  private SpillFile open(long maxBytes) throws IOException {
    SpillFile file = SpillFile.open(path, maxBytes);
    assertTrue(file != null);
    return file;
  }

  static Batch batch(long firstId, int size) {
    List<UsageEvent> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      events.add(
          new UsageEvent(
              firstId % 1_000 + i,
              new UsageGroup(1, true, 2, 3),
              1_700_000_000_000L + i,
              Outcome.VALID,
              "a.example",
              null,
              new UsageOrigin("192.0.2.1", null, 0, null),
              1,
              0));
    }
    return new Batch(firstId, events);
  }
}
