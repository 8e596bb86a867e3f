package dev.licet;

import dev.licet.domain.Recurring;
import dev.licet.domain.Transactions;
import dev.licet.domain.sla.ServiceLevels;
import dev.licet.domain.sla.SlaReports;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;

/** Checks the server and writes down how well it serves. */
final class SlaWork implements AutoCloseable {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final Duration WRITE = Duration.ofMinutes(1);

  private final ServiceLevels levels;
  private final SlaReports reports;
  private final Recurring check;
  private final Recurring write;

  /**
   * @param nodeNo the number by which this process records validations
   * @param serves whether the server could record one now
   */
  SlaWork(Transactions transactions, InstantSource clock, long nodeNo, BooleanSupplier serves) {
    levels = new ServiceLevels(transactions, clock, nodeNo, serves);
    reports = new SlaReports(transactions, levels, clock);
    check = Recurring.start("sla-check", LOOK, levels::tick);
    write = Recurring.start("sla-write", WRITE, levels::flush);
  }

  ServiceLevels levels() {
    return levels;
  }

  SlaReports reports() {
    return reports;
  }

  @Override
  public void close() {
    check.close();
    write.close();
    levels.flush();
  }
}
