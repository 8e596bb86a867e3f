package dev.licet.domain.anomaly;

import dev.licet.domain.Stores;
import dev.licet.domain.Tenant;
import dev.licet.domain.Transactions;
import dev.licet.domain.anomaly.AnomalySearch.Suspicion;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.License;
import dev.licet.domain.notice.LimitReached;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Tells, of each licence at most once a day, that its use points to sharing. What there is to tell
 * is found beforehand, without the database's writer.
 */
public final class SuspicionJob {
  /** The days that are looked at. */
  public static final int DAYS = 7;

  private static final Duration EVERY = Duration.ofHours(1);
  private static final Duration QUIET = Duration.ofDays(1);
  private static final int BATCH = 20;
  private static final int ACCOUNTS_EACH = 100;

  /** Events of one run; what is more is told by the next ones. */
  private static final int MOST = 1_000;

  private final Ids ids;

  public SuspicionJob(Ids ids) {
    this.ids = ids;
  }

  /** The job that tells. */
  public Job job() {
    return Job.surveyed("suspicious-licenses", EVERY, BATCH, this::look);
  }

  private List<Job.Task> look(Transactions transactions, Instant now) {
    List<Job.Task> tasks = new ArrayList<>();
    List<Long> accounts = accounts(transactions, 0);
    while (!accounts.isEmpty() && tasks.size() < MOST) {
      for (long accountNo : accounts) {
        look(transactions, new Tenant(accountNo, true), now, tasks);
        look(transactions, new Tenant(accountNo, false), now, tasks);
      }
      accounts = accounts(transactions, accounts.getLast());
    }
    return tasks.subList(0, Math.min(MOST, tasks.size()));
  }

  private static List<Long> accounts(Transactions transactions, long after) {
    return transactions.read(stores -> stores.anomalies().accounts(after, ACCOUNTS_EACH));
  }

  private void look(Transactions transactions, Tenant tenant, Instant now, List<Job.Task> tasks) {
    if (tasks.size() >= MOST) {
      return;
    }
    List<Suspicion> suspicions =
        new AnomalySearch(transactions, tenant, Anomalies.days(now, DAYS)).run().suspicions();
    transactions
        .read(stores ->
            suspicions.stream().filter(it -> !isTold(stores, it.licenseNo(), now)).toList())
        .forEach(suspicion -> tasks.add((stores, at) -> tell(stores, tenant, suspicion, at)));
  }

  private static boolean isTold(Stores stores, long licenseNo, Instant now) {
    return stores
        .notices()
        .toldAt(LimitReached.suspicion(licenseNo))
        .filter(at -> at.isAfter(now.minus(QUIET)))
        .isPresent();
  }

  private void tell(Stores stores, Tenant tenant, Suspicion suspicion, Instant at) {
    Instant now = at.truncatedTo(ChronoUnit.MILLIS);
    Optional<License> license =
        stores
            .licenses()
            .find(suspicion.licenseNo())
            .filter(found -> found.tenant().equals(tenant));
    LimitReached notice = LimitReached.suspicion(suspicion.licenseNo());
    if (license.isPresent() && stores.notices().claim(notice, now.minus(QUIET), now)) {
      Map<String, Object> details = new LinkedHashMap<>();
      details.put("days", DAYS);
      details.put("findings", suspicion.findings().stream().map(Finding::figures).toList());
      stores
          .outbox()
          .append(
              Event.notice(
                  ids.next(Ids.EVENT),
                  EventType.LICENSE_SUSPICIOUS,
                  now,
                  license.get(),
                  details,
                  Actor.SYSTEM));
    }
  }
}
