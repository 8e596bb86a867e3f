package dev.licet.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A server at which very many events wait, for a receiver that is dead and for one that takes them:
 * a third receiver gets what happens now, and memory is what it is without them.
 */
record WebhookBacklog(Path root, Path folder, int waiting) {
  private static final String HEAP = "128m";
  private static final int LICENSES = 200;
  private static final int PAUSE_MILLIS = 100;
  private static final int PATIENCE_MILLIS = 10_000;
  private static final double ALLOWED = 1.25;

  /** As many more events as are wanted, each like the first. */
  private static final String EVENTS =
      """
      WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < WAITING)
      INSERT INTO outbox_events (id, account_no, live, license_no, type, created_at, data)
      SELECT 'evt_' || printf('%026d', s.i), account_no, live, license_no, type, created_at, data
      FROM s, (SELECT * FROM outbox_events ORDER BY no LIMIT 1)
      """;

  /** They wait for all webhooks but the newest. */
  private static final String DELIVERIES =
      """
      INSERT INTO webhook_deliveries
        (id, webhook_no, event_no, type, status, attempts, due_at, created_at)
      SELECT 'dlv_' || printf('%026d', e.no * 10 + w.no), w.no, e.no, e.type, 'pending', 0,
        e.created_at, e.created_at
      FROM outbox_events e, webhooks w
      WHERE e.id LIKE 'evt_000%' AND w.no < (SELECT MAX(no) FROM webhooks)
      """;

  /** False when an event came late, or memory grew. */
  boolean run() throws IOException, InterruptedException, SQLException {
    LicetServer licet =
        new LicetServer(root, folder, null, root.resolve("bench/target/logs/webhooks-backlog.log"))
            .with("LICET_WEBHOOK_ALLOW_LOOPBACK", "true")
            .with("LICET_JAVA_OPTS", "-Xmx" + HEAP);
    try (ServerSocket dead = HookReceiver.silent();
        HookReceiver busy = new HookReceiver();
        HookReceiver fresh = new HookReceiver()) {
      long before;
      try (ServerProcess server = licet.start()) {
        Api api = new Api(server.base(), LicetServer.API_KEY);
        String none = "http://127.0.0.1:" + dead.getLocalPort() + "/hook";
        for (String url : List.of(none, busy.url(), fresh.url())) {
          ObjectNode hook = Api.object().put("url", url);
          hook.putArray("events").add("license.created");
          api.create("webhooks", hook);
        }
        happen(api, fresh);
        before = server.peakMebibytes();
      }
      long start = System.nanoTime();
      fill();
      System.out.printf(
          "%,d events for each of two receivers, filled in %.1f s%n",
          waiting, ServerProcess.since(start).toMillis() / 1e3);
      int taken = busy.count();
      try (ServerProcess server = licet.start()) {
        happen(new Api(server.base(), LicetServer.API_KEY), fresh);
        double ratio = (double) server.peakMebibytes() / before;
        boolean passed = ratio <= ALLOWED;
        System.out.printf(
            "-Xmx%s: resident at most %d MiB, %d MiB without them (%.2f x)%s; a third receiver got"
                + " all of %d new events, the slowest after %d ms; the second took %,d meanwhile%n",
            HEAP,
            server.peakMebibytes(),
            before,
            ratio,
            passed ? "" : "  VIOLATION: more than " + ALLOWED,
            2 * LICENSES,
            slowest(fresh),
            busy.count() - taken);
        return passed;
      }
    }
  }

  /** Lets events happen for a while, and waits until all of them arrived. */
  private static void happen(Api api, HookReceiver fresh) throws IOException, InterruptedException {
    int all = fresh.count() + LICENSES;
    for (int i = 0; i < LICENSES; i++) {
      api.createLicense(
          Api.object().put("plan", "starter").put("customer_email", "many@example.com"));
      Thread.sleep(PAUSE_MILLIS);
    }
    for (int waited = 0; fresh.count() < all; waited += PAUSE_MILLIS) {
      if (waited > PATIENCE_MILLIS) {
        throw new IOException("Only " + fresh.count() + " of " + all + " events came");
      }
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private static long slowest(HookReceiver receiver) {
    long slowest = 0;
    for (var delay : receiver.delays()) {
      slowest = Math.max(slowest, delay.toMillis());
    }
    return slowest;
  }

  private void fill() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("licet.db"));
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.executeUpdate(EVENTS.replace("WAITING", Integer.toString(waiting)));
      statement.executeUpdate(DELIVERIES);
      connection.commit();
    }
  }
}
