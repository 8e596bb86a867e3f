package dev.licet.domain.account;

import dev.licet.domain.FailureException;
import dev.licet.domain.Stores;
import dev.licet.domain.Transactions;
import dev.licet.domain.audit.AuditRecord;
import dev.licet.domain.id.Ids;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the installation's operators. No call of the API reaches them, so that who got hold
 * of one can neither make another nor take away the rightful ones.
 */
public final class OperatorKeys {
  /** Their changes stand in the log of no account. */
  private static final long INSTALLATION = 0;

  private final Transactions transactions;
  private final Ids ids;
  private final SecureRandom random;
  private final InstantSource clock;

  public OperatorKeys(
      Transactions transactions, Ids ids, SecureRandom random, InstantSource clock) {
    this.transactions = transactions;
    this.ids = ids;
    this.random = random;
    this.clock = clock;
  }

  /** A new key; the text is known now and never again. */
  public record Created(OperatorKey key, ApiKeyText text) {}

  /** Oldest first. */
  public List<OperatorKey> list() {
    return transactions.read(stores -> stores.apiKeys().operators());
  }

  /** Adds a key beside those that there are. */
  public Created create() {
    return transactions.write(stores -> add(stores, "operator_key.created", null));
  }

  /**
   * Puts a new key into the place of another one, which ends at once.
   *
   * @throws FailureException when there is none of that id
   */
  public Created rotate(String id) {
    return transactions.write(stores -> {
      OperatorKey old = findAlone(stores, id);
      end(stores, old);
      return add(stores, "operator_key.rotated", old);
    });
  }

  /**
   * Ends a key, unless it is the only one.
   *
   * @return whether it is ended
   * @throws FailureException when there is none of that id
   */
  public boolean revoke(String id) {
    return transactions.write(stores -> {
      OperatorKey key = findAlone(stores, id);
      if (stores.apiKeys().operators().size() == 1) {
        return false;
      }
      end(stores, key);
      record(stores, "operator_key.revoked", key.id(), key, null);
      return true;
    });
  }

  private Created add(Stores stores, String action, @Nullable OperatorKey before) {
    ApiKeyText text = ApiKeyText.generate(ApiKeyText.Kind.OPERATOR, random);
    OperatorKey key =
        new OperatorKey(
            ids.next(Ids.API_KEY),
            text.hash(),
            text.hint(),
            clock.instant().truncatedTo(ChronoUnit.MILLIS));
    stores.apiKeys().insert(key);
    record(stores, action, key.id(), before, key);
    return new Created(key, text);
  }

  private static void end(Stores stores, OperatorKey key) {
    stores.apiKeys().delete(key);
    stores.changes().apiKeyChanged(INSTALLATION);
  }

  private static OperatorKey findAlone(Stores stores, String id) {
    stores.apiKeys().hasNoOperator(); // nobody else ends this one or the others meanwhile
    return stores.apiKeys().operators().stream()
        .filter(key -> key.id().equals(id))
        .findFirst()
        .orElseThrow(() -> FailureException.notFound("operator key"));
  }

  private static void record(
      Stores stores,
      String action,
      String id,
      @Nullable OperatorKey before,
      @Nullable OperatorKey after) {
    stores.audit().append(AuditRecord.shared(INSTALLATION, action, id, before, after));
  }
}
