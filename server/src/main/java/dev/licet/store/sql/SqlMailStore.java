package dev.licet.store.sql;

import dev.licet.domain.Tenant;
import dev.licet.domain.mail.Mail;
import dev.licet.domain.mail.MailStore;
import dev.licet.domain.mail.MailTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Mail and its templates. */
final class SqlMailStore implements MailStore {
  /** Adds a message. */
  private static final String INSERT =
      """
      INSERT INTO mails (id, account_no, live, licenses, status, attempts, due_at, created_at)
      VALUES (:id, :account, :live, :licenses, :status, :attempts, :due_at, :created_at)
      """;

  /** Those that are due first and that nobody else is taking. */
  private static final String DUE =
      "SELECT no FROM mails WHERE due_at <= :now ORDER BY due_at, no LIMIT :rows <skip_locked>";

  /** Keeps others from a message for a while. */
  private static final String TAKE =
      """
      UPDATE mails SET due_at = :until WHERE no = :no
      RETURNING no, id, account_no, live, licenses, status, attempts, error, due_at, created_at
      """;

  /** Writes what came of an attempt, unless another has the message by now. */
  private static final String FINISH =
      """
      UPDATE mails SET status = :status, attempts = :attempts, error = :error, due_at = :due_at,
        finished_at = :finished_at
      WHERE no = :no AND due_at = :lease
      """;

  /** Removes the oldest that are done. */
  private static final String FORGET =
      """
      DELETE FROM mails WHERE no IN
        (SELECT no FROM mails WHERE created_at < :before AND due_at IS NULL
         ORDER BY created_at LIMIT :limit)
      """;

  private static final String TEMPLATE =
      """
      SELECT subject, text, html, updated_at FROM mail_templates
      WHERE account_no = :account AND live = :live
      """;

  private static final String PUT_TEMPLATE =
      """
      INSERT INTO mail_templates (account_no, live, subject, text, html, updated_at)
      VALUES (:account, :live, :subject, :text, :html, :updated_at)
      ON CONFLICT (account_no, live) DO UPDATE SET subject = excluded.subject,
        text = excluded.text, html = excluded.html, updated_at = excluded.updated_at
      """;

  private static final String REMOVE_TEMPLATE =
      "DELETE FROM mail_templates WHERE account_no = :account AND live = :live";

  private final Handle handle;

  SqlMailStore(Handle handle) {
    this.handle = handle;
  }

  @Override
  public void add(Mail mail) {
    of(handle.createUpdate(INSERT), mail.tenant())
        .bind("id", mail.id())
        .bind("licenses", Json.write(mail.licenses()))
        .bind("status", text(mail.status()))
        .bind("attempts", mail.attempts())
        .bind("due_at", Rows.millis(mail.dueAt()))
        .bind("created_at", mail.createdAt().toEpochMilli())
        .execute();
  }

  @Override
  public List<Mail> take(Instant now, Instant until, int limit) {
    return handle
        .createQuery(DUE)
        .bind("now", now.toEpochMilli())
        .bind("rows", limit)
        .mapTo(Long.class)
        .list()
        .stream()
        .map(no ->
            handle
                .createQuery(TAKE)
                .bind("no", no)
                .bind("until", until.toEpochMilli())
                .map((row, context) -> mail(row))
                .one())
        .toList();
  }

  @Override
  public boolean finish(Mail mail, Instant lease, Instant now) {
    return handle
            .createUpdate(FINISH)
            .bind("no", mail.no())
            .bind("lease", lease.toEpochMilli())
            .bind("status", text(mail.status()))
            .bind("attempts", mail.attempts())
            .bind("error", mail.error())
            .bind("due_at", Rows.millis(mail.dueAt()))
            .bind("finished_at", mail.dueAt() == null ? now.toEpochMilli() : null)
            .execute()
        > 0;
  }

  @Override
  public int forget(Instant before, int limit) {
    return Rows.deleteOldest(handle, FORGET, before, limit);
  }

  @Override
  public Optional<MailTemplate> template(Tenant tenant) {
    return of(handle.createQuery(TEMPLATE), tenant)
        .map((row, context) ->
            new MailTemplate(
                row.getString("subject"),
                row.getString("text"),
                row.getString("html"),
                Rows.instant(row, "updated_at")))
        .findOne();
  }

  @Override
  public void putTemplate(Tenant tenant, MailTemplate template) {
    of(handle.createUpdate(PUT_TEMPLATE), tenant)
        .bind("subject", template.subject())
        .bind("text", template.text())
        .bind("html", template.html())
        .bind("updated_at", Rows.millis(template.updatedAt()))
        .execute();
  }

  @Override
  public void removeTemplate(Tenant tenant) {
    of(handle.createUpdate(REMOVE_TEMPLATE), tenant).execute();
  }

  private static String text(Mail.Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant) {
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }

  private static Mail mail(ResultSet row) throws SQLException {
    return new Mail(
        row.getLong("no"),
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        Json.strings(row.getString("licenses")),
        Mail.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        row.getString("error"),
        Rows.instantOrNull(row, "due_at"),
        Rows.instant(row, "created_at"));
  }
}
