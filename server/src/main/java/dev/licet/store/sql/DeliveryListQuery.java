package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.delivery.Delivery;
import dev.licet.domain.delivery.DeliveryFilter;
import dev.licet.domain.delivery.DeliveryStatus;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * A page of a tenant's deliveries, newest first. A tenant has few webhooks and a delivery one of
 * four statuses, so an index gives the newest of each, and the newest of those are the page.
 */
final class DeliveryListQuery {
  /** The webhooks that a page may be about. */
  private static final String WEBHOOKS =
      """
      SELECT no FROM webhooks
      WHERE account_no = :account AND live = :live AND deleted_at IS NULL
        AND (id = :webhook OR :webhook = '')
      """;

  private final Tenant tenant;
  private final DeliveryFilter filter;
  private final int rows;
  private final @Nullable String startingAfter;

  DeliveryListQuery(
      Tenant tenant, DeliveryFilter filter, int rows, @Nullable String startingAfter) {
    this.tenant = tenant;
    this.filter = filter;
    this.rows = rows;
    this.startingAfter = startingAfter;
  }

  List<Delivery> on(Handle handle) {
    List<Long> webhooks =
        handle
            .createQuery(WEBHOOKS)
            .bind("account", tenant.accountNo())
            .bind("live", Rows.flag(tenant.live()))
            .bind("webhook", filter.webhookId() == null ? "" : filter.webhookId())
            .mapTo(Long.class)
            .list();
    if (webhooks.isEmpty()) {
      return List.of();
    }
    Query query =
        handle
            .createQuery(sql(webhooks))
            .bind("account", tenant.accountNo())
            .bind("live", Rows.flag(tenant.live()))
            .bind("rows", rows);
    if (startingAfter != null) {
      query.bind("after", startingAfter);
    }
    if (filter.type() != null) {
      query.bind("type", filter.type().text());
    }
    return query.map((row, context) -> SqlDeliveryStore.delivery(row)).list();
  }

  private String sql(List<Long> webhooks) {
    List<String> parts = new ArrayList<>();
    for (long webhook : webhooks) {
      for (DeliveryStatus status : statuses()) {
        parts.add(part(webhook, status, parts.size()));
      }
    }
    return SqlDeliveryStore.OF_TENANT
        + "AND d.no IN (\n"
        + String.join("\nUNION ALL\n", parts)
        + ")\nORDER BY d.id DESC LIMIT :rows";
  }

  private String part(long webhook, DeliveryStatus status, int number) {
    return "SELECT no FROM (SELECT no FROM webhook_deliveries WHERE webhook_no = "
        + webhook
        + " AND status = '"
        + status.text()
        + "'"
        + (startingAfter == null ? "" : " AND id < :after")
        + (filter.type() == null ? "" : " AND type = :type")
        + " ORDER BY id DESC LIMIT :rows) part"
        + number;
  }

  private List<DeliveryStatus> statuses() {
    return filter.status() == null ? List.of(DeliveryStatus.values()) : List.of(filter.status());
  }
}
