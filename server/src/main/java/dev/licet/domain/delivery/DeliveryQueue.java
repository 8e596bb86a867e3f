package dev.licet.domain.delivery;

import dev.licet.domain.webhook.WebhookKeys;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is due at all webhooks, shared by all nodes. Each call is a transaction of its own.
 *
 * <p>Whoever takes a delivery has it until its lease ends. Then it is due again, whatever became of
 * the one who took it.
 */
public interface DeliveryQueue {
  /** A webhook at which something is due, and whose account may have it. */
  record Due(long webhookNo, long accountNo) {}

  /** How many deliveries a webhook can take. */
  record Want(long webhookNo, int count) {}

  /**
   * A delivery that this node has.
   *
   * @param attempts how many were made
   * @param leasedUntil tells this lease from others of the same delivery
   */
  record Taken(long no, long webhookNo, long accountNo, int attempts, Instant leasedUntil) {}

  /**
   * A message to be sent.
   *
   * @param url as it is stored; whether it may be called is looked at anew for each attempt
   * @param body not to be changed
   * @param revealed the keys that the body shows, which are to appear nowhere else
   */
  record Message(
      Taken delivery,
      String eventId,
      String url,
      boolean ed25519,
      WebhookKeys keys,
      byte[] body,
      List<String> revealed) {}

  /**
   * What came of an attempt.
   *
   * @param nextAt when it is tried again; {@code null} when it is not
   * @param attempt {@code null} when there was none, and the delivery is given back
   */
  record Result(
      Taken delivery, Outcome outcome, @Nullable Instant nextAt, @Nullable Attempt attempt) {}

  /** How an attempt ended. */
  enum Outcome {
    SUCCEEDED,
    /** It will be tried again. */
    RETRIED,
    /** That was the last attempt. */
    FAILED,
    /** The receiver wants nothing any more. */
    GONE,
    /** Nothing was tried. */
    RETURNED
  }

  /**
   * What a transaction did.
   *
   * @param failingSince of each webhook that something failed at, when that began
   */
  record Exchanged(List<Taken> taken, Map<Long, Instant> failingSince) {}

  /** What waits, all webhooks together. */
  record Backlog(long waiting, @Nullable Instant oldestDue) {}

  /** The webhooks at which something is due. */
  List<Due> due(Instant now);

  /**
   * Writes down what came of attempts, and takes what is due, oldest first. Of a result whose
   * delivery was taken or begun anew meanwhile, only the attempt is written down.
   *
   * @param leaseEnd of what is taken
   */
  Exchanged exchange(
      Collection<Result> results, Collection<Want> wants, Instant now, Instant leaseEnd);

  /**
   * The messages of deliveries to one webhook.
   *
   * @return none for those that are not there any more
   */
  List<Message> messages(long webhookNo, Collection<Taken> deliveries);

  Backlog backlog();
}
