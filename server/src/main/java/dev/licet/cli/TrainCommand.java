package dev.licet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.licet.cli.DemoClient.Answer;
import dev.licet.cli.DemoClient.Call;
import dev.licet.config.StartupException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The training run of the AOT cache (JEP 483, JEP 515): the demo's story, and then validations as
 * fast as they go. The JVM notes which classes are loaded and which way their code usually takes,
 * so that a server that starts with the cache is soon as fast as it gets.
 */
@Command(
    name = "train",
    hidden = true,
    description = {
      "Does what a server does most, for a JVM that takes notes of it (-XX:AOTCacheOutput).",
      "The launcher calls it."
    },
    footer = {"", "Example:", "  licet train"})
final class TrainCommand implements Callable<Integer> {
  private static final int LICENSES = 200;

  private static final Map<String, String> WITHOUT_LIMITS =
      Map.of(
          "license-validations-per-minute", "0",
          "unknown-keys-per-minute", "0",
          "address-requests-per-minute", "0",
          "api-key-requests-per-minute", "0");

  private static final Duration AT_MOST = Duration.ofSeconds(15);

  @Option(
      names = "--validations",
      paramLabel = "COUNT",
      defaultValue = "100000",
      description = "How many, in 15 s at most; ${DEFAULT-VALUE} by default.")
  private int validations;

  private final Program program;
  private final Terminal terminal;

  TrainCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws StartupException {
    try (DemoStage stage = new DemoStage()) {
      int sent = train(stage.open(program, WITHOUT_LIMITS));
      terminal.out().printf("Trained with %d validations.%n", sent);
      return ExitCode.OK;
    } catch (DemoDeviation | IOException e) {
      terminal.complain("The training did not go as it should: " + e.getMessage());
      return ExitCode.FAILED;
    }
  }

  private int train(Program.Server server) throws DemoDeviation, IOException {
    PrintStream nobody =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    try (DemoClient client = new DemoClient(server.address(), server.firstApiKey().orElse(""))) {
      new DemoStory(client, nobody).tell();
      List<String> requests = new ArrayList<>();
      for (int i = 0; i < LICENSES; i++) {
        requests.addAll(requests(i, license(client)));
      }
      return new TrainingLoad(server.address(), requests).run(validations, AT_MOST);
    }
  }

  private static String license(DemoClient client) throws DemoDeviation {
    Map<String, String> order =
        Map.of("plan", "professional", "customer_email", "training@example.com");
    Answer answer = client.send(new Call("POST", "/api/v1/licenses", order, true));
    JsonNode key = answer.body().path("key");
    if (answer.status() != 201 || !key.isTextual()) {
      throw new DemoDeviation("a license was not created: " + answer.status());
    }
    return key.textValue();
  }

  /** Bodies as applications send them: most name a domain or a device, few have a wrong key. */
  private static List<String> requests(int number, String key) {
    String wrong = key.substring(0, key.length() - 1) + (key.endsWith("0") ? "1" : "0");
    return List.of(
        "{\"key\":\"%s\",\"domain\":\"example-%d.com\"}".formatted(key, number),
        "{\"key\":\"%s\",\"domain\":\"example-%d.com\"}".formatted(key, number),
        "{\"key\":\"%s\",\"domain\":\"https://www.example-%d.com/shop\"}".formatted(key, number),
        "{\"key\":\"%s\",\"fingerprint\":\"device-%08x\"}".formatted(key, number),
        "{\"key\":\"%s\",\"fingerprint\":\"device-%08x\",\"nonce\":\"n-%d\"}"
            .formatted(key, number, number),
        number % 10 == 0 ? "{\"key\":\"%s\"}".formatted(wrong) : "{\"key\":\"%s\"}".formatted(key));
  }
}
