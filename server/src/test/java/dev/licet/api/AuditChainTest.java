package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import dev.licet.cli.Program.AuditReport;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Finds what was done to the log behind the server's back, while the server runs. */
@ParameterizedClass(name = "{0}")
@EnumSource
class AuditChainTest {
  private static final String ROW = " FROM audit_log WHERE seq = 4";
  private static final int ROWS = 14;

  @Parameter TestDatabase database;

  private TestServer server;

  /** The account and its first key are two rows, the licences twelve. */
  @BeforeEach
  void start() throws InterruptedException {
    server = TestServer.start(database);
    TestClient api = server.client();
    try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 2; i < ROWS; i++) {
        clients.execute(() -> api.create("starter"));
      }
    }
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aLogThatNobodyTouchedIsSound() {
    AuditReport report = report();
    assertTrue(report.fault().isEmpty(), report::toString);
    assertEquals(ROWS, report.rows());
  }

  @Test
  void everyChangedColumnIsFound() {
    for (String change :
        new String[] {
          "id = 'aud_x'",
          "at = at + 1",
          "live = 0",
          "live = NULL",
          "actor = 'system'",
          "address = NULL",
          "address = ''",
          "request_id = 'req_x'",
          "action = 'license.updated'",
          "target = 'lic_x'",
          "reason = 'because'",
          "after = NULL",
          "before = after"
        }) {
      server.sql("CREATE TABLE kept AS SELECT *" + ROW);
      server.sql("UPDATE audit_log SET " + change + " WHERE seq = 4");
      assertFault("row 4 ", 3);
      server.sql("DELETE" + ROW);
      server.sql("INSERT INTO audit_log SELECT * FROM kept");
      server.sql("DROP TABLE kept");
      assertEquals(ROWS, report().rows(), change);
    }
  }

  @Test
  void aMissingRowIsFound() {
    server.sql("DELETE" + ROW);
    assertFault("row 4 is missing", 3);
  }

  @Test
  void rowsThatWereCutOffAreFound() {
    server.sql("DELETE FROM audit_log WHERE seq > 10");
    assertFault("row 11 is missing", 10);
    server.sql("UPDATE audit_heads SET seq = 10");
    assertFault("the mark of the last row was changed", 10);
  }

  @Test
  void anInsertedRowIsFound() {
    insertCopy(ROWS + 1);
    assertFault("row 15 (aud_x) was inserted", ROWS);
    server.sql("UPDATE audit_heads SET seq = seq + 1");
    assertFault("row 15 (aud_x) was changed or inserted", ROWS);
    server.sql("DELETE FROM audit_log WHERE seq = 15");
    insertCopy(0);
    assertFault("row 0 (aud_x) was inserted", 0);
  }

  @Test
  void rowsThatChangedPlacesAreFound() {
    server.sql("UPDATE audit_log SET seq = -1 WHERE seq = 4");
    server.sql("UPDATE audit_log SET seq = 4 WHERE seq = 5");
    server.sql("UPDATE audit_log SET seq = 5 WHERE seq = -1");
    assertFault("row 4 ", 3);
  }

  @Test
  void theLogOfAnotherAccountIsSoundAllTheSame() {
    server.stranger();
    server.sql("DELETE" + ROW + " AND account_no = 1");
    var reports = server.verifyAudit();
    assertEquals(2, reports.size());
    assertEquals("row 4 is missing", reports.get(0).fault().orElse(""));
    assertTrue(reports.get(1).fault().isEmpty(), reports::toString);
    assertNotEquals(reports.get(0).account(), reports.get(1).account());
  }

  private void insertCopy(int seq) {
    server.sql("CREATE TABLE forged AS SELECT *" + ROW);
    server.sql("UPDATE forged SET seq = " + seq + ", id = 'aud_x'");
    server.sql("INSERT INTO audit_log SELECT * FROM forged");
    server.sql("DROP TABLE forged");
  }

  private void assertFault(String fault, long rows) {
    AuditReport report = report();
    assertTrue(report.fault().orElse("").startsWith(fault), report::toString);
    assertEquals(rows, report.rows());
  }

  private AuditReport report() {
    return server.verifyAudit().getFirst();
  }
}
