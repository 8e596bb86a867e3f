package dev.licet.store.sql;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.licet.domain.Tenant;
import dev.licet.domain.license.KeyVault;
import dev.licet.domain.privacy.Erasure;
import dev.licet.domain.privacy.ErasureStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Persons who are being erased. */
final class SqlErasureStore implements ErasureStore {
  private static final String SELECT =
      """
      SELECT id, account_no, live, email, pseudonym, mode, phase, position, requested_at
      FROM erasures
      """;

  /** The one of a person. */
  private static final String FIND =
      SELECT + "WHERE account_no = :account AND live = :live AND email = :email";

  /** The first that was asked for. */
  private static final String OLDEST = SELECT + "ORDER BY no LIMIT 1";

  /** Adds one. */
  private static final String INSERT =
      """
      INSERT INTO erasures (id, account_no, live, email, pseudonym, mode, phase, position,
        requested_at)
      VALUES (:id, :account, :live, :email, :pseudonym, :mode, :phase, :position, :requested_at)
      ON CONFLICT (account_no, live, email) DO NOTHING
      """;

  /** Notes how far one is. */
  private static final String UPDATE =
      """
      UPDATE erasures SET phase = :phase, position = :position
      WHERE id = :id AND account_no = :account AND live = :live
      """;

  private static final String DELETE =
      "DELETE FROM erasures WHERE id = :id AND account_no = :account AND live = :live";

  /** The licences of a person. */
  private static final String LICENSES =
      """
      SELECT no FROM licenses WHERE account_no = :account AND live = :live
        AND customer_email_lower = :email AND no > :after ORDER BY no LIMIT :rows
      """;

  /** Whether a licence was a person's and changed hands. */
  private static final String WAS_CUSTOMER =
      """
      SELECT 1 FROM outbox_events WHERE account_no = :account AND live = :live
        AND type = 'license.updated' AND LOWER(data) LIKE :pattern ESCAPE '!' LIMIT 1
      """;

  /** Whether a shop knows a person. */
  private static final String IS_BUYER =
      """
      SELECT 1 FROM checkout_customers WHERE LOWER(email) = :email AND connection_no IN
        (SELECT no FROM checkout_connections WHERE account_no = :account AND live = :live) LIMIT 1
      """;

  /** The events of a tenant that come next. */
  private static final String EVENTS =
      """
      SELECT no, id, data FROM outbox_events
      WHERE account_no = :account AND live = :live AND id > :after ORDER BY id LIMIT :rows
      """;

  /** Rewrites an event. */
  private static final String REWRITE_EVENT =
      "UPDATE outbox_events SET data = :data WHERE no = :no AND account_no = :account";

  /** Forgets what the receivers of an event answered. */
  private static final String FORGET_ANSWERS =
      """
      UPDATE webhook_attempts SET answer = NULL WHERE delivery_no IN (
        SELECT no FROM webhook_deliveries WHERE event_no = :no)
      """;

  /** The kept answers of an account that come next. */
  private static final String ANSWERS =
      """
      SELECT id, sealed FROM idempotent_answers
      WHERE account_no = :account AND id > :after ORDER BY id LIMIT :rows
      """;

  /** Rewrites an answer. */
  private static final String REWRITE_ANSWER =
      "UPDATE idempotent_answers SET sealed = :sealed WHERE account_no = :account AND id = :id";

  /** Whether a seat is of a licence of the person. */
  private static final String OWN_SEAT =
      """
      SELECT 1 FROM activations s JOIN licenses l ON l.no = s.license_no
      WHERE s.id = :id AND l.account_no = :account AND l.live = :live
        AND l.customer_email_lower = :email
      """;

  /** What hangs on licences and may tell of persons. */
  private static final List<String> SEATS =
      List.of(
          """
          DELETE FROM activation_usage WHERE activation_no IN
            (SELECT no FROM activations WHERE license_no <in_nos>)
          """,
          "DELETE FROM activations WHERE license_no <in_nos>",
          "DELETE FROM consumptions WHERE license_no <in_nos>");

