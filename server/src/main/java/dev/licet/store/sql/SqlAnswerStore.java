package dev.licet.store.sql;

import dev.licet.domain.idempotency.AnswerStore;
import dev.licet.domain.idempotency.KeptAnswer;
import dev.licet.domain.idempotency.RequestId;
import dev.licet.domain.license.KeyVault;
import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Answers that are given again, their bodies sealed. */
final class SqlAnswerStore implements AnswerStore {
  /** The answer that a request was given. */
  private static final String FIND =
      """
      SELECT fingerprint, status, content_type, headers, sealed FROM idempotent_answers
      WHERE account_no = :account AND id = :id AND expires_at > :now
      """;

  /** Keeps an answer; one that is there has expired. */
  private static final String KEEP =
      """
      INSERT INTO idempotent_answers
        (account_no, id, fingerprint, status, content_type, headers, sealed, expires_at)
      VALUES (:account, :id, :fingerprint, :status, :content_type, :headers, :sealed, :expires_at)
      ON CONFLICT (account_no, id) DO UPDATE SET
        fingerprint = excluded.fingerprint, status = excluded.status,
        content_type = excluded.content_type, headers = excluded.headers, sealed = excluded.sealed, expires_at = excluded.expires_at
      """;

  /** Deletes the answers that expired first, of all accounts. */
  private static final String DELETE_EXPIRED =
      """
      DELETE FROM idempotent_answers WHERE (account_no, id) IN (
        SELECT account_no, id FROM idempotent_answers
        WHERE expires_at <= :now ORDER BY expires_at LIMIT :limit)
      """;

  private final Handle handle;
  private final Dialect dialect;
  private final KeyVault vault;

  SqlAnswerStore(Handle handle, Dialect dialect, KeyVault vault) {
    this.handle = handle;
    this.dialect = dialect;
    this.vault = vault;
  }

  @Override
  public boolean claim(RequestId request) {
    return dialect.tryLock() == null
        || handle
            .createQuery(dialect.tryLock())
            .bind("lock", ByteBuffer.wrap(request.id()).getLong())
            .mapTo(Boolean.class)
            .one();
  }

  @Override
  public Optional<Kept> find(RequestId request, Instant now) {
    return handle
        .createQuery(FIND)
        .bind("account", request.accountNo())
        .bind("id", request.id())
        .bind("now", now.toEpochMilli())
        .map((row, context) -> kept(row, request))
        .findOne();
  }

  @Override
  public void keep(RequestId request, KeptAnswer answer, Instant expiresAt) {
    handle
        .createUpdate(KEEP)
        .bind("account", request.accountNo())
        .bind("id", request.id())
        .bind("fingerprint", request.fingerprint())
        .bind("status", answer.status())
        .bind("content_type", answer.contentType())
        .bind("headers", Json.write(answer.headers()))
        .bind("sealed", vault.sealAnswer(answer.body(), request.id()))
        .bind("expires_at", expiresAt.toEpochMilli())
        .execute();
  }

  @Override
  public int deleteExpired(Instant now, int limit) {
    return handle
        .createUpdate(DELETE_EXPIRED)
        .bind("now", now.toEpochMilli())
        .bind("limit", limit)
        .execute();
  }

  private Kept kept(ResultSet row, RequestId request) throws SQLException {
    return new Kept(
        row.getBytes("fingerprint"),
        new KeptAnswer(
            row.getInt("status"),
            row.getString("content_type"),
            Json.pairs(row.getString("headers")),
            vault.openAnswer(row.getBytes("sealed"), request.id())));
  }
}
