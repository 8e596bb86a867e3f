package dev.licet.domain.billing;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Orders, inside one transaction that holds their connection locked: nobody else changes an order
 * of it meanwhile.
 */
public interface OrderStore {
  /**
   * An order.
   *
   * @param customer the provider's id of the buyer
   */
  record Order(long no, long connectionNo, @Nullable String customer, OrderFacts facts) {}

  /**
   * A licence that was issued for an order.
   *
   * @param wanted what the order last wanted it to be like
   */
  record Issued(String lineKey, int unit, String licenseId, Wanted wanted, Instant at) {}

  Order create(long connectionNo);

  /** The orders that go by any of these references, oldest first. */
  List<Order> byReferences(long connectionNo, Collection<String> references);

  /** The order whose buyer's browser knows it by this. */
  Optional<Order> bySession(long connectionNo, String session);

  /** Some orders of a buyer, oldest first. */
  List<Order> ofCustomer(long connectionNo, String customer, int limit);

  void save(Order order);

  /** Makes an order known by references. */
  void refer(Order order, Set<String> references, Set<String> sessions);

  /** Makes two orders one. */
  void merge(Order into, Order gone);

  /** The licences of an order, in the order of their lines. */
  List<Issued> issued(long orderNo);

  /** Notes a licence that was issued; fails when the line has that unit already. */
  void add(Order order, Issued issued, long licenseNo);

  /** Rewrites what a licence should be like. */
  void update(Order order, Issued issued);

  /** What is known of a buyer. */
  Optional<Dated<Buyer>> customer(long connectionNo, String customer);

  void putCustomer(long connectionNo, String customer, Dated<Buyer> buyer);
}
