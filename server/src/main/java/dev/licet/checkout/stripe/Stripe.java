package dev.licet.checkout.stripe;

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

/** Stripe, with events of both older and current versions of its API. */
public final class Stripe implements CheckoutProvider {
  private static final Signatures.Timed FORM = new Signatures.Timed("t", "v1", ',', ".");

  private static final Pattern SESSION = Pattern.compile("cs_[A-Za-z0-9_]{20,120}");

  @Override
  public @Nullable Message verify(Headers headers, byte[] body, List<String> secrets, Instant now) {
    if (!Signatures.isSigned(headers.get("Stripe-Signature"), FORM, secrets, body, now)) {
      return null;
    }
    Body event = Body.read(body);
    return new Message(
        event.textOr(Signatures.digest(body), "id"), event.textOr("unreadable", "type"));
  }

  @Override
  public boolean isSession(String text) {
    return SESSION.matcher(text).matches();
  }

  @Override
  public Reading read(byte[] body) {
    Body event = Body.read(body);
    Instant at = event.seconds("created");
    String type = event.text("type");
    if (at == null || type == null) {
      return new Reading.Unclear("The event has no type, or no time.");
    }
    Body object = event.at("data", "object");
    Said said = new Said(at).byCustomer(id(object, "customer"));
    return switch (type) {
      case "checkout.session.completed", "checkout.session.async_payment_succeeded" ->
          StripeSession.completed(object, said).reading();
      case "checkout.session.async_payment_failed" ->
          StripeSession.about(object, said)
              .and(new Command.Lapsed(at, Standing.PAST_DUE))
              .reading();
      case "customer.subscription.created",
          "customer.subscription.updated",
          "customer.subscription.deleted",
          "customer.subscription.paused",
          "customer.subscription.resumed" ->
          StripeSubscription.read(object, said).reading();
      case "invoice.paid" -> StripeInvoice.paid(object, said).reading();
      case "invoice.payment_failed" ->
          StripeInvoice.about(object, said)
              .and(new Command.Lapsed(at, Standing.PAST_DUE))
              .reading();
      case "invoice_payment.paid" ->
          said.of(id(object, "invoice")).of(id(object, "payment", "payment_intent")).reading();
      case "charge.refunded" -> refunded(object, said);
      case "charge.dispute.created", "charge.dispute.closed" -> disputed(object, said);
      case "customer.created", "customer.updated" -> object.customer(at);
      default -> new Reading.Ignored();
    };
  }

  private static Reading refunded(Body charge, Said said) {
    String id = charge.textOr("charge", "id");
    boolean full =
        charge.isTrue("refunded")
            || charge.number(0, "amount_refunded") >= charge.number(1, "amount");
    return said.of(charge.text("id"))
        .of(id(charge, "payment_intent"))
        .of(id(charge, "invoice"))
        .and(new Command.Refunded(said.at(), id, full))
        .reading();
  }

  private static Reading disputed(Body dispute, Said said) {
    DisputeState state =
        switch (dispute.textOr("", "status")) {
          case "won", "warning_closed", "prevented" -> DisputeState.WON;
          case "lost" -> DisputeState.LOST;
          default -> DisputeState.OPEN;
        };
    return said.of(id(dispute, "charge"))
        .of(id(dispute, "payment_intent"))
        .and(new Command.Disputed(said.at(), dispute.textOr("dispute", "id"), state))
        .reading();
  }

  /** The id of a thing, which may stand there in full. */
  static @Nullable String id(Body body, String... names) {
    Body at = body.at(names);
    return at.node().isObject() ? at.text("id") : at.text();
  }
}
