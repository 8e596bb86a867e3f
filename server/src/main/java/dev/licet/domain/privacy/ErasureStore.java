package dev.licet.domain.privacy;

import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Persons who are being erased, and what the tables know of them, inside one transaction. What goes
 * through a table does a part of it and says where to go on; empty when it is at the end.
 */
public interface ErasureStore {
  Optional<Erasure> find(Tenant tenant, String email);

  /** Whether a licence of the tenant is, or lately was, a person's, or a shop knows the person. */
  boolean knows(Tenant tenant, String email);

  /**
   * Adds one.
   *
   * @return false when the person is being erased already
   */
  boolean insert(Erasure erasure);

  /** The one that was asked for first. */
  Optional<Erasure> oldest();

  /** Writes down how far it is. */
  void update(Erasure erasure);

  void delete(Erasure erasure);

  /** The numbers of licences that a person has, those above {@code after}, in rising order. */
  List<Long> licenses(Tenant tenant, String email, long after, int limit);

  /** Takes the person out of events, and the answers of receivers that these were sent to. */
  Optional<String> scrubEvents(Erasure erasure, int limit);

  /** Takes the person out of answers that repeated calls are given. */
  Optional<String> scrubAnswers(Erasure erasure, int limit);

  /** Takes the person out of the orders of shops, and of what was sent about these. */
  Optional<String> scrubOrders(Erasure erasure, int limit);

  /** Takes the person out of what else shops sent. */
  Optional<String> scrubMessages(Erasure erasure, int limit);

  /** Sends the person no mail any more, and forgets what mail servers said of the address. */
  void endMail(Erasure erasure, Instant now);

  /** Removes the seats of licences, and what applications said when they consumed. */
  void removeSeats(Collection<Long> licenseNos);

  /**
   * Removes the names of domains and devices from what was counted of licences, and their buyers
   * from what shops told.
   */
  void removeNames(Collection<Long> licenseNos);
}
