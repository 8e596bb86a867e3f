package dev.licet.domain.event;

/**
 * Who did something.
 *
 * @param text {@code api_key:key_...}, {@code operator:key_...}, {@code checkout:chk_...}, {@code
 *     application}, {@code lease}, {@code system}, {@code command}
 */
public record Actor(String text) {
  /** An application that validated or gave a seat back. */
  public static final Actor APPLICATION = new Actor("application");

  /** Nobody: the lease of a seat was over. */
  public static final Actor LEASE = new Actor("lease");

  /** The server itself. */
  public static final Actor SYSTEM = new Actor("system");

  /** Someone at the command line of the server. */
  public static final Actor COMMAND = new Actor("command");

  public static Actor operator(String id) {
    return new Actor("operator:" + id);
  }

  /** A shop, whose provider told of an order. */
  public static Actor checkout(String connectionId) {
    return new Actor("checkout:" + connectionId);
  }

  public static Actor apiKey(String id) {
    return new Actor("api_key:" + id);
  }
}
