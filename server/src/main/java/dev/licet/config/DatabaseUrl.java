package dev.licet.config;

import java.util.Optional;

/**
 * Where a PostgreSQL database is, and who we are to it.
 *
 * @param jdbcUrl for the driver, with its parameters, without user and password
 * @param user the user to sign in as; absent: the driver's own default
 * @param password the password; absent: none is sent
 * @param display host, port and database, such as {@code db.example.com:5432/licet}: for people and
 *     logs
 */
public record DatabaseUrl(
    String jdbcUrl, Optional<String> user, Optional<Secret> password, String display) {

  /**
   * Reads {@code postgresql://user:password@host:port/database?parameters}, the same with {@code
   * postgres://}, or {@code jdbc:postgresql:...}.
   *
   * @throws IllegalArgumentException if it is none of these; the message does not quote the text,
   *     which may hold a password
   */
  public static DatabaseUrl parse(String text) {
    return DatabaseUrlReader.read(text);
  }

  /** The URL as people may see it: the password masked, the parameters left out. */
  public String masked() {
    String who =
        user.map(name -> name + (password.isPresent() ? ":" + Secret.MASK : "") + "@").orElse("");
    return "postgresql://" + who + display;
  }

  @Override
  public String toString() {
    return masked();
  }
}
