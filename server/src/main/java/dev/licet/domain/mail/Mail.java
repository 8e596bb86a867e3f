package dev.licet.domain.mail;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message to a buyer that waits, or was sent.
 *
 * @param no its number inside the database
 * @param id {@code eml_...}: the same in every attempt
 * @param licenses the ids of the licences that it tells of, all one buyer's
 * @param attempts how many were made
 * @param error what went wrong last
 * @param dueAt when it is tried next; {@code null} when there is nothing left to do
 */
public record Mail(
    long no,
    String id,
    Tenant tenant,
    List<String> licenses,
    Status status,
    int attempts,
    @Nullable String error,
    @Nullable Instant dueAt,
    Instant createdAt) {
  public Mail {
    licenses = List.copyOf(licenses);
  }

  /** Where it stands. */
  public enum Status {
    PENDING,
    SENT,
    FAILED
  }
}
