package dev.licet.domain;

import dev.licet.domain.account.AccountStore;
import dev.licet.domain.account.ApiKeyStore;
import dev.licet.domain.activation.SeatStore;
import dev.licet.domain.anomaly.AnomalyReader;
import dev.licet.domain.audit.AuditLog;
import dev.licet.domain.billing.CheckoutEventStore;
import dev.licet.domain.billing.ConnectionStore;
import dev.licet.domain.billing.OrderHistory;
import dev.licet.domain.billing.OrderStore;
import dev.licet.domain.counter.CounterStore;
import dev.licet.domain.delivery.DeliveryStore;
import dev.licet.domain.event.ChangeFeed;
import dev.licet.domain.event.EventLog;
import dev.licet.domain.event.Outbox;
import dev.licet.domain.idempotency.AnswerStore;
import dev.licet.domain.job.JobStore;
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
import dev.licet.domain.usage.UsageRetention;
import dev.licet.domain.webhook.WebhookStore;

/** The stores inside one transaction. Not to be kept beyond it. */
public interface Stores {
  AccountStore accounts();

  ProductStore products();

  ApiKeyStore apiKeys();

  PlanStore plans();

  LicenseStore licenses();

  SeatStore seats();

  CounterStore counters();

  UsageReader usage();

  AnomalyReader anomalies();

  QuotaGrants grants();

  UsageErasure erasure();

  UsageRetention usageRetention();

  Outbox outbox();

  EventLog events();

  WebhookStore webhooks();

  DeliveryStore deliveries();

  ConnectionStore connections();

  CheckoutEventStore checkoutEvents();

  OrderStore orders();

  OrderHistory orderHistory();

  MailStore mails();

  NoticeStore notices();

  ChangeFeed changes();

  AuditLog audit();

  AnswerStore answers();

  JobStore jobs();

  SlaStore sla();

  ErasureStore erasures();
}
