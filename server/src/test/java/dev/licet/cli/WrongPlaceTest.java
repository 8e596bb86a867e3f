package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.PostgresDatabases;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands of the real program on what is no database of theirs, or not to be had. */
class WrongPlaceTest {
  /** Commands that are about a database that there is. */
  private static final List<String> LOOKING =
      List.of(
          "account list",
          "account show acc_none",
          "account create --name=x --email=e@e",
          "account quota acc_none --quota=free",
          "account suspend acc_none",
          "account activate acc_none",
          "account delete acc_none",
          "operator list",
          "operator create",
          "operator rotate key_none",
          "operator revoke key_none",
          "audit verify",
          "jobs");

  private static final int PAGE = 4_096;

  @TempDir Path folder;

  @Test
  void whoLooksAtADatabaseThatIsNotThereMakesNone() {
    Path data = folder.resolve("none");
    for (String command : LOOKING) {
      assertEquals(
          "licet: There is no database "
              + data.resolve("licet.db")
              + ". Name the server's directory by --data-dir.",
          refused(on(data), command));
      assertFalse(Files.exists(data), command);
    }
  }

  @Test
  void anEmptyDatabaseOfPostgresStaysEmpty() {
    Path data = folder.resolve("none");
    Map<String, String> environment =
        Map.of("LICET_DATA_DIR", data.toString(), "LICET_DATABASE_URL", PostgresDatabases.bare());
    for (String command : LOOKING) {
      assertTrue(refused(environment, command).contains(" is not one of Licet. "), command);
      assertFalse(Files.exists(data), command);
    }
    assertTrue(run(environment, "migrate").expect(0).output().contains("went from nothing"));
    run(environment, "account list").expect(0);
  }

  @Test
  void anEmptyDirectoryStaysEmpty() throws IOException {
    for (String command : LOOKING) {
      assertTrue(refused(on(folder), command).contains("There is no database "), command);
    }
    assertTrue(refused(on(folder), "backup copy.db").contains("There is no database "));
    Files.createFile(folder.resolve("licet.db"));
    assertTrue(refused(on(folder), "account list").contains("There is no database "));
    try (var files = Files.list(folder)) {
      assertEquals(List.of(folder.resolve("licet.db")), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate", "backup copy.db", "account list", "jobs"})
  void aFileIsNoDataDirectory(String command) throws IOException {
    Path file = Files.createFile(folder.resolve("data"));
    assertEquals(
        "licet: The data directory " + file + " is a file. Choose a directory with --data-dir.",
        refused(on(file), command));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serve", "migrate", "backup copy.db", "account list", "audit verify", "jobs"})
  void aDatabaseThatWasCutOffIsDamaged(String command) throws IOException {
    Path file = migrated();
    try (RandomAccessFile database = new RandomAccessFile(file.toFile(), "rw")) {
      database.setLength(database.length() / 2);
    }
    assertDamaged(file, command);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"serve", "migrate", "backup copy.db", "account list", "audit verify", "jobs"})
  void aDatabaseWithOtherBytesInItIsDamaged(String command) throws IOException {
    Path file = migrated();
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, PAGE, bytes.length, (byte) 0xaa);
    Files.write(file, bytes);
    assertDamaged(file, command);
  }

  @Test
  void damageThatIsFoundOnTheWayIsToldToo() throws Exception {
    Path file = migrated();
    List<Long> pages = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'accounts'")) {
      while (row.next()) {
        pages.add(row.getLong(1));
      }
    }
    try (RandomAccessFile database = new RandomAccessFile(file.toFile(), "rw")) {
      for (long page : pages) {
        database.seek((page - 1) * PAGE);
        database.write(new byte[PAGE]);
      }
    }
    assertDamaged(file, "account list");
    assertDamaged(file, "backup copy.db");
  }

  @Test
  void aFileThatIsNoDatabaseIsToldOf() throws IOException {
    Path file = Files.writeString(folder.resolve("licet.db"), "no database ".repeat(1_000));
    for (String command : List.of("serve", "migrate", "backup copy.db", "account list", "jobs")) {
      assertEquals(
          "licet: "
              + file
              + " is not a SQLite database, or it is damaged. Move it away, or restore a backup"
              + " in its place.",
          refused(on(folder), command));
    }
  }

  private void assertDamaged(Path file, String command) {
    assertEquals(
        "licet: The database " + file + " is damaged. Restore a backup in its place.",
        refused(on(file.getParent()), command));
  }

  @ParameterizedTest
  @ValueSource(strings = {"serve", "migrate", "account list", "audit verify", "jobs"})
  void theDatabaseOfAnotherProgramIsLeftAsItIs(String command) throws Exception {
    Path file = folder.resolve("licet.db");
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE recipes (name TEXT)");
    }
    byte[] before = Files.readAllBytes(file);
    assertEquals(
        "licet: "
            + file
            + " is the database of another program. Choose another directory with --data-dir.",
        refused(on(folder), command));
    assertArrayEquals(before, Files.readAllBytes(file));
  }

  @Test
  void aBackupGoesIntoADirectoryThatThereIs() throws IOException {
    Path data = migrated().getParent();
    Path nowhere = folder.resolve("nowhere");
    assertEquals(
        "licet: There is no directory " + nowhere + ". Make it, or name a file elsewhere.",
        refused(on(data), "backup " + nowhere.resolve("copy.db")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch.host.invalid", "192.0.2.1"})
  void aHostThatTheMachineHasNotIsNamed(String host) {
    assertEquals(
        "licet: Cannot listen on "
            + host
            + ": this machine has no such address. Choose one that it has with --host, such as"
            + " 127.0.0.1, or 0.0.0.0 for all.",
        refused(on(folder), "serve --port 0 --host " + host));
  }

  @Test
  void aPortThatIsInUseIsNamed() throws IOException {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      String error = refused(on(folder), "serve --port " + other.getLocalPort());
      assertTrue(error.startsWith("licet: Cannot listen on 127.0.0.1:" + other.getLocalPort()));
      assertTrue(error.contains("Stop what uses the port"), error);
      assertFalse(error.contains("Exception"), error);
    }
  }

  /** A database of ours that no server has opened. */
  private Path migrated() {
    Path data = folder.resolve("data");
    run(on(data), "migrate").expect(0);
    return data.resolve("licet.db");
  }

  /** What a command that is refused says, in one line. */
  private String refused(Map<String, String> environment, String command) {
    Run run = run(environment, command).expect(2);
    assertEquals("", run.output());
    assertEquals(1, run.errors().lines().count(), run::errors);
    return run.errors().strip();
  }

  private Run run(Map<String, String> environment, String command) {
    return Run.of(environment, folder, command.split(" "));
  }

  private static Map<String, String> on(Path data) {
    return Map.of("LICET_DATA_DIR", data.toString());
  }
}
