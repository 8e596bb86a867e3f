package dev.licet.http;

/** Answers one kind of request. Runs on a virtual thread and may block. */
@FunctionalInterface
public interface Endpoint {
  /**
   * Answers a request.
   *
   * @throws ProblemException or another exception that {@link Problems} knows how to answer
   */
  Response handle(Request request);
}
