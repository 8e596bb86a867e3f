package dev.licet.domain.mail;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Mail and its templates, inside one transaction. */
public interface MailStore {
  /** Adds a message; its {@link Mail#no()} is not looked at. */
  void add(Mail mail);

  /** Takes messages that are due, oldest first; nobody else takes them before {@code until}. */
  List<Mail> take(Instant now, Instant until, int limit);

  /**
   * Writes what came of an attempt.
   *
   * @param lease when it was to be free again as it was taken
   * @return false when another has taken it since
   */
  boolean finish(Mail mail, Instant lease, Instant now);

  /**
   * Removes messages of before a moment that are done, the oldest first.
   *
   * @return how many
   */
  int forget(Instant before, int limit);

  Optional<MailTemplate> template(Tenant tenant);

  void putTemplate(Tenant tenant, MailTemplate template);

  /** Goes back to the one that everybody has from the start. */
  void removeTemplate(Tenant tenant);
}
