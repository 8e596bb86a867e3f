package dev.licet.http;

/**
 * An endpoint that asks others than the database before it begins. That happens outside of all
 * transactions, which would keep everyone waiting for those others.
 */
public interface PreparedEndpoint extends Endpoint {
  /**
   * Asks them.
   *
   * @return what answers the request, perhaps with a refusal
   */
  Endpoint prepare(Request request);

  @Override
  default Response handle(Request request) {
    return prepare(request).handle(request);
  }
}
