package dev.licet.http;

/**
 * An endpoint that does something before it begins: asks others than the database, or looks whether
 * the caller may begin at all. That happens outside of all transactions, which would keep everyone
 * waiting meanwhile.
 */
public interface PreparedEndpoint extends Endpoint {
  /**
   * Does that.
   *
   * @return what answers the request, perhaps with a refusal; a {@link Refusal} leaves no trace
   */
  Endpoint prepare(Request request);

  /** An answer to who may not begin. It is not kept for when the request comes again. */
  record Refusal(Response response) implements Endpoint {
    @Override
    public Response handle(Request request) {
      return response;
    }
  }

  @Override
  default Response handle(Request request) {
    return prepare(request).handle(request);
  }
}
