package dev.licet;

import dev.licet.domain.Recurring;
import dev.licet.domain.Transactions;
import dev.licet.domain.event.EventStreams;
import dev.licet.domain.id.Ids;
import dev.licet.domain.notice.LimitNotices;
import dev.licet.domain.notice.QuotaNotices;
import dev.licet.store.Database;
import java.time.Duration;
import java.time.InstantSource;

/** What a server does about events beside its requests. */
final class EventWork implements AutoCloseable {
  private static final Duration LIMITS = Duration.ofSeconds(1);
  private static final Duration QUOTAS = Duration.ofSeconds(5);

  private final EventStreams streams;
  private final LimitNotices limits;
  private final QuotaNotices quotas;
  private final Recurring tellLimits;
  private final Recurring tellQuotas;

  EventWork(Database database, Ids ids, InstantSource clock) {
    Transactions transactions = database.transactions();
    streams = new EventStreams(transactions);
    database.addListener(streams);
    limits = new LimitNotices(transactions, ids, clock);
    quotas = new QuotaNotices(transactions, ids, clock);
    tellLimits = Recurring.start("limit-notices", LIMITS, limits::flush);
    tellQuotas = Recurring.start("quota-notices", QUOTAS, quotas::run);
  }

  EventStreams streams() {
    return streams;
  }

  LimitNotices limits() {
    return limits;
  }

  QuotaNotices quotas() {
    return quotas;
  }

  @Override
  public void close() {
    streams.close();
    tellLimits.close();
    tellQuotas.close();
  }
}
