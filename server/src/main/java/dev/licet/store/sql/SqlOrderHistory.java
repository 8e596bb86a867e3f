package dev.licet.store.sql;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import dev.licet.domain.billing.OrderFacts;
import dev.licet.domain.billing.OrderHistory;
import dev.licet.domain.billing.PlacedOrder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Orders by who placed them. There is no index for that: it is asked for a few times a year. */
final class SqlOrderHistory implements OrderHistory {
  /** Orders of a tenant whose buyer has an address. */
  private static final String OF_BUYER =
      """
      FROM checkout_connections c JOIN checkout_orders o ON o.connection_no = c.no
      WHERE c.account_no = :account AND c.live = :live AND LOWER(o.facts) LIKE :pattern ESCAPE '!'
      """;

  private static final String ANY = "SELECT 1 " + OF_BUYER + "LIMIT 1";

  /** A page of them. */
  private static final String SOME =
      "SELECT o.no, o.customer, o.facts, c.id AS connection_id "
          + OF_BUYER
          + "AND o.no > :after ORDER BY o.no LIMIT :rows";

  /** What the provider calls an order. Who knows a session is shown the keys. */
  private static final String REFERENCES =
      """
      SELECT reference FROM checkout_references WHERE order_no = :order AND session = 0
      ORDER BY reference
      """;

  private static final String LICENSES =
      """
      SELECT l.id FROM checkout_licenses i JOIN licenses l ON l.no = i.license_no
      WHERE i.order_no = :order ORDER BY i.line, i.unit
      """;

  private final Handle handle;

  SqlOrderHistory(Handle handle) {
    this.handle = handle;
  }

  /** Whether a person placed any. */
  boolean hasAny(Tenant tenant, String email) {
    return of(handle.createQuery(ANY), tenant, email).mapTo(Integer.class).findOne().isPresent();
  }

  @Override
  public Page<PlacedOrder> of(Tenant tenant, String email, long after, int limit) {
    List<PlacedOrder> orders =
        of(handle.createQuery(SOME), tenant, email)
            .bind("after", after)
            .bind("rows", limit + 1)
            .map((row, context) -> order(row))
            .list();
    return Page.of(orders, limit);
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant, String email) {
    return statement
        .bind("account", tenant.accountNo())
        .bind("live", Rows.flag(tenant.live()))
        .bind("pattern", Rows.anywhere("\"email\":" + Json.write(email)));
  }

  private PlacedOrder order(ResultSet row) throws SQLException {
    long no = row.getLong("no");
    OrderFacts facts = OrderJson.facts(row.getString("facts"));
    return new PlacedOrder(
        no,
        row.getString("connection_id"),
        row.getString("customer"),
        Objects.requireNonNull(facts.buyer()).value(),
        facts,
        texts(REFERENCES, no),
        texts(LICENSES, no),
        new SqlCheckoutEventStore(handle).ofOrder(no));
  }

  private List<String> texts(String query, long orderNo) {
    return handle.createQuery(query).bind("order", orderNo).mapTo(String.class).list();
  }
}
