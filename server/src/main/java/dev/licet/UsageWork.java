package dev.licet;

import dev.licet.config.Settings;
import dev.licet.domain.DatabaseState;
import dev.licet.domain.usage.Spill;
import dev.licet.domain.usage.SpillReplay;
import dev.licet.domain.usage.UsageFold;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.store.Database;
import dev.licet.store.spill.SpillFiles;
import java.time.Duration;

/** What records validations: the journal, where it goes while the database is away, the fold. */
final class UsageWork implements AutoCloseable {
  /** How long a stop waits for the fold, which goes on at the next start. */
  private static final Duration FINISH = Duration.ofMillis(700);

  private final DatabaseState database;
  private final Duration staleLimit;
  private final SpillFiles files;
  private final UsageJournal journal;
  private final UsageFold fold;

  /** Starts it; what waited since another process is recorded first. */
  UsageWork(Settings settings, Database database) {
    this.database = database.state();
    this.staleLimit = settings.usageStaleLimit();
    SpillReplay replay = new SpillReplay(database.journal(), database.fold()::keepAlive);
    long maxBytes = settings.usageSpillMegabytes() * 1_048_576L;
    this.files = SpillFiles.claim(settings.dataDir(), maxBytes, replay);
    this.journal =
        new UsageJournal(database.journal(), mode(settings), files.own(), replay, database.state());
    this.fold = new UsageFold(database.fold(), journal);
    journal.start();
    fold.start();
  }

  private static UsageJournal.Mode mode(Settings settings) {
    return switch (settings.usageAcknowledge()) {
      case COMMITTED -> UsageJournal.Mode.COMMITTED;
      case QUEUED -> UsageJournal.Mode.QUEUED;
    };
  }

  UsageJournal journal() {
    return journal;
  }

  UsageFold fold() {
    return fold;
  }

  Spill spill() {
    return files.own();
  }

  /** Whether validations of known licences are answered, with or without the database. */
  boolean serves() {
    return journal.records() && !database.isLostFor(staleLimit);
  }

  /** To be called when the journal is closed. */
  @Override
  public void close() {
    fold.close(FINISH);
    files.close();
  }
}
