package dev.licet.store.sql;

import dev.licet.domain.billing.Buyer;
import dev.licet.domain.billing.Dated;
import dev.licet.domain.billing.OrderFacts;
import dev.licet.domain.billing.Wanted;
import java.util.Collection;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes a person out of the orders of licences that have the pseudonym by now: what their provider
 * sent goes, and the orders have the licence's customer for a buyer.
 */
final class ShopScrub {
  /** The orders of licences. Their connections stay as they are: nobody works on their orders. */
  private static final String ORDERS =
      """
      SELECT o.no, o.facts, (SELECT MIN(l.customer_email) FROM licenses l
        JOIN checkout_licenses i ON i.license_no = l.no
        WHERE i.order_no = o.no AND l.no <in_nos>) AS customer
      FROM checkout_connections c JOIN checkout_orders o ON o.connection_no = c.no
      WHERE o.no IN (SELECT i.order_no FROM checkout_licenses i WHERE i.license_no <in_nos>)
      ORDER BY c.no, o.no <lock_row>
      """;

  private static final String REWRITE_FACTS =
      "UPDATE checkout_orders SET facts = :facts WHERE no = :no";

  private static final String WANTED =
      "SELECT line, unit, wanted FROM checkout_licenses WHERE order_no = :no";

  private static final String REWRITE_WANTED =
      """
      UPDATE checkout_licenses SET wanted = :wanted
      WHERE order_no = :no AND line = :line AND unit = :unit
      """;

  /** What else tells of a buyer. */
  private static final List<String> REMOVE =
      List.of(
          "DELETE FROM checkout_events WHERE order_no = :no",
          """
          DELETE FROM checkout_customers WHERE EXISTS (SELECT 1 FROM checkout_orders o
            WHERE o.no = :no AND o.connection_no = checkout_customers.connection_no
              AND o.customer = checkout_customers.customer)
          """);

  private final Handle handle;

  ShopScrub(Handle handle) {
    this.handle = handle;
  }

  private record Known(long no, String facts, String customer) {}

  private record Issued(String line, int unit, String wanted) {}

  void scrub(Collection<Long> licenseNos) {
    List<Known> orders =
        handle
            .createQuery(ORDERS)
            .bind("nos", Rows.list(licenseNos))
            .map((row, context) ->
                new Known(row.getLong("no"), row.getString("facts"), row.getString("customer")))
            .list();
    orders.forEach(this::scrub);
  }

  private void scrub(Known order) {
    Buyer nobody = new Buyer(order.customer(), null);
    OrderFacts facts = OrderJson.facts(order.facts());
    Dated<Buyer> buyer = facts.buyer();
    if (buyer != null) {
      handle
          .createUpdate(REWRITE_FACTS)
          .bind("no", order.no())
          .bind("facts", OrderJson.write(facts.boughtBy(new Dated<>(buyer.at(), nobody))))
          .execute();
    }
    for (Issued issued : issued(order.no())) {
      Wanted wanted = OrderJson.wanted(issued.wanted());
      handle
          .createUpdate(REWRITE_WANTED)
          .bind("no", order.no())
          .bind("line", issued.line())
          .bind("unit", issued.unit())
          .bind("wanted", OrderJson.write(wanted.boughtBy(nobody)))
          .execute();
    }
    for (String statement : REMOVE) {
      handle.createUpdate(statement).bind("no", order.no()).execute();
    }
  }

  private List<Issued> issued(long orderNo) {
    return handle
        .createQuery(WANTED)
        .bind("no", orderNo)
        .map((row, context) ->
            new Issued(row.getString("line"), row.getInt("unit"), row.getString("wanted")))
        .list();
  }
}
