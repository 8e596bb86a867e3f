package dev.licet.http;

import dev.licet.domain.Caller;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.account.ApiKeyText;
import dev.licet.domain.account.Authentication;
import dev.licet.domain.account.Authentication.Reason;
import dev.licet.domain.account.Authenticator;
import dev.licet.domain.event.Actor;
import dev.licet.http.Route.Access;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lets through who may call a route, and turns others away. */
final class Gatekeeper {
  private static final String BEARER = "Bearer ";

  private final Authenticator authenticator;

  Gatekeeper(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * Who was let through.
   *
   * @param caller on routes of an account
   * @param operator on routes of the operator
   * @param refusal why the caller would not be let through again, if so
   */
  record Pass(
      @Nullable Caller caller,
      @Nullable Actor operator,
      Supplier<Optional<ProblemException>> refusal) {
    private static final Pass ANYONE = new Pass(null, null, Optional::empty);
  }

  /**
   * Looks at who calls.
   *
   * @param authorization the header, if there is one
   * @param address where the call comes from
   * @throws ProblemException when the caller is not known or may not call
   */
  Pass admit(Access access, @Nullable String authorization, @Nullable String address) {
    Supplier<Optional<ProblemException>> refusal = () -> refusal(access, authorization, address);
    return switch (access) {
      case Access.Public anyone -> Pass.ANYONE;
      case Access.Operator wanted ->
          switch (authenticate(authorization, address)) {
            case Authentication.OfOperator(Actor actor) -> new Pass(null, actor, refusal);
            case Authentication.OfAccount account ->
                throw forbidden("This call needs an operator key.");
            case Authentication.Refused(Reason reason) -> throw refused(reason);
          };
      case Access.Keyed wanted ->
          switch (authenticate(authorization, address)) {
            case Authentication.OfAccount(Caller caller) when caller.may(wanted.scope()) ->
                new Pass(caller, null, refusal);
            case Authentication.OfAccount lacking ->
                throw forbidden("The API key lacks the scope " + wanted.scope().text() + ".");
            case Authentication.OfOperator operator ->
                throw forbidden("This call needs an API key of an account.");
            case Authentication.Refused(Reason reason) -> throw refused(reason);
          };
    };
  }

  /** Nobody is turned away because the database is. */
  private Optional<ProblemException> refusal(
      Access access, @Nullable String authorization, @Nullable String address) {
    try {
      admit(access, authorization, address);
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e);
    } catch (StoreUnavailableException e) {
      return Optional.empty();
    }
  }

  /** What is wrong with a request that has nothing that could be a key; else {@code null}. */
  static @Nullable ProblemException withoutKey(@Nullable String authorization) {
    if (authorization == null) {
      return unauthorized("Send your API key as \"Authorization: Bearer licet_live_...\".");
    }
    return ApiKeyText.read(bearer(authorization)).isEmpty() ? refused(Reason.UNKNOWN) : null;
  }

  private Authentication authenticate(@Nullable String authorization, @Nullable String address) {
    return authenticator.authenticate(bearer(authorization == null ? "" : authorization), address);
  }

  private static String bearer(String authorization) {
    boolean bearer = authorization.regionMatches(true, 0, BEARER, 0, BEARER.length());
    return bearer ? authorization.substring(BEARER.length()).strip() : "";
  }

  private static ProblemException refused(Reason reason) {
    return switch (reason) {
      case UNKNOWN -> unauthorized("The API key is malformed, unknown, expired or revoked.");
      case ACCOUNT_SUSPENDED ->
          new ProblemException(ProblemCode.ACCOUNT_SUSPENDED, "The account is suspended.");
      case ADDRESS_NOT_ALLOWED ->
          new ProblemException(
              ProblemCode.ADDRESS_NOT_ALLOWED, "The API key may not be used from this address.");
    };
  }

  private static ProblemException forbidden(String detail) {
    return new ProblemException(ProblemCode.INSUFFICIENT_SCOPE, detail);
  }

  private static ProblemException unauthorized(String detail) {
    return new ProblemException(
        ProblemCode.UNAUTHORIZED,
        detail,
        List.of(),
        Map.of("WWW-Authenticate", "Bearer realm=\"licet\""));
  }
}