  /**
   * Ends mail to a person, also what a node is sending right now: the node then has nothing to
   * write down. What a mail server said goes with it.
   */
  private static final String END_MAIL =
      """
      UPDATE mails SET error = NULL, due_at = NULL,
        status = CASE WHEN due_at IS NULL THEN status ELSE 'failed' END,
        finished_at = COALESCE(finished_at, :now)
      WHERE account_no = :account AND live = :live AND (due_at IS NOT NULL OR error IS NOT NULL)
        AND EXISTS (SELECT 1 FROM licenses l
          WHERE l.account_no = :account AND l.live = :live AND l.customer_email_lower = :pseudonym
            AND mails.licenses LIKE '%"' || l.id || '"%')
      """;

  /** Forgets what mail servers said of an address, whoever's the licences are by now. */
  private static final String FORGET_ERRORS =
      """
      UPDATE mails SET error = NULL
      WHERE account_no = :account AND live = :live AND LOWER(error) LIKE :pattern ESCAPE '!'
      """;

  /** The names behind what was counted, and the networks. */
  private static final List<String> NAMES =
      List.of(
          """
          DELETE FROM usage_names WHERE (account_no, license_no) IN
            (SELECT account_no, no FROM licenses WHERE no <in_nos>)
          """,
          "DELETE FROM usage_networks WHERE license_no <in_nos>");

  private final Handle handle;
  private final KeyVault vault;

  SqlErasureStore(Handle handle, KeyVault vault) {
    this.handle = handle;
    this.vault = vault;
  }

  @Override
  public Optional<Erasure> find(Tenant tenant, String email) {
    return of(handle.createQuery(FIND), tenant)
        .bind("email", email)
        .map((row, context) -> erasure(row))
        .findOne();
  }

  @Override
  public Optional<Erasure> oldest() {
    return handle.createQuery(OLDEST).map((row, context) -> erasure(row)).findOne();
  }

  @Override
  public boolean knows(Tenant tenant, String email) {
    return !licenses(tenant, email, 0, 1).isEmpty()
        || of(handle.createQuery(IS_BUYER), tenant)
            .bind("email", email)
            .mapTo(Integer.class)
            .findOne()
            .isPresent()
        || of(handle.createQuery(WAS_CUSTOMER), tenant)
            .bind("pattern", Rows.anywhere(Json.write(email)))
            .mapTo(Integer.class)
            .findOne()
            .isPresent()
        || new SqlOrderHistory(handle).hasAny(tenant, email);
  }

  @Override
  public boolean insert(Erasure erasure) {
    return bind(handle.createUpdate(INSERT), erasure)
            .bind("email", erasure.email())
            .bind("pseudonym", erasure.pseudonym())
            .bind("mode", erasure.mode().text())
            .bind("requested_at", erasure.requestedAt().toEpochMilli())
            .execute()
        == 1;
  }

  @Override
  public void update(Erasure erasure) {
    bind(handle.createUpdate(UPDATE), erasure).execute();
  }

  @Override
  public void delete(Erasure erasure) {
    of(handle.createUpdate(DELETE), erasure.tenant()).bind("id", erasure.id()).execute();
  }

  @Override
  public List<Long> licenses(Tenant tenant, String email, long after, int limit) {
    return of(handle.createQuery(LICENSES), tenant)
        .bind("email", email)
        .bind("after", after)
        .bind("rows", limit)
        .mapTo(Long.class)
        .list();
  }

  /** An event that is to be looked through. */
  private record Told(long no, String id, String data) {}

  @Override
  public Optional<String> scrubEvents(Erasure erasure, int limit) {
    PersonScrub scrub = new PersonScrub(erasure.email(), erasure.pseudonym(), id -> false);
    List<Told> events =
        of(handle.createQuery(EVENTS), erasure.tenant())
            .bind("after", erasure.position())
            .bind("rows", limit)
            .map((row, context) ->
                new Told(row.getLong("no"), row.getString("id"), row.getString("data")))
            .list();
    for (Told event : events) {
      scrub.of(event.data()).ifPresent(data -> rewrite(erasure, event, data));
    }
    return events.size() < limit ? Optional.empty() : Optional.of(events.getLast().id());
  }

