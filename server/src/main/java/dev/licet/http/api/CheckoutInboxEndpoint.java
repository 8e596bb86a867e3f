package dev.licet.http.api;

import dev.licet.domain.FailureException;
import dev.licet.domain.billing.CheckoutInbox;
import dev.licet.domain.billing.CheckoutInbox.Receipt;
import dev.licet.http.Json;
import dev.licet.http.MessageEndpoint;
import dev.licet.http.ProblemCode;
import dev.licet.http.ProblemException;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.util.function.Consumer;

/** {@code POST /api/v1/checkout/{connection_id}}: takes what a provider sends. */
public final class CheckoutInboxEndpoint implements MessageEndpoint {
  private final CheckoutInbox inbox;
  private final Consumer<Receipt> counted;

  /**
   * @param counted told what came of each message
   */
  public CheckoutInboxEndpoint(CheckoutInbox inbox, Consumer<Receipt> counted) {
    this.inbox = inbox;
    this.counted = counted;
  }

  @Override
  public Response handle(Request request) {
    request.query().finish();
    Receipt receipt = inbox.receive(request.path("connection_id"), request::header, request.body());
    counted.accept(receipt);
    return switch (receipt) {
      case STORED, KNOWN -> Response.json(200, Json.object().put("received", true));
      case NOBODYS -> throw FailureException.notFound("checkout connection");
      case BADLY_SIGNED ->
          throw new ProblemException(
              ProblemCode.SIGNATURE_INVALID,
              "No secret of the connection signed this body, or it is older than five minutes.");
    };
  }
}
