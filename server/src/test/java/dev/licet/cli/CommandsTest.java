package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.LicenseKey;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class CommandsTest {
  private static final String KEY = "TO-ZAB5-RRB1-46VH-74F4";

  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private FakeProgram program = new FakeProgram(3);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "serve",
        "demo",
        "key",
        "key new",
        "key check",
        "account",
        "account create",
        "account list",
        "account show",
        "account suspend",
        "account activate",
        "account delete",
        "operator",
        "operator list",
        "operator create",
        "operator rotate",
        "operator revoke",
        "config",
        "migrate",
        "backup",
        "import",
        "export",
        "audit",
        "audit verify",
        "jobs",
        "checkout",
        "checkout simulate",
        "train",
        "version"
      })
  void everyCommandExplainsItselfWithAnExample(String command) {
    assertEquals(0, licet((command + " --help").split(" ")));
    assertTrue(out().contains("Example"), out());
    assertTrue(out().contains("  licet " + command) || out().contains("licet " + command));
    assertEquals("", err());
  }

  @Test
  void whatAListSaysOfACommandIsAWholeSentence() {
    assertSentences(new CommandLineInterface(program, terminal(Map.of())).commands(program, null));
  }

  private static void assertSentences(CommandLine line) {
    for (CommandLine command : line.getSubcommands().values()) {
      String[] description = command.getCommandSpec().usageMessage().description();
      String first = description.length == 0 ? "" : description[0];
      assertTrue(first.endsWith("."), command.getCommandName() + ": " + first);
      assertSentences(command);
    }
  }

  @Test
  void licetAloneShowsTheHelp() {
    assertEquals(0, licet());
    assertTrue(out().contains("licet demo"), out());
    assertFalse(out().contains("train"), out()); // what the launcher calls is nobody's business
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "srve|licet: Unmatched argument at index 0: 'srve'. Did you mean serve? See: licet --help",
        "serve --prot=1|licet: Unknown option: '--prot=1'. Did you mean --port? "
            + "See: licet serve --help",
        "serve --port|licet: Missing required parameter for option '--port' (PORT). "
            + "See: licet serve --help",
        "serve --port=70000|licet: port \"70000\" is not allowed (flag --port). "
            + "Allowed is a whole number from 0 to 65535.",
        "serve --port=1|licet: Port 1 is in use. Choose another one with --port.",
        "serve --secret=x|licet: Unknown option: '--secret=x'. See: licet serve --help",
        "key|licet: Missing required subcommand. See: licet key --help",
        "key check|licet: Missing required parameter: 'KEY'. See: licet key check --help",
        "key new --groups=9|licet: A key has 4 to 7 groups. See: licet key new --help.",
        "key new --prefix=1A|licet: A key prefix is 2 to 8 of A-Z and 0-9 and starts with a letter."
            + " See: licet key new --help.",
        "key new --count=0|licet: --count 0 is not allowed. Choose a number from 1 to 1000000.",
        "backup|licet: Missing required parameter: 'FILE'. See: licet backup --help",
      })
  void aMistakeIsOneLineAndExitCode2(String command, String message) {
    assertEquals(2, licet(command.split(" ")));
    assertEquals(message, err().strip());
    assertEquals("", out());
  }

  @Test
  void aBugIsOneLineToo() {
    assertEquals(1, licet("serve", "--port=2"));
    assertEquals(1, err().strip().lines().count(), err());
    assertTrue(err().contains("a bug"), err());
  }

  @Test
  void newKeysAreValidAndDiffer() {
    assertEquals(0, licet("key", "new", "--prefix", "acme", "--groups", "5", "--count", "3"));
    List<String> keys = out().lines().toList();
    assertEquals(3, keys.stream().distinct().count());
    for (String key : keys) {
      assertTrue(key.matches("ACME(-[0-9A-Z]{4}){5}"), key);
      assertTrue(LicenseKey.read(key) instanceof LicenseKey.Reading.Ok, key);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "to-zab5 rrb1-46vh-74f4|0|Valid: " + KEY,
        "TO-ZAB5-RRB1-46VH-74F5|1|Wrong: its check symbols do not fit. Did you mean " + KEY + "?",
        "hello|1|Malformed: a key is a prefix and 4 to 7 groups of four symbols, like " + KEY + ".",
      })
  void aKeyIsValidWrongOrMalformed(String text, int code, String message) {
    assertEquals(code, licet("key", "check", text));
    assertEquals(message, out().strip());
  }

  @Test
  void configShowsValuesAndOriginsAndMasksSecrets() throws Exception {
    Files.writeString(folder.resolve("licet.yaml"), "host: 0.0.0.0\n");
    Map<String, String> environment =
        Map.of(
            "LICET_SECRET", "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=",
            "LICET_DATABASE_URL", "postgresql://u:hunter2@db/licet");
    assertEquals(0, licet(environment, "config", "--port", "9"));
    List<String> rows = out().lines().map(row -> row.replaceAll(" {2,}", " | ")).toList();
    assertTrue(rows.contains("port | 9 | flag --port"), out());
    assertTrue(rows.contains("host | 0.0.0.0 | licet.yaml, line 1"), out());
    assertTrue(rows.contains("secret | ******** | environment LICET_SECRET"), out());
    assertTrue(rows.contains("log-level | info | default"), out());
    assertFalse(out().contains("hunter2"), out());
  }

  @Test
  void auditVerifySaysWhetherTheLogIsSound() {
    assertEquals(0, licet("audit", "verify"));
    assertEquals("acc_1: 3 rows fit, last tag 0102\nThe audit log is sound.\n", out());
    program.fresh = false;
    assertEquals(1, licet("audit", "verify"));
    assertTrue(out().contains("last tag 0102; row 4 is missing\n"), out());
    assertTrue(out().endsWith("The audit log was tampered with.\n"), out());
  }

  @Test
  void migrateAndBackupReport() {
    assertEquals(0, licet("migrate", "--data-dir", "elsewhere"));
    assertEquals(0, licet("backup", "copy.db"));
    program.fresh = false;
    assertEquals(0, licet("migrate"));
    assertEquals(
        """
        The database (SQLite, data/licet.db) went from nothing to version 3; migrations applied: 3.
        The database was copied to copy.db (1.2 MB).
        The database (SQLite, data/licet.db) is up to date at version 3.
        """,
        out());
  }

  @Test
  void jobsShowsWhatRanWhatRunsAndWhatFailed() {
    assertEquals(0, licet("jobs"));
    String[] lines = out().split("\n");
    assertEquals(6, lines.length, out());
    assertTrue(lines[2].matches("sweep +waiting +2026-05-01T11:59:58Z .*1500 ms +40 .*"), out());
    assertTrue(lines[3].contains("running on node 7"), out());
    assertTrue(lines[4].contains("failed, 3 in a row"), out());
    assertTrue(lines[4].endsWith("2026-05-01T12:00:00Z java.lang.IllegalStateException: no"));
    assertTrue(lines[5].matches("never +waiting +- .*"), out());
  }

  @Test
  void jobsAreAlsoJson() {
    assertEquals(0, licet("jobs", "--json"));
    String[] lines = out().split("\n");
    assertEquals(4, lines.length, out());
    assertEquals(
        "{\"job\":\"purge\",\"running_on_node\":7,\"started_at\":\"2026-05-01T11:59:58.500Z\","
            + "\"finished_at\":null,\"took_ms\":1500,\"items\":40,"
            + "\"next_run_at\":\"2026-05-01T12:01:00Z\",\"failures\":0,"
            + "\"last_error\":null,\"last_error_at\":null}",
        lines[1]);
  }

  @Test
  void versionNamesLicetJavaAndTheSystem() {
    assertEquals(0, licet("version"));
    assertTrue(out().matches("Licet .+, Java 25.*, .+\\R"), out());
  }

  @Test
  void theDemoTellsTheWholeStoryAndLeavesNothing() throws Exception {
    assertEquals(0, licet(Map.of("LICET_PORT", "70000"), "demo"), err());
    assertTrue(out().contains("404 LICENSE_NOT_FOUND"), out());
    assertTrue(out().contains("200 DOMAIN_LIMIT_REACHED"), out());
    assertTrue(out().contains("All of it went as it should"), out());
    assertDemoIsGone();
  }

  @Test
  void theDemoFailsWhenTheServerGrantsAFourthDomain() throws Exception {
    program = new FakeProgram(4);
    assertEquals(1, licet("demo"));
    assertEquals(
        "licet: The demo did not go as it should: \"Validate from a fourth domain\": "
            + "/valid should be false, but is true.",
        err().strip());
    assertDemoIsGone();
  }

  private void assertDemoIsGone() {
    assertTrue(program.closed);
    assertFalse(Files.exists(program.started.dataDir()));
  }

  private int licet(String... arguments) {
    return licet(Map.of(), arguments);
  }

  private int licet(Map<String, String> environment, String... arguments) {
    return new CommandLineInterface(program, terminal(environment)).execute(arguments);
  }

  private Terminal terminal(Map<String, String> environment) {
    return new Terminal(stream(out), stream(err), environment, folder);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
