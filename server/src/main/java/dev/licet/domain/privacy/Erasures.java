package dev.licet.domain.privacy;

import dev.licet.domain.Caller;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.id.Ids;
import dev.licet.domain.privacy.Erasure.Mode;
import dev.licet.domain.privacy.Erasure.Phase;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;

/**
 * Requests to take a person out of all that the installation knows, but for the audit log. {@link
 * ErasureJob} does it.
 */
public final class Erasures {
  /** RFC 2606: no mail goes there. */
  private static final String NOWHERE = "@erased.invalid";

  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public Erasures(Transactions transactions, Ids ids, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /** What the audit log has of a request, which is not whom it was about. */
  public record Requested(Mode mode, String pseudonym) {}

  /**
   * Asks for a person to be erased. Asking again while that is under way changes nothing.
   *
   * @throws FailureException when the tenant has nothing of the person
   */
  public Erasure begin(Caller caller, String email, Mode mode) {
    String lower = email.toLowerCase(Locale.ROOT);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return transactions.write(stores -> {
      Optional<Erasure> underWay = stores.erasures().find(caller.tenant(), lower);
      if (underWay.isPresent()) {
        return underWay.get();
      }
      requireKnown(stores, caller, lower);
      String id = ids.next(Ids.ERASURE);
      Erasure erasure =
          new Erasure(id, caller.tenant(), lower, id + NOWHERE, mode, Phase.LICENSES, "", now);
      if (!stores.erasures().insert(erasure)) {
        return stores.erasures().find(caller.tenant(), lower).orElse(erasure);
      }
      stores
          .audit()
          .append(
              new AuditRecord(
                  caller.tenant().accountNo(),
                  caller.tenant().live(),
                  "customer.erased",
                  id,
                  null,
                  new Requested(mode, erasure.pseudonym()),
                  null));
      return erasure;
    });
  }

  /**
   * Looks whether there is anything of a person.
   *
   * @throws FailureException when there is not
   */
  public void requireKnown(Caller caller, String email) {
    transactions.read(stores -> {
      requireKnown(stores, caller, email.toLowerCase(Locale.ROOT));
      return true;
    });
  }

  private static void requireKnown(Stores stores, Caller caller, String lower) {
    if (!stores.erasures().knows(caller.tenant(), lower)) {
      throw FailureException.notFound("customer");
    }
  }
}
