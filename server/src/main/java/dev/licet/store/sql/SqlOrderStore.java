package dev.licet.store.sql;

import dev.licet.domain.billing.Buyer;
import dev.licet.domain.billing.Dated;
import dev.licet.domain.billing.OrderFacts;
import dev.licet.domain.billing.OrderStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Orders of a connection that is locked. */
final class SqlOrderStore implements OrderStore {
  private static final String SELECT =
      "SELECT o.no, o.connection_no, o.customer, o.facts FROM checkout_orders o ";

  private static final String CREATE =
      """
      INSERT INTO checkout_orders (connection_no, facts) VALUES (:connection, :facts) RETURNING no
      """;

  /** What goes by a reference. */
  private static final String BY_REFERENCE =
      SELECT
          + """
          JOIN checkout_references r ON r.order_no = o.no
          WHERE r.connection_no = :connection AND r.reference = :reference
          """;

  /** What the buyer's browser may ask about. */
  private static final String BY_SESSION = BY_REFERENCE + "AND r.session = 1";

  /** Some of a buyer's. */
  private static final String OF_CUSTOMER =
      SELECT
          + "WHERE o.connection_no = :connection AND o.customer = :customer ORDER BY o.no LIMIT"
          + " :rows";

  private static final String SAVE =
      "UPDATE checkout_orders SET customer = :customer, facts = :facts WHERE no = :no";

  /** Makes an order known by a reference, as a session if it ever was said to be one. */
  private static final String REFER =
      """
      INSERT INTO checkout_references (connection_no, reference, order_no, session)
      VALUES (:connection, :reference, :order, :session)
      ON CONFLICT (connection_no, reference) DO UPDATE SET order_no = excluded.order_no,
        session = CASE WHEN excluded.session = 1 THEN 1 ELSE checkout_references.session END
      """;

  /** What hangs on an order that becomes a part of another. */
  private static final List<String> MERGE =
      List.of(
          "UPDATE checkout_references SET order_no = :into WHERE order_no = :gone",
          "UPDATE checkout_licenses SET order_no = :into WHERE order_no = :gone",
          "UPDATE checkout_events SET order_no = :into WHERE order_no = :gone");

  private static final String REMOVE = "DELETE FROM checkout_orders WHERE no = :gone";

  /** The licences of an order. */
  private static final String ISSUED =
      """
      SELECT i.line, i.unit, l.id, i.wanted, i.created_at
      FROM checkout_licenses i JOIN licenses l ON l.no = i.license_no
      WHERE i.order_no = :order ORDER BY i.line, i.unit
      """;

  private static final String ADD =
      """
      INSERT INTO checkout_licenses (connection_no, line, unit, order_no, license_no, wanted,
        created_at)
      VALUES (:connection, :line, :unit, :order, :license, :wanted, :created_at)
      """;

  private static final String UPDATE =
      """
      UPDATE checkout_licenses SET wanted = :wanted
      WHERE connection_no = :connection AND line = :line AND unit = :unit
      """;

  private static final String CUSTOMER =
      """
      SELECT email, name, at FROM checkout_customers
      WHERE connection_no = :connection AND customer = :customer
      """;

  private static final String PUT_CUSTOMER =
      """
      INSERT INTO checkout_customers (connection_no, customer, email, name, at)
      VALUES (:connection, :customer, :email, :name, :at)
      ON CONFLICT (connection_no, customer) DO UPDATE SET email = excluded.email,
        name = excluded.name, at = excluded.at
      """;

  private final Handle handle;

  SqlOrderStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public Order create(long connectionNo) {
    long no =
        handle
            .createQuery(CREATE)
            .bind("connection", connectionNo)
            .bind("facts", OrderJson.write(OrderFacts.NONE))
            .mapTo(Long.class)
            .one();
    return new Order(no, connectionNo, null, OrderFacts.NONE);
  }

