package dev.licet.http;

/**
 * What answers a method on a path.
 *
 * @param template the path, with {@code {name}} for a part that varies
 * @param access who may call
 */
public record Route(String method, String template, Access access, Endpoint endpoint) {
  /** Who may call a route. */
  public enum Access {
    /** Anyone. */
    PUBLIC,
    /** Who has an API key. */
    API_KEY
  }
}
