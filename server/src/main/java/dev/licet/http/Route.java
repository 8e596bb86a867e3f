package dev.licet.http;

import dev.licet.domain.account.Scope;

/**
 * What answers a method on a path.
 *
 * @param template the path, with {@code {name}} for a part that varies
 * @param access who may call
 */
public record Route(String method, String template, Access access, Endpoint endpoint) {
  /**
   * Whether it asks about the server, which answers from memory, rather than about what it keeps.
   */
  boolean isAboutServer() {
    return access instanceof Access.Public && method.equals("GET") && !template.contains("{");
  }

  /** Who may call a route. */
  public sealed interface Access {
    /** Anyone. */
    record Public() implements Access {}

    /** Who has an API key with a scope. */
    record Keyed(Scope scope) implements Access {}

    /** Who has an operator key. */
    record Operator() implements Access {}

    Access PUBLIC = new Public();
    Access OPERATOR = new Operator();

    /** Who has an API key with this scope. */
    static Access needs(Scope scope) {
      return new Keyed(scope);
    }
  }
}
