package dev.licet.store.sql;

import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Removes what belongs to an account, in steps that hold the writer briefly. Each table with rows
 * of an account has a statement here, children first.
 *
 * <p>The journal stays, and what is folded from it by time: its batches hold events of many
 * accounts; what tells of persons is taken out by {@link SqlUsageErasure}. The audit log stays,
 * since it tells who deleted the account.
 */
final class AccountPurge {
  private static final int LICENSES_EACH = 200;
  private static final int ROWS_EACH = 500;

  /** Some of what was sent to the account's webhooks. */
  private static final String DELIVERIES =
      """
      DELETE FROM webhook_deliveries WHERE no IN (
        SELECT d.no FROM webhooks w JOIN webhook_deliveries d ON d.webhook_no = w.no
        WHERE w.account_no = :account LIMIT :rows)
      """;

  /** Some of what the account's shops sent, and of the orders that it told of. */
  private static final List<String> OF_SHOPS =
      List.of(
          """
          DELETE FROM checkout_events WHERE no IN (
            SELECT e.no FROM checkout_connections c JOIN checkout_events e ON e.connection_no = c.no
            WHERE c.account_no = :account LIMIT :rows)
          """,
          """
          DELETE FROM checkout_orders WHERE no IN (
            SELECT o.no FROM checkout_connections c JOIN checkout_orders o ON o.connection_no = c.no
            WHERE c.account_no = :account LIMIT :rows)
          """);

  /** Some licences of the account. */
  private static final String SOME =
      "SELECT no FROM licenses WHERE account_no = :account ORDER BY live, id LIMIT :rows";

  /** What belongs to these licences. */
  private static final List<String> OF_LICENSES =
      List.of(
          """
          DELETE FROM activation_usage WHERE activation_no IN
            (SELECT no FROM activations WHERE license_no <in_nos>)
          """,
          "DELETE FROM activations WHERE license_no <in_nos>",
          "DELETE FROM counter_uses WHERE license_no <in_nos>",
          "DELETE FROM consumptions WHERE license_no <in_nos>",
          "DELETE FROM seat_releases WHERE license_no <in_nos>",
          "DELETE FROM license_usage WHERE license_no <in_nos>",
          """
          DELETE FROM usage_names WHERE (account_no, license_no) IN
            (SELECT account_no, no FROM licenses WHERE no <in_nos>)
          """,
          "DELETE FROM usage_networks WHERE license_no <in_nos>",
          "DELETE FROM license_keys WHERE license_no <in_nos>",
          "DELETE FROM outbox_events WHERE license_no <in_nos>",
          "DELETE FROM limit_notices WHERE license_no <in_nos>",
          "DELETE FROM checkout_licenses WHERE license_no <in_nos>",
          "DELETE FROM licenses WHERE no <in_nos>");

  /** What belongs to an account that has no licences any more, and the account. */
  private static final List<String> OF_ACCOUNT =
      List.of(
          "DELETE FROM outbox_events WHERE account_no = :account",
          "DELETE FROM quota_notices WHERE account_no = :account",
          "DELETE FROM webhook_subscriptions WHERE account_no = :account",
          "DELETE FROM webhooks WHERE account_no = :account",
          """
          DELETE FROM checkout_customers WHERE connection_no IN
            (SELECT no FROM checkout_connections WHERE account_no = :account)
          """,
          "DELETE FROM checkout_connections WHERE account_no = :account",
          "DELETE FROM mails WHERE account_no = :account",
          "DELETE FROM mail_templates WHERE account_no = :account",
          "DELETE FROM api_keys WHERE account_no = :account",
          "DELETE FROM plans WHERE account_no = :account",
          "DELETE FROM products WHERE account_no = :account",
          "DELETE FROM erasures WHERE account_no = :account",
          "DELETE FROM idempotent_answers WHERE account_no = :account",
          "DELETE FROM account_usage WHERE account_no = :account",
          "DELETE FROM usage_accounts WHERE account_no = :account",
          "DELETE FROM accounts WHERE no = :account");

  private final Handle handle;
  private final long accountNo;

  AccountPurge(Handle handle, long accountNo) {
    this.handle = handle;
    this.accountNo = accountNo;
  }

  /** Removes a part; true when nothing is left. */
  boolean step() {
    if (some(DELIVERIES) > 0 || OF_SHOPS.stream().anyMatch(it -> some(it) > 0)) {
      return false;
    }
    List<Long> licenses =
        handle
            .createQuery(SOME)
            .bind("account", accountNo)
            .bind("rows", LICENSES_EACH)
            .mapTo(Long.class)
            .list();
    for (String delete : licenses.isEmpty() ? OF_ACCOUNT : OF_LICENSES) {
      var statement = handle.createUpdate(delete);
      if (licenses.isEmpty()) {
        statement.bind("account", accountNo);
      } else {
        statement.bind("nos", Rows.list(licenses));
      }
      statement.execute();
    }
    return licenses.isEmpty();
  }

  private int some(String delete) {
    return handle.createUpdate(delete).bind("account", accountNo).bind("rows", ROWS_EACH).execute();
  }
}
