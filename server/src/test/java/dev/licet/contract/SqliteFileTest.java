package dev.licet.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.StoreUnavailableException;
import dev.licet.domain.Tenant;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.event.Actor;
import dev.licet.domain.event.Change;
import dev.licet.domain.event.Event;
import dev.licet.domain.event.EventType;
import dev.licet.domain.id.Ids;
import dev.licet.domain.license.License;
import dev.licet.domain.usage.Outcome;
import dev.licet.domain.usage.UsageEvent;
import dev.licet.store.Migrated;
import dev.licet.store.StoreOpenException;
import dev.licet.store.sql.Migrations;
import dev.licet.store.sqlite.SqliteDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is SQLite's alone: the file, its lock, its copies, and what another process does to it. */
@Timeout(60)
class SqliteFileTest {
  private static final String KEY = "TO-8Q2M-4TRX-9KFA-7D1C";
  private static final String BROUGHT = "brought-key-of-old";

  private Path directory;
  private SqliteDatabase database;

  @BeforeEach
  void open() {
    directory = Backend.Directories.create().resolve("data");
    database = SqliteDatabase.open(directory, Backend.VAULT, Backend.CLOCK);
  }

  @AfterEach
  void close() {
    database.close();
    Backend.Directories.delete(directory.getParent());
  }

  @Test
  void filesAreTheirOwnersAlone() throws IOException {
    new Fixture(database).account("one");
    assertEquals(
        "rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)));
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        assertEquals(
            "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
  }

  @Test
  void noKeyStandsInTheFilesInClear() throws IOException {
    Fixture fixture = new Fixture(database);
    Tenant tenant = fixture.account("one");
    for (String key : List.of(KEY, BROUGHT)) {
      License license = fixture.insert(tenant, key);
      database
          .transactions()
          .write(s -> {
            s.outbox()
                .append(
                    new Event(
                        fixture.ids.next(Ids.EVENT),
                        EventType.LICENSE_ROTATED,
                        Fixture.NOW,
                        license,
                        license.withKey("another-old-key"),
                        fixture.seat(license, SeatKind.DOMAIN, "a.example"),
                        null,
                        Actor.APPLICATION));
            return s.licenses().replaceKey(license, key + "-2", Fixture.NOW);
          });
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        for (String part : List.of("8Q2M", "4TRX", "8Q2M4TRX", BROUGHT, "another-old")) {
          assertFalse(bytes.contains(part), file + " holds " + part);
        }
      }
    }
  }

  @Test
  void secondServerIsTurnedAway() {
    StoreOpenException refusal =
        assertThrows(
            StoreOpenException.class,
            () -> SqliteDatabase.open(directory, Backend.VAULT, Backend.CLOCK));
    assertTrue(refusal.problem().contains("Another Licet server"));
    database.check();
  }

  @Test
  void newerDatabaseIsRefused() throws SQLException {
    execute("UPDATE flyway_schema_history SET version = '107' WHERE version = '001'");
    database.close();
    StoreOpenException refusal =
        assertThrows(
            StoreOpenException.class,
            () -> SqliteDatabase.open(directory, Backend.VAULT, Backend.CLOCK));
    assertEquals(
        "The database was made by a newer Licet (schema 107; this one knows %d)."
            .formatted(Migrations.NEWEST),
        refusal.problem());
  }

  @Test
  void fileThatIsNoDatabaseIsRefused() throws IOException {
    Path other = directory.resolveSibling("other");
    Files.createDirectory(other);
    Files.writeString(other.resolve("licet.db"), "no database, but long enough ".repeat(200));
    StoreOpenException refusal =
        assertThrows(
            StoreOpenException.class,
            () -> SqliteDatabase.open(other, Backend.VAULT, Backend.CLOCK));
    assertTrue(refusal.problem().contains("is not a SQLite database"), refusal.problem());
  }

  @Test
  void migratingAnUpToDateDatabaseBesideItsServerDoesNothing() {
    Migrated migrated = SqliteDatabase.migrate(directory);
    assertEquals(Migrations.NEWEST, migrated.from());
    assertEquals(Migrations.NEWEST, migrated.to());
  }

  @Test
  void backupOfALiveDatabaseIsWhole() throws Exception {
    Fixture fixture = new Fixture(database);
    Tenant tenant = fixture.account("one");
    License license = fixture.insert(tenant, KEY);
    Path copy = directory.resolveSibling("copy").resolve("licet.db");
    Files.createDirectory(copy.getParent());
    long node = database.journal().openNode();
    Thread load = Thread.ofPlatform().start(() -> append(node, license.no()));
    long bytes = SqliteDatabase.backup(directory, copy);
    load.join();
    assertEquals(Files.size(copy), bytes);
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)));
    assertThrows(StoreOpenException.class, () -> SqliteDatabase.backup(directory, copy));
    try (SqliteDatabase restored =
        SqliteDatabase.open(copy.getParent(), Backend.VAULT, Backend.CLOCK)) {
      assertEquals(
          license,
          restored.transactions().read(s -> s.licenses().find(tenant, license.id())).orElseThrow());
    }
  }

  private void append(long node, long license) {
    UsageEvent event = Uses.valid(license, 1);
    for (int i = 0; i < 200; i++) {
      database.journal().append(database.journal().nextId(node), List.of(event), List.of());
    }
  }

  @Test
  void changeByAnotherProcessIsHeardOf() throws Exception {
    AccountsContract.Ear ear = new AccountsContract.Ear();
    database.addListener(ear);
    execute("INSERT INTO change_feed (kind, ref_no, at) VALUES ('PLAN', 17, 1)");
    assertTrue(ear.hears(new Change(Change.Kind.PLAN, 17)));
  }

  @Test
  void closedDatabaseIsUnavailable() {
    database.close();
    assertThrows(StoreUnavailableException.class, () -> database.check());
    assertThrows(StoreUnavailableException.class, () -> database.snapshots().find(KEY));
  }

  @Test
  void walStartsOverUnderConstantLoad() throws Exception {
    long id = database.journal().nextId(database.journal().openNode());
    String text = "x".repeat(200);
    UsageEvent event = Uses.event(1, 1, Outcome.VALID, text, text, text, 0, 0);
    List<UsageEvent> batch = Collections.nCopies(1_000, event);
    long largest = 0;
    for (int i = 0; i < 300; i++) {
      database.journal().append(id, batch, List.of());
      id += batch.size();
      largest = Math.max(largest, Files.size(directory.resolve("licet.db-wal")));
      Thread.sleep(10); // some 60 MB a second at most, 200 MB in all
    }
    assertTrue(largest < 128 << 20, "the WAL grew to " + (largest >> 20) + " MB");
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("licet.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
