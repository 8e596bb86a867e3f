package dev.licet.store.spill;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.usage.JournalStore;
import dev.licet.domain.usage.MonthlyUse;
import dev.licet.domain.usage.SpillReplay;
import dev.licet.domain.usage.UsageEvent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes with one data directory, played by threads. */
@Timeout(60)
class SpillFilesTest {
  private static final int PROCESSES = 4;
  private static final int ROUNDS = 50;
  private static final int LEFT_FILES = 9;
  private static final long LARGE = 1 << 30;

  private final CountingStore journal = new CountingStore();
  private final SpillReplay replay = new SpillReplay(journal);

  @TempDir private Path directory;

  @Test
  void ofManyThatStartAtOnceEachHasAFileThatStays() throws Exception {
    try (ExecutorService starts = Executors.newFixedThreadPool(PROCESSES)) {
      for (int round = 1; round <= ROUNDS; round++) {
        for (int i = 1; i <= LEFT_FILES; i++) {
          Files.write(directory.resolve("usage-spill-" + i), new byte[1]);
        }
        int node = 0;
        for (Future<SpillFiles> start :
            starts.invokeAll(Collections.nCopies(PROCESSES, (Callable<SpillFiles>) this::claim))) {
          long firstId = JournalStore.firstId(++node);
          assertTrue(start.get().own().add(SpillFileTest.batch(firstId, 3)));
          start.get().close();
        }
        claim().close();
        assertEquals(round * PROCESSES * 3, journal.events);
      }
    }
  }

  private SpillFiles claim() {
    return SpillFiles.claim(directory, LARGE, replay);
  }

  /** A journal that counts. */
  private static final class CountingStore implements JournalStore {
    private int events;

    @Override
    public long openNode() {
      return 1;
    }

    @Override
    public void append(long firstId, List<UsageEvent> added, List<MonthlyUse> uses) {
      events += added.size();
    }

    @Override
    public long nextId(long nodeNo) {
      return JournalStore.firstId(nodeNo);
    }
  }
}