  private void rewrite(Erasure erasure, Told event, String data) {
    handle
        .createUpdate(REWRITE_EVENT)
        .bind("data", data)
        .bind("no", event.no())
        .bind("account", erasure.tenant().accountNo())
        .execute();
    handle.createUpdate(FORGET_ANSWERS).bind("no", event.no()).execute();
  }

  /** An answer that is to be looked through. */
  private record Kept(byte[] id, byte[] sealed) {}

  @Override
  public Optional<String> scrubAnswers(Erasure erasure, int limit) {
    PersonScrub scrub =
        new PersonScrub(erasure.email(), erasure.pseudonym(), id -> isOwnSeat(erasure, id));
    List<Kept> answers =
        handle
            .createQuery(ANSWERS)
            .bind("account", erasure.tenant().accountNo())
            .bind("after", HexFormat.of().parseHex(erasure.position()))
            .bind("rows", limit)
            .map((row, context) -> new Kept(row.getBytes("id"), row.getBytes("sealed")))
            .list();
    for (Kept answer : answers) {
      String body = new String(vault.openAnswer(answer.sealed(), answer.id()), UTF_8);
      scrub.of(body).ifPresent(scrubbed -> rewrite(erasure, answer, scrubbed));
    }
    return answers.size() < limit
        ? Optional.empty()
        : Optional.of(HexFormat.of().formatHex(answers.getLast().id()));
  }

  private void rewrite(Erasure erasure, Kept answer, String body) {
    handle
        .createUpdate(REWRITE_ANSWER)
        .bind("sealed", vault.sealAnswer(body.getBytes(UTF_8), answer.id()))
        .bind("account", erasure.tenant().accountNo())
        .bind("id", answer.id())
        .execute();
  }

  private boolean isOwnSeat(Erasure erasure, String id) {
    return of(handle.createQuery(OWN_SEAT), erasure.tenant())
        .bind("id", id)
        .bind("email", erasure.pseudonym())
        .mapTo(Integer.class)
        .findOne()
        .isPresent();
  }

  @Override
  public Optional<String> scrubOrders(Erasure erasure, int limit) {
    return new ShopErasure(handle, erasure).orders(limit);
  }

  @Override
  public Optional<String> scrubMessages(Erasure erasure, int limit) {
    return new ShopErasure(handle, erasure).messages(limit);
  }

  @Override
  public void endMail(Erasure erasure, Instant now) {
    of(handle.createUpdate(END_MAIL), erasure.tenant())
        .bind("pseudonym", erasure.pseudonym())
        .bind("now", now.toEpochMilli())
        .execute();
    of(handle.createUpdate(FORGET_ERRORS), erasure.tenant())
        .bind("pattern", Rows.anywhere(erasure.email()))
        .execute();
  }

  @Override
  public void removeSeats(Collection<Long> licenseNos) {
    delete(SEATS, licenseNos);
  }

  @Override
  public void removeNames(Collection<Long> licenseNos) {
    delete(NAMES, licenseNos);
  }

  private void delete(List<String> statements, Collection<Long> licenseNos) {
    for (String delete : statements) {
      handle.createUpdate(delete).bind("nos", Rows.list(licenseNos)).execute();
    }
  }

  private static <S extends SqlStatement<S>> S of(S statement, Tenant tenant) {
    return statement.bind("account", tenant.accountNo()).bind("live", Rows.flag(tenant.live()));
  }

  private static <S extends SqlStatement<S>> S bind(S statement, Erasure erasure) {
    return of(statement, erasure.tenant())
        .bind("id", erasure.id())
        .bind("phase", erasure.phase().name().toLowerCase(Locale.ROOT))
        .bind("position", erasure.position());
  }

  private static Erasure erasure(ResultSet row) throws SQLException {
    return new Erasure(
        row.getString("id"),
        new Tenant(row.getLong("account_no"), Rows.flag(row, "live")),
        row.getString("email"),
        row.getString("pseudonym"),
        Erasure.Mode.of(row.getString("mode")).orElseThrow(),
        Erasure.Phase.valueOf(row.getString("phase").toUpperCase(Locale.ROOT)),
        row.getString("position"),
        Rows.instant(row, "requested_at"));
  }
}
