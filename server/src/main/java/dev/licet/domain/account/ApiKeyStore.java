package dev.licet.domain.account;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** API keys and operator keys, inside one transaction. */
public interface ApiKeyStore {
  /**
   * Adds a key; its {@link ApiKey#no()} is not looked at.
   *
   * @return the key with its number
   */
  ApiKey insert(ApiKey key);

  /** The key with this hash, whatever became of it. */
  Optional<Credential.OfAccount> findByHash(byte[] hash);

  /**
   * One key that a tenant may see: in live mode all of the account's, in test mode those of test
   * mode.
   */
  Optional<ApiKey> find(Tenant tenant, String id);

  /** As {@link #find}, and keeps it from other changes until the transaction ends. */
  Optional<ApiKey> lock(Tenant tenant, String id);

  /** Those that a tenant may see and that are not revoked, newest first. */
  Page<ApiKey> list(Tenant tenant, int limit, @Nullable String startingAfter);

  /** Ends keys at a moment: a revoked one stays as it is. */
  void revoke(long keyNo, Instant at);

  /** Lets a key expire at a moment, unless it does so earlier. */
  void expire(long keyNo, Instant at);

  /** Notes that keys were used, unless a later use is noted already. */
  void noteUse(Collection<Long> keyNos, Instant at);

  /** Whether there is no operator key. Holds other nodes' first starts back meanwhile. */
  boolean hasNoOperator();

  void insert(OperatorKey key);

  /** All operator keys, oldest first. */
  List<OperatorKey> operators();

  /** Removes an operator key. */
  void delete(OperatorKey key);

  Optional<Credential.OfOperator> findOperatorByHash(byte[] hash);
}
