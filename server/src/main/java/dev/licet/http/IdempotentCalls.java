package dev.licet.http;

import dev.licet.domain.CanonicalBytes;
import dev.licet.domain.FailureException;
import dev.licet.domain.Tenant;
import dev.licet.domain.idempotency.Idempotency;
import dev.licet.domain.idempotency.Idempotency.Outcome;
import dev.licet.domain.idempotency.KeptAnswer;
import dev.licet.domain.idempotency.RequestId;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.TypedKey;
import dev.licet.http.Route.Access;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Gives every POST but a message with an {@code Idempotency-Key} one effect. The key counts for one
 * caller (an account's mode, or a licence key where no API key is needed), one path, and a day.
 */
public final class IdempotentCalls {
  private static final String HEADER = "Idempotency-Key";
  private static final int MAX_LENGTH = 255;
  private static final long NO_ACCOUNT = 0;

  private final Idempotency idempotency;
  private final KeyVault vault;

  public IdempotentCalls(Idempotency idempotency, KeyVault vault) {
    this.idempotency = idempotency;
    this.vault = vault;
  }

  Response handle(CallHandler.Call call, Request request) {
    String key = isRepeatable(call.route()) ? request.header(HEADER) : null;
    if (key != null && call.route().endpoint() instanceof StreamingEndpoint) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "This call takes no Idempotency-Key, since its answer is not kept.");
    }
    RequestId id = key == null ? null : identify(call, request, usable(key));
    Endpoint endpoint = call.route().endpoint();
    if (endpoint instanceof PreparedEndpoint prepared) {
      endpoint = prepared.prepare(request);
    }
    return id == null || endpoint instanceof PreparedEndpoint.Refusal
        ? endpoint.handle(request)
        : once(id, endpoint, request, kept(call.route().access()));
  }

  /** A message is known by its own id: its sender's idea of a key must not lose another one. */
  private static boolean isRepeatable(Route route) {
    return route.method().equals("POST") && !(route.endpoint() instanceof MessageEndpoint);
  }

  private Response once(
      RequestId id, Endpoint endpoint, Request request, Predicate<KeptAnswer> kept) {
    return switch (idempotency.once(id, () -> answer(endpoint, request), kept)) {
      case Outcome.Answered(KeptAnswer answer, boolean replayed) -> response(answer, replayed);
      case Outcome.InProgress() ->
          throw new ProblemException(
              ProblemCode.IDEMPOTENCY_IN_PROGRESS,
              "The same request is being handled. Try again in 1 s.",
              List.of(),
              Map.of("Retry-After", "1"));
      case Outcome.Reused() ->
          throw new ProblemException(
              ProblemCode.IDEMPOTENCY_KEY_REUSED,
              "Another request to this path had this Idempotency-Key, or the same with another API"
                  + " key. Give each request its own.");
    };
  }

  /** A refusal is an answer like others; a fault leaves nothing behind and may be tried again. */
  private static KeptAnswer answer(Endpoint endpoint, Request request) {
    Response response;
    try {
      response = endpoint.handle(request);
    } catch (ProblemException | FailureException e) {
      response = Problems.of(e);
    }
    return new KeptAnswer(
        response.status(), response.contentType(), response.headers(), response.body().getBytes());
  }

  /** Of who needs no API key only what had an effect: anyone can ask for what is refused. */
  private static Predicate<KeptAnswer> kept(Access access) {
    return access instanceof Access.Public
        ? answer -> answer.status() < 400
        : answer -> answer.status() < 500 && answer.status() != ProblemCode.RATE_LIMITED.status();
  }

  private static Response response(KeptAnswer answer, boolean replayed) {
    Response response =
        Response.again(answer.status(), answer.contentType(), answer.headers(), answer.body());
    return replayed ? response.with("Idempotency-Replayed", "true") : response;
  }

  /**
   * The request as it is known again; {@code null} when it names nothing that it could change. The
   * API key is a part of what is asked: an answer may hold what another key is not to see.
   */
  private @Nullable RequestId identify(CallHandler.Call call, Request request, String key) {
    CanonicalBytes id = new CanonicalBytes();
    CanonicalBytes asked = new CanonicalBytes();
    long accountNo = NO_ACCOUNT;
    switch (call.route().access()) {
      case Access.Public anyone -> {
        byte[] license = licenseKey(request);
        if (license == null) {
          return null;
        }
        id.add(license);
      }
      case Access.Operator operator -> id.add("operator");
      case Access.Keyed keyed -> {
        Tenant tenant = request.caller().tenant();
        accountNo = tenant.accountNo();
        id.add(accountNo).add(tenant.live() ? "live" : "test");
        asked.add(request.caller().actor().text());
      }
    }
    id.add(call.route().method()).add(call.path()).add(key);
    asked.add(call.route().method()).add(call.path()).add(call.query()).add(call.body());
    return new RequestId(accountNo, id.sha256(), asked.sha256());
  }

  /** What finds the licence whose key a body names; {@code null} when it names none. */
  private byte @Nullable [] licenseKey(Request request) {
    try {
      String typed = Json.read(request.body()).path("key").textValue();
      return typed != null && TypedKey.read(typed) instanceof TypedKey.Usable key
          ? vault.lookup(key.canonical())
          : null;
    } catch (ProblemException e) {
      return null; // the endpoint says what is wrong with it
    }
  }

  private static String usable(String key) {
    boolean printable = key.chars().allMatch(unit -> unit > ' ' && unit < 0x7f);
    if (key.isEmpty() || key.length() > MAX_LENGTH || !printable) {
      throw new ProblemException(
          ProblemCode.INVALID_REQUEST,
          "Idempotency-Key must be 1 to 255 printable ASCII characters without spaces.");
    }
    return key;
  }
}
