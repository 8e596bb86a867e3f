package dev.licet.store.sql;

import dev.licet.core.LicenseKey;
import dev.licet.domain.Tenant;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.license.License;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The keys of licences: found by a hash, shown again from a cipher, never in the clear. */
final class LicenseKeys {
  /** Symbols at a key's end that lists and logs show. */
  private static final int HINT = 4;

  /** Whether an account has a key, a retired one too. */
  private static final String COUNT =
      "SELECT COUNT(*) FROM license_keys WHERE lookup = :lookup AND account_no = :account";

  /** Whether anyone has a key. */
  private static final String COUNT_ALL =
      "SELECT COUNT(*) FROM license_keys WHERE lookup = :lookup";

  /** Adds a licence's current key unless the account has it. */
  private static final String INSERT =
      """
      INSERT INTO license_keys
        (lookup, account_no, license_no, sealed, hint, retires_at, created_at)
      VALUES (:lookup, :account, :license, :sealed, :hint, NULL, :created_at)
      ON CONFLICT (lookup, account_no) DO NOTHING
      """;

  /** Lets the current key retire, and with it those that would have lived longer. */
  private static final String RETIRE =
      """
      UPDATE license_keys SET retires_at = :retires_at
      WHERE license_no = :license AND (retires_at IS NULL OR retires_at > :retires_at)
      """;

  /** Makes a key the current one again. */
  private static final String RESTORE =
      """
      UPDATE license_keys SET retires_at = NULL
      WHERE lookup = :lookup AND account_no = :account AND license_no = :license
      """;

  /** Forgets the keys that retired first, of all accounts. */
  static final String FORGET_RETIRED =
      """
      DELETE FROM license_keys WHERE (lookup, account_no) IN (
        SELECT lookup, account_no FROM license_keys
        WHERE retires_at IS NOT NULL AND retires_at < :before ORDER BY retires_at LIMIT :limit)
      """;

  private final Handle handle;
  private final KeyVault vault;

  LicenseKeys(Handle handle, KeyVault vault) {
    this.handle = handle;
    this.vault = vault;
  }

  /**
   * Whether a key cannot be given to another licence of a tenant. One of Licet's own form is one
   * licence's in all accounts: nobody guesses it, so who brings one that is there has seen it.
   */
  boolean isTaken(String key, Tenant tenant) {
    boolean ours = LicenseKey.read(key) instanceof LicenseKey.Reading.Ok;
    Query query = handle.createQuery(ours ? COUNT_ALL : COUNT).bind("lookup", vault.lookup(key));
    if (!ours) {
      query.bind("account", tenant.accountNo());
    }
    return query.mapTo(Long.class).one() > 0;
  }

  /** Adds the current key of a licence that has none; false when the account has it already. */
  boolean insert(License license, String key, Instant createdAt) {
    return handle
            .createUpdate(INSERT)
            .bind("lookup", vault.lookup(key))
            .bind("account", license.tenant().accountNo())
            .bind("license", license.no())
            .bind("sealed", vault.seal(key, license.id()))
            .bind("hint", key.substring(Math.max(0, key.length() - HINT)))
            .bind("created_at", createdAt.toEpochMilli())
            .execute()
        > 0;
  }

  /** Lets the current key retire and adds another; false, changing nothing, when that is taken. */
  boolean replace(License license, String newKey, Instant oldRetiresAt) {
    if (isTaken(newKey, license.tenant())) {
      return false;
    }
    handle
        .createUpdate(RETIRE)
        .bind("retires_at", oldRetiresAt.toEpochMilli())
        .bind("license", license.no())
        .execute();
    if (insert(license, newKey, license.updatedAt())) {
      return true;
    }
    handle
        .createUpdate(RESTORE)
        .bind("lookup", vault.lookup(license.key()))
        .bind("account", license.tenant().accountNo())
        .bind("license", license.no())
        .execute();
    return false;
  }
}
