package dev.licet.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.domain.Tenant;
import dev.licet.domain.privacy.Erasure;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Takes a person out of what shops told. Rows stay, so that what a shop sends again is known. A
 * message that names the person, or belongs to an order that does, loses its content, since nobody
 * can say what else in it is theirs; one that is still to be applied loses the address alone.
 */
final class ShopErasure {
  /** The connections of a tenant. */
  private static final String OWN =
      "(SELECT no FROM checkout_connections WHERE account_no = :account AND live = :live)";

  private static final String CUSTOMERS =
      "UPDATE checkout_customers SET email = :pseudonym, name = NULL WHERE connection_no IN "
          + OWN
          + " AND LOWER(email) = :email";

  /** The orders of a tenant that come next, with their connections: nobody works on them then. */
  private static final String ORDERS =
      """
      SELECT o.no, o.facts AS content
      FROM checkout_connections c JOIN checkout_orders o ON o.connection_no = c.no
      WHERE c.account_no = :account AND c.live = :live AND o.no > :after
      ORDER BY o.no LIMIT :rows <lock_row>
      """;

  private static final String REWRITE_ORDER =
      "UPDATE checkout_orders SET facts = :content WHERE no = :no";

  /** What an order wanted its licences to be like. */
  private static final String WANTED =
      """
      SELECT license_no AS no, wanted AS content FROM checkout_licenses WHERE order_no = :no
      """;

  private static final String REWRITE_WANTED =
      """
      UPDATE checkout_licenses SET wanted = :content WHERE order_no = :order AND license_no = :no
      """;

  /** The messages of a tenant that come next. */
  private static final String MESSAGES =
      "SELECT no, body, due_at FROM checkout_events WHERE no > :after AND connection_no IN "
          + OWN
          + " ORDER BY no LIMIT :rows";

  private static final String REWRITE_MESSAGE =
      "UPDATE checkout_events SET body = :body WHERE no = :no";

  /** Messages that were applied to an order. */
  private static final String EMPTY_MESSAGES =
      "UPDATE checkout_events SET body = :body WHERE order_no = :no AND due_at IS NULL";

  private static final byte[] EMPTY = "{}".getBytes(UTF_8);

  private final Handle handle;
  private final Erasure erasure;
  private final PersonScrub scrub;

  /** A row with JSON. */
  private record Row(long no, String content) {}

  ShopErasure(Handle handle, Erasure erasure) {
    this.handle = handle;
    this.erasure = erasure;
    this.scrub = new PersonScrub(erasure.email(), erasure.pseudonym(), id -> false);
  }

  /** Does some orders; where to go on, empty at the end. */
  Optional<String> orders(int limit) {
    if (erasure.position().isEmpty()) {
      of(handle.createUpdate(CUSTOMERS))
          .bind("email", erasure.email())
          .bind("pseudonym", erasure.pseudonym())
          .execute();
    }
    List<Row> orders =
        of(handle.createQuery(ORDERS))
            .bind("after", after())
            .bind("rows", limit)
            .map((row, context) -> new Row(row.getLong("no"), row.getString("content")))
            .list();
    orders.forEach(this::scrub);
    return orders.size() < limit
        ? Optional.empty()
        : Optional.of(Long.toString(orders.getLast().no()));
  }

  private void scrub(Row order) {
    Optional<String> facts = scrub.of(order.content());
    facts.ifPresent(content ->
        handle
            .createUpdate(REWRITE_ORDER)
            .bind("content", content)
            .bind("no", order.no())
            .execute());
    boolean named = facts.isPresent();
    List<Row> licenses =
        handle
            .createQuery(WANTED)
            .bind("no", order.no())
            .map((row, context) -> new Row(row.getLong("no"), row.getString("content")))
            .list();
    for (Row license : licenses) {
      Optional<String> wanted = scrub.of(license.content());
      named |= wanted.isPresent();
      wanted.ifPresent(content ->
          handle
              .createUpdate(REWRITE_WANTED)
              .bind("content", content)
              .bind("order", order.no())
              .bind("no", license.no())
              .execute());
    }
    if (named) {
      handle.createUpdate(EMPTY_MESSAGES).bind("body", EMPTY).bind("no", order.no()).execute();
    }
  }

  /** A message of a shop. */
  private record Message(long no, byte[] body, boolean isDone) {}

  /** Does some messages; where to go on, empty at the end. */
  Optional<String> messages(int limit) {
    List<Message> messages =
        of(handle.createQuery(MESSAGES))
            .bind("after", after())
            .bind("rows", limit)
            .map((row, context) ->
                new Message(
                    row.getLong("no"),
                    row.getBytes("body"),
                    Rows.longOrNull(row, "due_at") == null))
            .list();
    for (Message message : messages) {
      String body = new String(message.body(), UTF_8);
      if (scrub.isMentionedIn(body)) {
        byte[] rest = message.isDone() ? EMPTY : scrub.of(body).orElse(body).getBytes(UTF_8);
        handle.createUpdate(REWRITE_MESSAGE).bind("body", rest).bind("no", message.no()).execute();
      }
    }
    return messages.size() < limit
        ? Optional.empty()
        : Optional.of(Long.toString(messages.getLast().no()));
  }

  private long after() {
    return erasure.position().isEmpty() ? 0 : Long.parseLong(erasure.position());
  }

  private <S extends SqlStatement<S>> S of(S statement) {
    Tenant tenant = erasure.tenant();
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }
}
