package dev.licet.checkout.paddle;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.checkout.Signatures;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.Command;
import dev.licet.domain.billing.Command.DisputeState;
import dev.licet.domain.billing.Standing;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Paddle Billing. Its transactions do not tell the buyer's address; its customers do. */
public final class Paddle implements CheckoutProvider {
  private static final Signatures.Timed FORM = new Signatures.Timed("ts", "h1", ';', ":");

  private static final Pattern SESSION = Pattern.compile("txn_[a-z0-9]{26}");

  @Override
  public @Nullable Message verify(Headers headers, byte[] body, List<String> secrets, Instant now) {
    if (!Signatures.isSigned(headers.get("Paddle-Signature"), FORM, secrets, body, now)) {
      return null;
    }
    Body event = Body.read(body);
    return new Message(
        event.textOr(Signatures.digest(body), "event_id"),
        event.textOr("unreadable", "event_type"));
  }

  @Override
  public boolean isSession(String text) {
    return SESSION.matcher(text).matches();
  }

  @Override
  public Reading read(byte[] body) {
    Body event = Body.read(body);
    Instant at = event.time("occurred_at");
    String type = event.text("event_type");
    if (at == null || type == null) {
      return new Reading.Unclear("The event has no type, or no time.");
    }
    Body data = event.at("data");
    Said said = new Said(at).byCustomer(data.text("customer_id"));
    return switch (type) {
      case "transaction.completed" -> PaddleTransaction.completed(data, said).reading();
      case "subscription.created",
          "subscription.activated",
          "subscription.updated",
          "subscription.trialing",
          "subscription.past_due",
          "subscription.paused",
          "subscription.resumed",
          "subscription.canceled" ->
          subscription(data, said).reading();
      case "adjustment.created", "adjustment.updated" -> adjustment(data, said).reading();
      case "customer.created", "customer.updated" -> data.customer(at);
      default -> new Reading.Ignored();
    };
  }

  private static Said subscription(Body subscription, Said said) {
    String id = subscription.textOr("subscription", "id");
    Instant until = subscription.time("current_billing_period", "ends_at");
    said.of(subscription.text("id"))
        .of(subscription.text("transaction_id"))
        .bought(PaddleTransaction.buyer(subscription))
        .ordered(id, PaddleTransaction.recurring(subscription, id));
    String status = subscription.textOr("", "status");
    switch (status) {
      case "trialing", "active" ->
          said.and(new Command.Resumed(said.at(), status.equals("trialing"))).renewed(until);
      case "past_due" -> said.and(new Command.Lapsed(said.at(), Standing.PAST_DUE));
      case "paused" -> said.and(new Command.Lapsed(said.at(), Standing.PAUSED));
      case "canceled" -> said.and(new Command.Lapsed(said.at(), Standing.ENDED));
      default -> {
        // A status that is new.
      }
    }
    Body change = subscription.at("scheduled_change");
    Instant end = change.is("cancel", "action") ? change.time("effective_at") : null;
    return said.and(new Command.CancelledAtPeriodEnd(said.at(), end));
  }

  private static Said adjustment(Body adjustment, Said said) {
    String transaction = adjustment.textOr("transaction", "transaction_id");
    said.of(adjustment.text("transaction_id")).of(adjustment.text("subscription_id"));
    boolean approved = adjustment.is("approved", "status");
    return switch (adjustment.textOr("", "action")) {
      // One that waits for approval is none yet; one that is reversed is none any more.
      case "refund" ->
          adjustment.is("pending_approval", "status")
              ? said
              : said.and(
                  new Command.Refunded(said.at(), transaction, approved && isFull(adjustment)));
      case "chargeback", "chargeback_warning" ->
          said.and(new Command.Disputed(said.at(), transaction, DisputeState.OPEN));
      case "chargeback_reverse", "chargeback_warning_reverse" ->
          said.and(new Command.Disputed(said.at(), transaction, DisputeState.WON));
      default -> said;
    };
  }

  private static boolean isFull(Body adjustment) {
    List<Body> items = adjustment.list("items");
    return adjustment.is("full", "type")
        || (adjustment.at("type").isMissing()
            && !items.isEmpty()
            && items.stream().allMatch(item -> item.is("full", "type")));
  }
}
