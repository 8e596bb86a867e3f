package dev.licet.domain.event;

/**
 * Who did something.
 *
 * @param text {@code api_key:key_...}, {@code application}, {@code lease}
 */
public record Actor(String text) {
  /** An application that validated or gave a seat back. */
  public static final Actor APPLICATION = new Actor("application");

  /** Nobody: the lease of a seat was over. */
  public static final Actor LEASE = new Actor("lease");

  public static Actor apiKey(String id) {
    return new Actor("api_key:" + id);
  }
}
