package dev.licet.bench;

import dev.licet.domain.Tenant;
import dev.licet.domain.product.Product;
import dev.licet.domain.usage.Acknowledgement;
import dev.licet.domain.usage.JournalLane;
import dev.licet.domain.usage.UsageDimension;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.domain.usage.UsageFold;
import dev.licet.domain.usage.UsageGroup;
import dev.licet.domain.usage.UsageJournal;
import dev.licet.domain.usage.UsageReports;
import dev.licet.store.Database;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Records a day's validations, folds them, and compares every report with a list in memory. */
record UsageAccuracy(LicetContender on, int validations) {
  private static final Tenant TENANT = new Tenant(1, true);
  private static final int ALL = 100_000;
  private static final double NANOS = 1e9;

  /**
   * What it came to.
   *
   * @param recorded seconds until all were committed
   * @param folded seconds until all were counted, from the start
   * @param asked seconds that all reports took
   * @param wrong reports that differ from the list
   * @param bytes by which the database grew
   */
  record Result(double recorded, double folded, double asked, int wrong, long bytes) {}

  Result run() throws IOException, InterruptedException, SQLException {
    on.prepare();
    BenchPostgres postgres = on.startPostgres();
    try (Database database = on.open(postgres)) {
      UsageDay day = new UsageDay(validations, group(database));
      UsageSize size = new UsageSize(on, postgres);
      long before = size.bytes();
      long begin = System.nanoTime();
      UsageJournal journal = new UsageJournal(database.journal(), UsageJournal.Mode.QUEUED);
      UsageFold fold = new UsageFold(database.fold(), journal);
      journal.start();
      fold.start();
      record(journal, day.events());
      double recorded = (System.nanoTime() - begin) / NANOS;
      fold.close();
      while (fold.lag() > 0) {
        Thread.sleep(20);
      }
      double folded = (System.nanoTime() - begin) / NANOS;
      long bytes = size.bytes() - before;
      begin = System.nanoTime();
      int wrong = wrong(database, day);
      return new Result(recorded, folded, (System.nanoTime() - begin) / NANOS, wrong, bytes);
    } finally {
      if (postgres != null) {
        postgres.close();
      }
    }
  }

  private static UsageGroup group(Database database) {
    return database
        .transactions()
        .read(stores ->
            new UsageGroup(
                TENANT.accountNo(),
                TENANT.live(),
                stores.plans().find(TENANT.accountNo(), "professional").orElseThrow().no(),
                stores
                    .products()
                    .find(TENANT.accountNo(), Product.DEFAULT_NAME)
                    .orElseThrow()
                    .no()));
  }

  private static void record(UsageJournal journal, List<UsageEvent> events)
      throws InterruptedException {
    JournalLane lane = journal.lane(Runnable::run);
    Nothing nothing = new Nothing();
    for (UsageEvent event : events) {
      while (!lane.submit(TENANT.accountNo(), event, nothing)) {
        Thread.sleep(1);
      }
    }
    while (journal.waiting() > 0) {
      Thread.sleep(1);
    }
    journal.close();
  }

  /** Nobody waits for an answer. */
  private static final class Nothing implements Acknowledgement {
    @Override
    public void committed() {}

    @Override
    public void failed() {
      throw new IllegalStateException("not recorded");
    }
  }

  private int wrong(Database database, UsageDay day) {
    UsageReports reports = new UsageReports(database.transactions(), InstantSource.system());
    Map<String, String> numbers = new HashMap<>();
    database
        .transactions()
        .read(stores ->
            stores
                .usage()
                .names(
                    TENANT,
                    UsageDimension.LICENSE,
                    LongStream.rangeClosed(1, UsageDay.LICENSES).boxed().toList()))
        .forEach((no, id) -> numbers.put(id, Long.toString(no)));
    int wrong = 0;
    for (UsageDay.Asked asked : UsageDay.questions()) {
      UsageReports.Report report =
          reports.ofTenant(
              TENANT,
              new UsageReports.Question(
                  asked.by(), asked.zone(), UsageDay.START, UsageDay.END, ALL));
      Map<List<@Nullable String>, UsageDay.Count> found = new HashMap<>();
      for (UsageReports.Row row : report.rows()) {
        List<@Nullable String> key =
            row.values().stream()
                .<@Nullable String>map(
                    value -> value == null ? null : numbers.getOrDefault(value, value))
                .toList();
        found.merge(key, new UsageDay.Count(row.valid(), row.refused()), UsageDay.Count::plus);
      }
      if (!found.equals(day.answer(asked))) {
        wrong++;
        System.out.println("  VIOLATION: " + on.name() + " differs by " + asked);
      }
    }
    return wrong;
  }
}