  @Override
  public List<Order> byReferences(long connectionNo, Collection<String> references) {
    List<Order> found = new ArrayList<>();
    for (String reference : new TreeSet<>(references)) {
      byReference(BY_REFERENCE, connectionNo, reference)
          .filter(order -> found.stream().noneMatch(it -> it.no() == order.no()))
          .ifPresent(found::add);
    }
    found.sort(Comparator.comparingLong(Order::no));
    return found;
  }

  @Override
  public Optional<Order> bySession(long connectionNo, String session) {
    return byReference(BY_SESSION, connectionNo, session);
  }

  private Optional<Order> byReference(String select, long connectionNo, String reference) {
    return handle
        .createQuery(select)
        .bind("connection", connectionNo)
        .bind("reference", reference)
        .map((row, context) -> order(row))
        .findOne();
  }

  @Override
  public List<Order> ofCustomer(long connectionNo, String customer, int limit) {
    return handle
        .createQuery(OF_CUSTOMER)
        .bind("connection", connectionNo)
        .bind("customer", customer)
        .bind("rows", limit)
        .map((row, context) -> order(row))
        .list();
  }

  @Override
  public void save(Order order) {
    handle
        .createUpdate(SAVE)
        .bind("no", order.no())
        .bind("customer", order.customer())
        .bind("facts", OrderJson.write(order.facts()))
        .execute();
  }

  @Override
  public void refer(Order order, Set<String> references, Set<String> sessions) {
    if (references.isEmpty()) {
      return;
    }
    PreparedBatch batch = handle.prepareBatch(REFER);
    for (String reference : new TreeSet<>(references)) {
      batch
          .bind("connection", order.connectionNo())
          .bind("reference", reference)
          .bind("order", order.no())
          .bind("session", Rows.flag(sessions.contains(reference)))
          .add();
    }
    batch.execute();
  }

  @Override
  public void merge(Order into, Order gone) {
    for (String statement : MERGE) {
      handle.createUpdate(statement).bind("into", into.no()).bind("gone", gone.no()).execute();
    }
    handle.createUpdate(REMOVE).bind("gone", gone.no()).execute();
  }

  @Override
  public List<Issued> issued(long orderNo) {
    return handle
        .createQuery(ISSUED)
        .bind("order", orderNo)
        .map((row, context) ->
            new Issued(
                row.getString("line"),
                row.getInt("unit"),
                row.getString("id"),
                OrderJson.wanted(row.getString("wanted")),
                Rows.instant(row, "created_at")))
        .list();
  }

  @Override
  public void add(Order order, Issued issued, long licenseNo) {
    handle
        .createUpdate(ADD)
        .bind("connection", order.connectionNo())
        .bind("line", issued.lineKey())
        .bind("unit", issued.unit())
        .bind("order", order.no())
        .bind("license", licenseNo)
        .bind("wanted", OrderJson.write(issued.wanted()))
        .bind("created_at", issued.at().toEpochMilli())
        .execute();
  }

  @Override
  public void update(Order order, Issued issued) {
    handle
        .createUpdate(UPDATE)
        .bind("connection", order.connectionNo())
        .bind("line", issued.lineKey())
        .bind("unit", issued.unit())
        .bind("wanted", OrderJson.write(issued.wanted()))
        .execute();
  }

  @Override
  public Optional<Dated<Buyer>> customer(long connectionNo, String customer) {
    return handle
        .createQuery(CUSTOMER)
        .bind("connection", connectionNo)
        .bind("customer", customer)
        .map((row, context) ->
            new Dated<>(
                Rows.instant(row, "at"), new Buyer(row.getString("email"), row.getString("name"))))
        .findOne();
  }

  @Override
  public void putCustomer(long connectionNo, String customer, Dated<Buyer> buyer) {
    handle
        .createUpdate(PUT_CUSTOMER)
        .bind("connection", connectionNo)
        .bind("customer", customer)
        .bind("email", buyer.value().email())
        .bind("name", buyer.value().name())
        .bind("at", buyer.at().toEpochMilli())
        .execute();
  }

  private static Order order(ResultSet row) throws SQLException {
    return new Order(
        row.getLong("no"),
        row.getLong("connection_no"),
        row.getString("customer"),
        OrderJson.facts(row.getString("facts")));
  }
}
