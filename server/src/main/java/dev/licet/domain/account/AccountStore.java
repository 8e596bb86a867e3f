package dev.licet.domain.account;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Accounts, inside one transaction. */
public interface AccountStore {
  /**
   * Whether the installation has no account yet. Holds other nodes' first starts back meanwhile.
   */
  boolean isEmpty();

  /**
   * Adds an account; its {@link Account#no()} is not looked at.
   *
   * @return the account with its number
   */
  Account insert(Account account);

  Optional<Account> find(String id);

  Optional<Account> find(long accountNo);

  /** Finds an account and keeps other transactions from locking it until this one ends. */
  Optional<Account> lock(long accountNo);

  /** Newest first. {@code startingAfter} is the id of the last one seen. */
  Page<Account> list(int limit, @Nullable String startingAfter);

  void update(Account account);

  /** Licences of a tenant that count at {@code now}: active or suspended, and not over. */
  long countLicenses(Tenant tenant, Instant now);

  /** Deleted accounts whose time of grace is over, at most ten. */
  List<Account> due(Instant now);

  /** The numbers of all licences of an account. */
  Set<Long> licenseNos(long accountNo);

  /**
   * Removes a part of what belongs to a deleted account, and in the end the account.
   *
   * @return whether nothing is left
   */
  boolean purge(long accountNo);

  /**
   * Remembers the fingerprint of the server's secret the first time.
   *
   * @return whether {@code fingerprint} is the remembered one
   */
  boolean confirmSecret(byte[] fingerprint);
}
