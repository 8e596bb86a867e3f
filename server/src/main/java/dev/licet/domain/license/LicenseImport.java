package dev.licet.domain.license;

import dev.licet.domain.Caller;
import dev.licet.domain.Failure;
import dev.licet.domain.Failure.Conflict.Code;
import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings in licences from elsewhere, many in one transaction. */
public final class LicenseImport {
  private final Transactions transactions;
  private final LicenseIssuer issuer;
  private final KeyVault vault;

  public LicenseImport(Transactions transactions, LicenseIssuer issuer, KeyVault vault) {
    this.transactions = transactions;
    this.issuer = issuer;
    this.vault = vault;
  }

  /** A licence to bring in. */
  public record Item(NewLicense wanted, Past past) {}

  /** What came of one licence. */
  public sealed interface Outcome {
    record Created(String id) implements Outcome {}

    /**
     * The account has a licence with the brought key; it is left as it is.
     *
     * @param id {@code null} when the key is retired, or belongs to the other mode or account
     */
    record Exists(@Nullable String id) implements Outcome {}

    record Failed(FailureException cause) implements Outcome {}
  }

  /**
   * Adds licences in one transaction. One that cannot be added does not keep the others out.
   *
   * @return what came of each, in the same order
   */
  public List<Outcome> add(Caller caller, List<Item> items) {
    List<Prepared> prepared = items.stream().map(this::prepare).toList();
    return transactions.write(stores -> {
      List<Outcome> outcomes = new ArrayList<>(prepared.size());
      for (Prepared one : prepared) {
        outcomes.add(one.failure() == null ? add(stores, caller, one) : one.failure());
      }
      return outcomes;
    });
  }

  /** Exactly one of the two is there. */
  private record Prepared(LicenseIssuer.@Nullable Draft draft, Outcome.@Nullable Failed failure) {}

  private Prepared prepare(Item item) {
    try {
      return new Prepared(issuer.prepare(item.wanted(), item.past()), null);
    } catch (FailureException e) {
      return new Prepared(null, new Outcome.Failed(e));
    }
  }

  private Outcome add(Stores stores, Caller caller, Prepared prepared) {
    LicenseIssuer.Draft draft = prepared.draft();
    if (draft == null) {
      throw new IllegalStateException("neither a draft nor a failure");
    }
    try {
      return new Outcome.Created(issuer.issue(stores, caller, draft).id());
    } catch (FailureException e) {
      boolean taken =
          e.failure() instanceof Failure.Conflict conflict && conflict.code() == Code.KEY_TAKEN;
      return taken ? existing(stores, caller, draft) : new Outcome.Failed(e);
    }
  }

  private Outcome existing(Stores stores, Caller caller, LicenseIssuer.Draft draft) {
    String key = draft.broughtKey();
    if (key == null) {
      throw new IllegalStateException("a new key is taken: the random source is broken");
    }
    LicenseFilter withKey =
        new LicenseFilter(
            null, null, null, null, vault.lookup(key), null, null, draft.preparedAt());
    return new Outcome.Exists(
        stores.licenses().list(caller.tenant(), withKey, 1, null).data().stream()
            .findFirst()
            .map(License::id)
            .orElse(null));
  }
}
