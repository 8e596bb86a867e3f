package dev.licet.store.sql;

import dev.licet.domain.Stores;
import dev.licet.domain.account.AccountStore;
import dev.licet.domain.account.ApiKeyStore;
import dev.licet.domain.activation.SeatStore;
import dev.licet.domain.anomaly.AnomalyReader;
import dev.licet.domain.billing.CheckoutEventStore;
import dev.licet.domain.billing.ConnectionStore;
import dev.licet.domain.billing.OrderHistory;
import dev.licet.domain.billing.OrderStore;
import dev.licet.domain.counter.CounterStore;
import dev.licet.domain.delivery.DeliveryStore;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.EventLog;
import dev.licet.domain.event.Outbox;
import dev.licet.domain.id.Ids;
import dev.licet.domain.idempotency.AnswerStore;
import dev.licet.domain.job.JobStore;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.LicenseStore;
import dev.licet.domain.mail.MailStore;
import dev.licet.domain.notice.NoticeStore;
import dev.licet.domain.plan.PlanStore;
import dev.licet.domain.privacy.ErasureStore;
import dev.licet.domain.product.ProductStore;
import dev.licet.domain.sla.SlaStore;
import dev.licet.domain.usage.QuotaGrants;
import dev.licet.domain.usage.UsageErasure;
import dev.licet.domain.usage.UsageReader;
import dev.licet.domain.webhook.WebhookStore;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/** The stores of one transaction. */
record SqlStores(
    Handle handle,
    Dialect dialect,
    KeyVault vault,
    InstantSource clock,
    Set<Change> collected,
    SqlAuditLog audit,
    SqlFanOut fanOut,
    Ids ids)
    implements Stores {
  @Override
  public AccountStore accounts() {
    return new SqlAccountStore(handle, dialect);
  }

  @Override
  public ProductStore products() {
    return new SqlProductStore(handle);
  }

  @Override
  public ApiKeyStore apiKeys() {
    return new SqlApiKeyStore(handle, dialect);
  }

  @Override
  public PlanStore plans() {
    return new SqlPlanStore(handle);
  }

  @Override
  public LicenseStore licenses() {
    return new SqlLicenseStore(handle, dialect, vault);
  }

  @Override
  public SeatStore seats() {
    return new SqlSeatStore(handle);
  }

  @Override
  public CounterStore counters() {
    return new SqlCounterStore(handle);
  }

  @Override
  public UsageReader usage() {
    return new SqlUsageReader(handle, dialect);
  }

  @Override
  public AnomalyReader anomalies() {
    return new SqlAnomalyReader(handle);
  }

  @Override
  public QuotaGrants grants() {
    return new SqlQuotaGrants(handle);
  }

  @Override
  public UsageErasure erasure() {
    return new SqlUsageErasure(handle);
  }

  @Override
  public SqlUsageRetention usageRetention() {
    return new SqlUsageRetention(handle, dialect.records());
  }

  @Override
  public Outbox outbox() {
    return new SqlOutbox(handle, audit, fanOut, changes());
  }

  @Override
  public EventLog events() {
    return new SqlEventLog(handle);
  }

  @Override
  public ConnectionStore connections() {
    return new SqlConnectionStore(handle, vault);
  }

  @Override
  public CheckoutEventStore checkoutEvents() {
    return new SqlCheckoutEventStore(handle);
  }

  @Override
  public OrderStore orders() {
    return new SqlOrderStore(handle);
  }

  @Override
  public OrderHistory orderHistory() {
    return new SqlOrderHistory(handle);
  }

  @Override
  public MailStore mails() {
    return new SqlMailStore(handle);
  }

  @Override
  public NoticeStore notices() {
    return new SqlNoticeStore(handle);
  }

  @Override
  public SqlChangeFeed changes() {
    return new SqlChangeFeed(handle, dialect, clock, collected);
  }

  @Override
  public WebhookStore webhooks() {
    return new SqlWebhookStore(handle, vault);
  }

  @Override
  public DeliveryStore deliveries() {
    return new SqlDeliveryStore(handle, ids, fanOut);
  }

  @Override
  public AnswerStore answers() {
    return new SqlAnswerStore(handle, dialect, vault);
  }

  @Override
  public JobStore jobs() {
    return new SqlJobStore(handle);
  }

  @Override
  public SlaStore sla() {
    return new SqlSlaStore(handle);
  }

  @Override
  public ErasureStore erasures() {
    return new SqlErasureStore(handle, vault);
  }

  /** Does {@code work} so that an exception undoes it and nothing that was done before. */
  <T> T part(Function<Stores, T> work) {
    Set<Change> changes = Set.copyOf(collected);
    int records = audit.size();
    int events = fanOut.size();
    handle.execute("SAVEPOINT part");
    try {
      T result = work.apply(this);
      handle.execute("RELEASE SAVEPOINT part");
      return result;
    } catch (Throwable e) {
      collected.retainAll(changes);
      audit.truncate(records);
      fanOut.truncate(events);
      rollBack(e);
      throw e;
    }
  }

  private void rollBack(Throwable cause) {
    try {
      handle.execute("ROLLBACK TO SAVEPOINT part");
      handle.execute("RELEASE SAVEPOINT part");
    } catch (RuntimeException e) {
      cause.addSuppressed(e);
    }
  }
}
