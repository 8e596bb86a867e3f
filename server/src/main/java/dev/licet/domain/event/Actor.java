package dev.licet.domain.event;

/**
 * Who did something.
 *
 * @param text {@code api_key:key_...}, {@code application}, {@code lease}, {@code system}
 */
public record Actor(String text) {
  /** An application that validated or gave a seat back. */
  public static final Actor APPLICATION = new Actor("application");

  /** Nobody: the lease of a seat was over. */
  public static final Actor LEASE = new Actor("lease");

  /** The server itself. */
  public static final Actor SYSTEM = new Actor("system");

  public static Actor apiKey(String id) {
    return new Actor("api_key:" + id);
  }
}
