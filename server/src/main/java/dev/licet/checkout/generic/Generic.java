package dev.licet.checkout.generic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.checkout.Body;
import dev.licet.checkout.Said;
import dev.licet.checkout.Signatures;
import dev.licet.domain.billing.CheckoutProvider;
import dev.licet.domain.billing.Command;
import dev.licet.domain.billing.Command.DisputeState;
import dev.licet.domain.billing.OrderLine;
import dev.licet.domain.billing.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.StringTokenizer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Any shop that signs by Standard Webhooks 1.0.0 and says what it means in our own words. */
public final class Generic implements CheckoutProvider {
  private static final Pattern SESSION = Pattern.compile("[A-Za-z0-9_-]{16,120}");
  private static final Pattern MESSAGE_ID = Pattern.compile("[!-~]{1,255}");
  private static final String MARKER = "whsec_";
  private static final String VERSION = "v1";
  private static final int MAX_SIGNATURES = 10;

  @Override
  public @Nullable Message verify(Headers headers, byte[] body, List<String> secrets, Instant now) {
    String id = headers.get("webhook-id");
    String time = headers.get("webhook-timestamp");
    String header = headers.get("webhook-signature");
    if (id == null
        || time == null
        || header == null
        || !MESSAGE_ID.matcher(id).matches()
        || !Signatures.isRecent(time, now)) {
      return null;
    }
    List<byte[]> signatures = signatures(header);
    byte[] head = (id + "." + time + ".").getBytes(UTF_8);
    List<byte[]> keys = secrets.stream().map(Generic::key).toList();
    return Signatures.anyMatches(signatures, keys, head, body)
        ? new Message(id, Body.read(body).textOr("unreadable", "type"))
        : null;
  }

  /**
   * The signatures of a header, at most {@value #MAX_SIGNATURES}: one for each secret, as {@code
   * v1,BASE64} with blanks between them, or commas where a proxy has joined two headers.
   */
  private static List<byte[]> signatures(String header) {
    List<byte[]> signatures = new ArrayList<>();
    boolean marked = false;
    for (StringTokenizer parts = new StringTokenizer(header, " ,");
        parts.hasMoreTokens() && signatures.size() < MAX_SIGNATURES; ) {
      String part = parts.nextToken();
      byte[] signature = marked ? base64(part) : null;
      if (signature != null) {
        signatures.add(signature);
      }
      marked = part.equals(VERSION);
    }
    return signatures;
  }

  /** What a secret signs with: its bytes, where it is written as Standard Webhooks has it. */
  static byte[] key(String secret) {
    byte[] key = secret.startsWith(MARKER) ? base64(secret.substring(MARKER.length())) : null;
    return key == null || key.length == 0 ? secret.getBytes(UTF_8) : key;
  }

  private static byte @Nullable [] base64(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  @Override
  public boolean isSession(String text) {
    return SESSION.matcher(text).matches();
  }

  @Override
  public Reading read(byte[] body) {
    Body event = Body.read(body);
    Instant at = event.time("timestamp");
    String type = event.text("type");
    Body data = event.at("data");
    String order = data.text("order_id");
    if (at == null || type == null || order == null) {
      return new Reading.Unclear("The event has no type, no timestamp, or no order_id.");
    }
    String session = data.text("session");
    Said said =
        new Said(at)
            .of("order:" + order)
            .ofSession(session == null || !isSession(session) ? null : session)
            .bought(data.at("customer").buyer("email", "name"))
            .ordered("order:" + order, lines(data, order))
            .renewed(data.time("period_end"));
    return switch (type) {
      case "order.paid" -> said.paid(data.time("period_end")).reading();
      case "subscription.renewed", "subscription.plan_changed" -> said.reading();
      case "subscription.lapsed" ->
          said.and(
                  new Command.Lapsed(
                      at, Standing.of(data.textOr("", "cause")).orElse(Standing.PAST_DUE)))
              .reading();
      case "subscription.resumed" ->
          said.and(new Command.Resumed(at, data.isTrue("trial"))).reading();
      case "subscription.cancelled_at_period_end" ->
          said.and(new Command.CancelledAtPeriodEnd(at, data.time("end"))).reading();
      case "order.refunded" ->
          said.and(
                  new Command.Refunded(
                      at,
                      data.textOr(order, "payment_id"),
                      data.at("full").isMissing() || data.isTrue("full")))
              .reading();
      case "order.disputed" ->
          said.and(new Command.Disputed(at, data.textOr(order, "dispute_id"), state(data)))
              .reading();
      default -> new Reading.Ignored();
    };
  }

  private static DisputeState state(Body data) {
    return switch (data.textOr("open", "state")) {
      case "won" -> DisputeState.WON;
      case "lost" -> DisputeState.LOST;
      default -> DisputeState.OPEN;
    };
  }

  private static List<OrderLine> lines(Body data, String order) {
    List<OrderLine> lines = new ArrayList<>();
    for (Body line : data.list("lines")) {
      List<String> ids =
          Stream.of(line.text("price"), line.text("product")).filter(Objects::nonNull).toList();
      String key = order + ":" + line.textOr(Integer.toString(lines.size()), "id");
      lines.add(new OrderLine(key, ids, line.quantity("quantity"), line.isTrue("recurring")));
    }
    return lines;
  }
}
