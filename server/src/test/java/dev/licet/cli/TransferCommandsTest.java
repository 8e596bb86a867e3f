package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code licet import} and {@code licet export} against a server. */
class TransferCommandsTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(TestDatabase.SQLITE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private int licet(Map<String, String> environment, String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal =
        new Terminal(
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            environment,
            folder);
    return new CommandLineInterface(new FakeProgram(3), terminal).execute(arguments);
  }

  private int licet(String command, Path file, String... more) {
    String[] arguments = new String[more.length + 4];
    System.arraycopy(more, 0, arguments, 4, more.length);
    arguments[0] = command;
    arguments[1] = file.toString();
    arguments[2] = "--url";
    arguments[3] = server.address().toString();
    return licet(Map.of("LICET_API_KEY", TestServer.API_KEY), arguments);
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private String table(int records, String broken) {
    StringBuilder table = new StringBuilder("key,plan,customer_email\n");
    for (int i = 0; i < records; i++) {
      table.append("CLI-KEY-").append(i).append(",starter,cli@example.com\n");
    }
    return table.append(broken).toString();
  }

  @Test
  void importsInPartsAndSaysWhatFailed() throws IOException {
    Path file = file("in.csv", table(2_500, "CLI-KEY-X,nosuch,cli@example.com\n"));
    Path report = folder.resolve("report.ndjson");
    assertEquals(1, licet("import", file, "--report", report.toString()), this::all);
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals("line 2502: plan: There is no plan of this name.", lines.get(0));
    assertTrue(
        lines.get(1).startsWith("2,500 created, 0 there already, 1 failed in "), lines::toString);
    assertEquals(2_501, Files.readAllLines(report).size());
    assertTrue(Files.readAllLines(report).get(2_000).startsWith("{\"line\":2002,\"status\""));
    assertEquals("", err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatIsExportedIsThereAlready() throws IOException {
    assertEquals(0, licet("import", file("in.csv", table(3, ""))), this::all);
    for (String name : List.of("out.csv", "out.ndjson")) {
      Path exported = folder.resolve(name);
      assertEquals(0, licet("export", exported), this::all);
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(exported)));
      assertEquals(0, licet("import", exported), this::all);
      assertTrue(all().contains("0 created, 3 there already, 0 failed"), this::all);
    }
    assertEquals(2, licet("export", folder.resolve("out.csv")));
    assertTrue(all().contains("There is a file"), this::all);
  }

  @Test
  void whatCannotWorkIsOneLineAndExitCode2() throws IOException {
    assertMistake("There is no file", licet("import", folder.resolve("nosuch.csv")));
    assertMistake("broke off", licet("import", file("bad.csv", "id\n1\n")));
    assertMistake("column", licet("import", file("bad.csv", "id\n1\n")));
    assertMistake("ndjson or csv", licet("import", file("in.csv", ""), "--format", "xml"));
    assertMistake("Set LICET_API_KEY", licet(Map.of(), "import", file("in.csv", "").toString()));
    Map<String, String> wrong = Map.of("LICET_API_KEY", "licet_live_x");
    String url = server.address().toString();
    Path file = file("in.csv", table(1, ""));
    assertMistake("API key", licet(wrong, "import", file.toString(), "--url", url));
    assertMistake("broke off", licet(wrong, "export", "-", "--url", url));
    assertMistake(
        "broke off", licet(wrong, "import", file.toString(), "--url", "http://127.0.0.1:1"));
    assertMistake("no address", licet(wrong, "import", file.toString(), "--url", "a b"));
  }

  private void assertMistake(String words, int code) {
    assertEquals(2, code, this::all);
    String message = err.toString(StandardCharsets.UTF_8);
    assertEquals(1, message.lines().count(), message);
    assertTrue(message.contains(words), message);
  }

  private String all() {
    return out.toString(StandardCharsets.UTF_8) + err.toString(StandardCharsets.UTF_8);
  }
}
