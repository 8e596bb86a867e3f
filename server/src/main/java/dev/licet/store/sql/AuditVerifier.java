package dev.licet.store.sql;

import dev.licet.domain.audit.AuditChain;
import dev.licet.domain.audit.AuditEntry;
import dev.licet.domain.audit.ChainReport;
import dev.licet.domain.license.KeyVault;
import dev.licet.store.StoreOpenException;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Walks the chain of every account and names the first row that does not fit. */
public final class AuditVerifier {
  private static final int PAGE = 1_000;

  /** All accounts that have rows or should have some. */
  private static final String ACCOUNTS =
      """
      SELECT l.account_no, a.id FROM (
        SELECT account_no FROM audit_heads UNION SELECT account_no FROM audit_log) l
      LEFT JOIN accounts a ON a.no = l.account_no ORDER BY l.account_no
      """;

  /** What tells the secret that the database was written with. */
  private static final String SECRET =
      "SELECT value FROM installation WHERE name = 'secret_fingerprint'";

  /** The end of a chain. */
  private static final String HEAD = "SELECT seq, tag FROM audit_heads WHERE account_no = :account";

  /** A chain's next rows. */
  private static final String ROWS =
      AuditRows.SELECT + "WHERE account_no = :account AND seq > :seq ORDER BY seq LIMIT " + PAGE;

  private final Handle handle;
  private final AuditChain chain;

  private record Account(long no, String name) {}

  private record Head(long seq, byte[] tag) {}

  private AuditVerifier(Handle handle, KeyVault vault) {
    this.handle = handle;
    this.chain = new AuditChain(vault);
  }

  /**
   * What is found, account by account.
   *
   * @param handle in a transaction that sees one state of the database
   * @throws StoreOpenException when the rows were made with another secret
   */
  public static List<ChainReport> verify(Handle handle, KeyVault vault) {
    Optional<byte[]> fingerprint =
        handle.createQuery(SECRET).map((row, context) -> row.getBytes("value")).findOne();
    if (fingerprint.isEmpty() || !MessageDigest.isEqual(fingerprint.get(), vault.fingerprint())) {
      throw new StoreOpenException(
          "The database was written with another secret.",
          "Set LICET_SECRET or LICET_SECRET_FILE to the one that its servers have.");
    }
    return new AuditVerifier(handle, vault).verify();
  }

  private List<ChainReport> verify() {
    return handle
        .createQuery(ACCOUNTS)
        .map((row, context) -> new Account(row.getLong(1), name(row.getLong(1), row.getString(2))))
        .list()
        .stream()
        .map(this::verify)
        .toList();
  }

  private static String name(long no, @Nullable String id) {
    if (no == 0) {
      return "the installation";
    }
    return id == null ? "account " + no : id;
  }

  private ChainReport verify(Account account) {
    Head head =
        handle
            .createQuery(HEAD)
            .bind("account", account.no())
            .map((row, context) -> new Head(row.getLong("seq"), row.getBytes("tag")))
            .findOne()
            .orElse(new Head(0, AuditChain.start()));
    long seq = 0;
    byte[] tag = AuditChain.start();
    List<AuditEntry> rows = rows(account, Long.MIN_VALUE);
    while (!rows.isEmpty()) {
      for (AuditEntry row : rows) {
        Optional<String> fault = fault(row, seq, tag, head);
        if (fault.isPresent()) {
          return new ChainReport(account.name(), seq, tag, fault.get());
        }
        seq = row.seq();
        tag = row.tag();
      }
      rows = rows(account, seq);
    }
    return new ChainReport(account.name(), seq, tag, endFault(seq, tag, head));
  }

  private Optional<String> fault(AuditEntry row, long seq, byte[] tag, Head head) {
    if (row.seq() <= seq || row.seq() > head.seq()) {
      return Optional.of("row " + row.seq() + " (" + row.id() + ") was inserted");
    }
    if (row.seq() > seq + 1) {
      return Optional.of("row " + (seq + 1) + " is missing");
    }
    return MessageDigest.isEqual(chain.tag(tag, row), row.tag())
        ? Optional.empty()
        : Optional.of("row " + row.seq() + " (" + row.id() + ") was changed or inserted");
  }

  private static @Nullable String endFault(long seq, byte[] tag, Head head) {
    if (seq < head.seq()) {
      return "row " + (seq + 1) + " is missing";
    }
    return MessageDigest.isEqual(tag, head.tag()) ? null : "the mark of the last row was changed";
  }

  private List<AuditEntry> rows(Account account, long after) {
    return handle
        .createQuery(ROWS)
        .bind("account", account.no())
        .bind("seq", after)
        .map((row, context) -> AuditRows.entry(row))
        .list();
  }
}
