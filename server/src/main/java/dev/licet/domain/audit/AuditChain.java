package dev.licet.domain.audit;

import dev.licet.domain.CanonicalBytes;
import dev.licet.domain.license.KeyVault;

/**
 * Ties each row of an account's log to the row before it. The tags are made with a secret that is
 * not in the database, so that whoever can write there alone cannot make a row that fits.
 */
public final class AuditChain {
  private static final int TAG_BYTES = 32;

  private final KeyVault vault;

  public AuditChain(KeyVault vault) {
    this.vault = vault;
  }

  /** The tag before an account's first row. */
  public static byte[] start() {
    return new byte[TAG_BYTES];
  }

  /**
   * The tag that a row has.
   *
   * @param previous the tag of the row before it
   */
  public byte[] tag(byte[] previous, AuditEntry row) {
    Boolean live = row.live();
    return vault.auditTag(
        new CanonicalBytes()
            .add(previous)
            .add(row.accountNo())
            .add(row.seq())
            .add(row.id())
            .add(row.at().toEpochMilli())
            .add(live == null ? null : live ? "live" : "test")
            .add(row.actor().text())
            .add(row.address())
            .add(row.requestId())
            .add(row.action())
            .add(row.target())
            .add(row.reason())
            .add(row.before())
            .add(row.after())
            .toByteArray());
  }
}
