package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.Tenant;
import dev.licet.domain.id.Ids;
import dev.licet.domain.job.Job;
import dev.licet.domain.license.Announcements;
import dev.licet.domain.license.ExpiresFrom;
import dev.licet.domain.license.License;
import dev.licet.domain.license.Term;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is told when many licences end at once. */
@Timeout(120)
abstract class ManyEndsContract extends Contract {
  private static final Instant END = Fixture.NOW;
  private static final Duration IN_TIME = Duration.ofSeconds(5);
  private static final String TOLD = "outbox_events WHERE type = 'license.expired'";

  /** Ends of one second; {@code -Dlicet.ends=10000} holds the job to its promise. */
  private static final int ENDS = Integer.getInteger("licet.ends", 500);

  @Test
  void endsOfOneSecondAreToldInTime() throws SQLException {
    Tenant tenant = fixture.account("one");
    new WebhookFixture(database, fixture).webhook(tenant, "shop.example.com", "*");
    insert(tenant, ENDS);
    long start = System.nanoTime();
    fixture.run(announcing(), END);
    Duration took = Duration.ofNanos(System.nanoTime() - start);
    System.getLogger(ManyEndsContract.class.getName())
        .log(System.Logger.Level.INFO, "{0} ends were told in {1}", ENDS, took);
    assertEquals(ENDS, count(TOLD));
    assertEquals(ENDS, count("licenses WHERE status = 'expired'"));
    assertEquals(ENDS, count("webhook_deliveries"));
    assertEquals(ENDS, count("audit_log WHERE action = 'license.expired'"));
    assertTrue(took.compareTo(IN_TIME) < 0, took::toString);
  }

  @Test
  void licensesThatCannotBeReadKeepNoOtherFromBeingTold() throws SQLException {
    List<License> all = insert(fixture.account("one"), 61); // more than one batch
    License sound = all.getLast();
    String sealed = "(SELECT sealed FROM license_keys WHERE license_no = %d)".formatted(sound.no());
    execute("UPDATE license_keys SET sealed = " + sealed);
    Job job = announcing();
    fixture.run(job, END);
    assertEquals(1, count(TOLD));
    assertEquals(1, count(TOLD + " AND license_no = " + sound.no()));
    boolean urgent = database.transactions().read(stores -> job.probe().isUrgent(stores, END));
    assertFalse(urgent, "it is not tried again and again");
    License mended = all.getFirst();
    execute("DELETE FROM license_keys WHERE license_no = " + mended.no());
    database.transactions().run(stores -> stores.licenses().replaceKey(mended, "KEY-MENDED", END));
    fixture.run(announcing(), END.plusSeconds(1));
    assertEquals(1, count(TOLD + " AND license_no = " + mended.no()), "after a restart");
  }

  private Job announcing() {
    return new Announcements(List.of(), fixture.ids).job();
  }

  private List<License> insert(Tenant tenant, int count) {
    License one =
        fixture.license(tenant, "KEY").with(new Term(ExpiresFrom.CREATION, null, END, null));
    return database
        .transactions()
        .write(stores -> {
          List<License> inserted = new ArrayList<>();
          for (int i = 0; i < count; i++) {
            inserted.add(stores.licenses().insert(like(one, "KEY-" + i)).orElseThrow());
          }
          return inserted;
        });
  }

  private License like(License one, String key) {
    return new License(
        0,
        fixture.ids.next(Ids.LICENSE),
        one.tenant(),
        key,
        one.product(),
        one.plan(),
        one.overrides(),
        one.customer(),
        one.metadata(),
        one.storedStatus(),
        one.statusReason(),
        one.term(),
        one.version(),
        one.createdAt(),
        one.updatedAt());
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = backend.connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }
}
