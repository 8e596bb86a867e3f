package dev.licet;

import dev.licet.domain.Recurring;
import dev.licet.domain.sla.ServiceLevels;
import java.time.Duration;

/** Checks the server and writes down how well it serves. */
final class SlaWork implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration WRITE = Duration.ofMinutes(1);

  private final ServiceLevels levels;
  private final Recurring check;
  private final Recurring write;

  SlaWork(ServiceLevels levels) {
    this.levels = levels;
    this.check = Recurring.start("sla-check", LOOK, levels::tick);
    this.write = Recurring.start("sla-write", WRITE, levels::flush);
  }

  @Override
  public void close() {
    check.close();
    write.close();
    levels.flush();
  }
}
