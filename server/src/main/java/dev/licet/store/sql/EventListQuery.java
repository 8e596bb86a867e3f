package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.event.EventFilter;
import dev.licet.domain.event.RecordedEvent;
import dev.licet.domain.id.Ids;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A page of a tenant's events, newest first. */
final class EventListQuery {
  /**
   * The time in an id is a little later than that of the event, and stands still while a clock that
   * was wrong goes back. Ids this far off are looked at; the time itself decides.
   */
  static final Duration SLACK = Duration.ofDays(1);

  private final ListQuery query;

  EventListQuery(Tenant tenant, EventFilter filter, int rows, @Nullable String startingAfter) {
    query =
        new ListQuery(filter.licenseId() == null ? SqlEventLog.SELECT : SqlEventLog.SELECT_FEW)
            .bind("account", tenant.accountNo())
            .bind("live", Rows.flag(tenant.live()))
            .and("e.id < :cursor", "cursor", startingAfter)
            .and(
                """
                e.license_no = (SELECT no FROM licenses WHERE id = :license AND account_no = :account)\
                """,
                "license",
                filter.licenseId());
    Set<String> types = filter.typeTexts();
    if (types != null) {
      query.add(
          types.stream().sorted().collect(Collectors.joining("', '", "AND e.type IN ('", "')\n")));
    }
    Instant from = filter.from();
    if (from != null) {
      query
          .and("e.created_at >= :from", "from", from.toEpochMilli())
          .and("e.id >= :from_id", "from_id", Ids.first(Ids.EVENT, from.minus(SLACK)));
    }
    Instant to = filter.to();
    if (to != null) {
      query
          .and("e.created_at < :to", "to", to.toEpochMilli())
          .and("e.id < :to_id", "to_id", Ids.first(Ids.EVENT, to.plus(SLACK)));
    }
    query.add("ORDER BY e.id DESC LIMIT :rows").bind("rows", rows);
  }

  List<RecordedEvent> on(Handle handle) {
    return query.on(handle).map((row, context) -> SqlEventLog.event(row)).list();
  }
}
