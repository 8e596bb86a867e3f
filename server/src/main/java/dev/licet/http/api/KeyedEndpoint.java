package dev.licet.http.api;

import dev.licet.domain.validation.KeyedCalls;
import dev.licet.domain.validation.KeyedCalls.Result;
import dev.licet.http.AnswerWriter;
import dev.licet.http.Endpoint;
import dev.licet.http.PreparedEndpoint;
import dev.licet.http.Request;
import dev.licet.http.Response;
import java.util.Optional;
import java.util.function.Function;

/** What an application asks for with a key. Whose key opens nothing begins no transaction. */
abstract class KeyedEndpoint<T> implements PreparedEndpoint {
  private final KeyedCalls calls;

  KeyedEndpoint(KeyedCalls calls) {
    this.calls = calls;
  }

  /**
   * A call as it was asked for.
   *
   * @param work as in {@link KeyedCalls#call}
   */
  record Asked<T>(String typedKey, Function<byte[], Optional<T>> work) {}

  /** Reads a request. */
  abstract Asked<T> read(Request request);

  /** The answer to a call that was carried out. */
  abstract Response answer(T done);

  @Override
  public final Endpoint prepare(Request request) {
    Asked<T> asked = read(request);
    return switch (calls.admit(asked.typedKey(), request.address())) {
      case Result.Refused<KeyedCalls.Admitted>(var answer) ->
          new Refusal(AnswerWriter.response(answer, null));
      case Result.Done<KeyedCalls.Admitted>(var caller) ->
          ignored -> carryOut(caller, asked.work());
    };
  }

  private Response carryOut(KeyedCalls.Admitted caller, Function<byte[], Optional<T>> work) {
    return switch (calls.call(caller, work)) {
      case Result.Done<T>(T done) -> answer(done);
      case Result.Refused<T>(var answer) -> AnswerWriter.response(answer, null);
    };
  }
}
