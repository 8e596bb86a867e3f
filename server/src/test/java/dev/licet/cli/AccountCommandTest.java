package dev.licet.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.Reply;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code licet account} and {@code licet operator} on the database of a server that runs. */
@ParameterizedClass(name = "{0}")
@EnumSource
class AccountCommandTest {
  private static final Pattern ID = Pattern.compile("acc_[0-9a-z]{26}");
  private static final Pattern KEY = Pattern.compile("licet_live_[0-9A-Za-z]{38}");
  private static final Pattern KEY_ID = Pattern.compile("key_[0-9a-z]{26}");
  private static final Pattern OPERATOR_KEY = Pattern.compile("licet_operator_[0-9A-Za-z]{38}");
  private static final String ACCOUNTS = "/api/v1/accounts";
  private static final String LICENSE = "{\"plan\": \"starter\", \"customer_email\": \"e@e\"}";
  private static final long PATIENCE_NANOS = 1_500_000_000L;

  private static TestServer server;

  @Parameter TestDatabase database;

  @TempDir Path folder;

  @BeforeParameterizedClassInvocation
  static void start(TestDatabase database) {
    server = TestServer.start(database);
  }

  @AfterParameterizedClassInvocation
  static void stop() {
    server.close();
  }

  @Test
  void whatACommandChangesTheServerKnowsWithinASecond() throws Exception {
    Run created = account("create", "--name", "Acme", "--email", "a@acme.example").expect(0);
    String id = created.found(ID);
    TestClient client = new TestClient(server.address(), created.found(KEY));
    Reply license = client.create("starter");
    client.validate(license.text("/key"), "domain", "a.example").expectValid();
    assertTrue(account("show", id).expect(0).output().contains("1 of 5"));

    account("suspend", id).expect(0);
    await(() -> client.get("/api/v1/licenses").status() == 403);
    await(() -> !client.validate(license.text("/key")).at("/valid").asBoolean());
    client.validate(license.text("/key")).expectRefused("LICENSE_SUSPENDED");
    account("activate", id).expect(0);
    await(() -> client.validate(license.text("/key")).at("/valid").asBoolean());

    Path export = folder.resolve("acme.ndjson");
    account("delete", id, "--export", export.toString()).expect(0);
    assertTrue(Files.readString(export).contains(license.text("/key")));
    await(() -> client.get("/api/v1/licenses").status() == 401);
    assertTrue(account("list").expect(0).output().contains("deleted"));
  }

  @Test
  void quotasAreGivenByNameAndNumber() {
    Run created =
        account(
            "create",
            "--name=Solo",
            "--email=s@solo.example",
            "--quota=unlimited",
            "--max-licenses=7",
            "--over-quota=allow");
    assertTrue(created.expect(0).output().contains("0 of 7"), created::output);
    assertTrue(created.output().contains("0 of unlimited"), created::output);
  }

  @Test
  void aQuotaIsChangedAndWhatIsNotGivenStays() throws Exception {
    Run created = account("create", "--name=Grow", "--email=g@grow.example").expect(0);
    String id = created.found(ID);
    TestClient client = new TestClient(server.address(), created.found(KEY));
    String five = account("quota", id, "--max-licenses=1", "--over-quota=allow").output();
    assertTrue(five.contains("0 of 1,") && five.contains("0 of 500 in"), five);
    client.create("starter");
    await(() -> client.post("/api/v1/licenses", LICENSE).status() == 403);
    String more = account("quota", id, "--max-licenses=unlimited").expect(0).output();
    assertTrue(more.contains("1 of unlimited,") && more.contains("0 of 500 in"), more);
    assertTrue(more.contains("then allow"), more);
    client.post("/api/v1/licenses", LICENSE).expect(201);
    String named = account("quota", id, "--quota=free", "--max-validations=9").output();
    assertTrue(named.contains("2 of 5,") && named.contains("0 of 9 in"), named);
    assertTrue(named.contains("then refuse"), named);
  }

  @Test
  void aMistakeIsOneLine() {
    String id = account("create", "--name=x", "--email=e@e").expect(0).found(ID);
    for (String[] wrong :
        new String[][] {
          {"show", "acc_none"},
          {"create", "--name=x", "--email=none"},
          {"create", "--name=x", "--email=e@e", "--quota=huge"},
          {"create", "--name=x", "--email=e@e", "--max-licenses=-1"},
          {"quota", id, "--quota=huge"},
          {"quota", id, "--max-licenses=2147483648"},
          {"quota", id, "--max-validations=many"},
          {"quota", id, "--over-quota=perhaps"},
          {"quota", "acc_none", "--quota=free"},
          {"delete", id, "--export", folder.toString()}
        }) {
      Run run = account(wrong).expect(2);
      assertEquals(1, run.errors().lines().count(), run::errors);
    }
    assertTrue(account("show", id).output().contains("active"));
  }

  private static void await(BooleanSupplier change) throws InterruptedException {
    long start = System.nanoTime();
    while (!change.getAsBoolean()) {
      assertTrue(System.nanoTime() - start < PATIENCE_NANOS, "the server does not know");
      Thread.sleep(10);
    }
  }

  @Test
  void operatorKeysAreChangedWithAndWithoutAnOverlap() throws Exception {
    String first = operator("list").expect(0).found(KEY_ID);
    assertEquals(2, licet("operator", "revoke", first).exitCode(), "it is the only one");
    server.operator().get(ACCOUNTS).expect(200);

    Run created = operator("create").expect(0);
    TestClient second = new TestClient(server.address(), created.found(OPERATOR_KEY));
    second.get(ACCOUNTS).expect(200);
    server.operator().get(ACCOUNTS).expect(200);
    assertFalse(operator("list").output().contains(created.found(OPERATOR_KEY)));
    operator("revoke", created.found(KEY_ID)).expect(0);
    await(() -> second.get(ACCOUNTS).status() == 401);

    Run rotated = operator("rotate", first).expect(0);
    await(() -> server.operator().get(ACCOUNTS).status() == 401);
    TestClient third = new TestClient(server.address(), rotated.found(OPERATOR_KEY));
    third.get(ACCOUNTS).expect(200);
    assertEquals(2, operator("rotate", first).exitCode());
    assertEquals(3, operator("list").output().lines().count(), "a heading of two lines, and a key");
    var report = server.verifyAudit().getFirst();
    assertEquals("the installation", report.account());
    assertEquals(3, report.rows());
    assertTrue(report.fault().isEmpty(), report::toString);
  }

  private Run operator(String... arguments) {
    return licet("operator", arguments);
  }

  private Run account(String... arguments) {
    return licet("account", arguments);
  }

  private Run licet(String name, String... arguments) {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(List.of(arguments));
    return Run.of(server.environment(), folder, command.toArray(String[]::new));
  }
}
