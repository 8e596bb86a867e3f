package dev.licet.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.licet.domain.Failure;
import dev.licet.domain.Failure.FieldError;
import dev.licet.domain.FailureException;
import dev.licet.domain.StoreUnavailableException;
import dev.licet.http.ProblemException.Problem;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.RejectedExecutionException;

/** The only place where what went wrong becomes an HTTP answer. */
public final class Problems {
  private static final System.Logger LOG = System.getLogger(Problems.class.getName());

  /** Seconds after which another try makes sense. */
  private static final String RETRY_SECONDS = "1";

  private Problems() {}

  /** The answer to a request that ended with an exception. */
  static Response of(Throwable thrown) {
    return switch (thrown) {
      case ProblemException e -> response(e.problem());
      case FailureException e -> response(of(e.failure()));
      case StoreUnavailableException e -> {
        LOG.log(Level.WARNING, "the database is away: {0}", e.getMessage());
        yield unavailable();
      }
      case RejectedExecutionException e -> overloaded();
      default -> fault(thrown);
    };
  }

  /** The answer while the database cannot be reached. */
  public static Response unavailable() {
    return response(
        new Problem(
            ProblemCode.TEMPORARILY_UNAVAILABLE,
            "The database cannot be reached. Try again in " + RETRY_SECONDS + " s.",
            List.of(),
            Map.of("Retry-After", RETRY_SECONDS)));
  }

  /** The answer while more is asked at once than there is room for. */
  static Response overloaded() {
    return response(
        new Problem(
            ProblemCode.TEMPORARILY_UNAVAILABLE,
            "The server is overloaded. Try again in " + RETRY_SECONDS + " s.",
            List.of(),
            Map.of("Retry-After", RETRY_SECONDS)));
  }

  /**
   * The answer to one who asks too often.
   *
   * @param waitNanos until the next request would be let through
   */
  public static Response rateLimited(long waitNanos, String detail) {
    String seconds = seconds(Duration.ofNanos(waitNanos));
    return response(
        new Problem(
            ProblemCode.RATE_LIMITED,
            detail + " Try again in " + seconds + " s.",
            List.of(),
            Map.of("Retry-After", seconds)));
  }

  /**
   * What went wrong with one of many, for a report: {@code code}, {@code detail}, {@code errors}.
   */
  public static ObjectNode summary(RuntimeException thrown) {
    ObjectNode summary =
        switch (thrown) {
          case ProblemException e -> body(e.problem());
          case FailureException e -> body(of(e.failure()));
          case StoreUnavailableException e ->
              body(problem(ProblemCode.TEMPORARILY_UNAVAILABLE, "The database cannot be reached."));
          default -> throw thrown;
        };
    return summary.retain("code", "detail", "errors");
  }

  /** Whole seconds, at least one, after which a wait is over. */
  private static String seconds(Duration wait) {
    return Long.toString(Math.max(1, wait.plusNanos(999_999_999).toSeconds()));
  }

  private static Problem of(Failure failure) {
    return switch (failure) {
      case Failure.NotFound(String detail) -> problem(ProblemCode.NOT_FOUND, detail);
      case Failure.InvalidRequest invalid ->
          new Problem(ProblemCode.INVALID_REQUEST, invalid.detail(), invalid.errors(), Map.of());
      case Failure.Conflict(Failure.Conflict.Code code, String detail) ->
          problem(ProblemCode.valueOf(code.name()), detail);
      case Failure.SeatReleaseLimit(Duration retryAfter, String detail) ->
          new Problem(
              ProblemCode.SEAT_RELEASE_LIMIT_REACHED,
              detail,
              List.of(),
              Map.of("Retry-After", seconds(retryAfter)));
      case Failure.Forbidden(Failure.Forbidden.Code code, String detail) ->
          problem(ProblemCode.valueOf(code.name()), detail);
      case Failure.ReportTooLarge(String detail) -> problem(ProblemCode.REPORT_TOO_LARGE, detail);
      case Failure.PreconditionFailed(String detail) ->
          problem(ProblemCode.PRECONDITION_FAILED, detail);
    };
  }

  private static Problem problem(ProblemCode code, String detail) {
    return new Problem(code, detail, List.of(), Map.of());
  }

  private static Response fault(Throwable thrown) {
    String id = UUID.randomUUID().toString();
    LOG.log(Level.ERROR, "fault " + id, thrown);
    ObjectNode body =
        body(
            problem(
                ProblemCode.INTERNAL_ERROR,
                "Something went wrong in the server. Its log tells more under the id in"
                    + " instance."));
    body.put("instance", "urn:uuid:" + id);
    return Response.of(ProblemCode.INTERNAL_ERROR.status(), Response.PROBLEM, Json.bytes(body));
  }

  private static Response response(Problem problem) {
    Response response =
        Response.of(problem.code().status(), Response.PROBLEM, Json.bytes(body(problem)));
    for (Map.Entry<String, String> header : problem.headers().entrySet()) {
      response = response.with(header.getKey(), header.getValue());
    }
    return response;
  }

  private static ObjectNode body(Problem problem) {
    ObjectNode body = Json.object();
    body.put("type", problem.code().type());
    body.put("title", problem.code().title());
    body.put("status", problem.code().status());
    body.put("detail", problem.detail());
    body.put("code", problem.code().name());
    if (!problem.errors().isEmpty()) {
      ArrayNode errors = body.putArray("errors");
      for (FieldError error : problem.errors()) {
        errors.addObject().put("pointer", fragment(error.pointer())).put("detail", error.detail());
      }
    }
    return body;
  }

  /** A JSON Pointer as a URI fragment; the name of a query parameter stays as it is. */
  private static String fragment(String pointer) {
    return pointer.startsWith("?") ? pointer : "#" + pointer;
  }
}
