package dev.licet.cli;

import dev.licet.cli.Program.SimulatedMessage;
import dev.licet.config.StartupException;
import dev.licet.domain.billing.Scene;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code licet checkout simulate}: posts an event to a running server, signed as a provider would.
 */
@Command(
    name = "simulate",
    description = {
      "Posts an event to a running server, signed as the provider would.",
      "LICET_CHECKOUT_CONNECTION and LICET_CHECKOUT_SECRET say to which connection, and with which",
      "secret."
    },
    footer = {
      "",
      "Examples:",
      "  licet checkout simulate stripe --event checkout.session.completed --price P --email E",
      "  licet checkout simulate paddle --event subscription.past_due --order 7f3a... --price P"
    })
final class SimulateCommand implements Callable<Integer> {
  private static final String CONNECTION = "LICET_CHECKOUT_CONNECTION";
  private static final String SECRET = "LICET_CHECKOUT_SECRET";
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int ORDER_BYTES = 12;
  private static final int ID_BYTES = 12;

  private final Program program;
  private final Terminal terminal;
  private final SecureRandom random = new SecureRandom();

  @Parameters(paramLabel = "PROVIDER", description = "stripe, paddle, lemonsqueezy or generic.")
  private String provider = "";

  @Option(names = "--event", paramLabel = "TYPE", required = true, description = "What happens.")
  private String event = "";

  @Option(
      names = "--price",
      paramLabel = "ID",
      description = "What is bought, as the mapping has it (default: ${DEFAULT-VALUE}).")
  private String price = "price_simulated";

  @Option(
      names = "--email",
      paramLabel = "ADDRESS",
      description = "Who buys (default: ${DEFAULT-VALUE}).")
  private String email = "buyer@example.com";

  @Option(names = "--name", paramLabel = "NAME", description = "The buyer's name.")
  private @Nullable String name;

  @Option(
      names = "--quantity",
      paramLabel = "N",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int quantity = 1;

  @Option(
      names = "--order",
      paramLabel = "ID",
      description = "Which order it is about: 16 to 40 letters and digits (default: a new one).")
  private @Nullable String order;

  @Option(
      names = "--subscription",
      description = "A subscription rather than one purchase, where the type does not say so.")
  private boolean subscription;

  @Option(
      names = "--status",
      paramLabel = "S",
      description = "The status of the subscription or payment (default: as usual for the type).")
  private @Nullable String status;

  @Option(
      names = "--period-end",
      paramLabel = "TIME",
      description = "Until when it is paid for (default: in 30 days).")
  private @Nullable String periodEnd;

  @Option(
      names = "--connection",
      paramLabel = "ID",
      description = "The connection, chk_... (default: $" + CONNECTION + ").")
  private @Nullable String connection;

  @Mixin private final ServerUrl server = new ServerUrl();

  SimulateCommand(Program program, Terminal terminal) {
    this.program = program;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws StartupException {
    String to = "api/v1/checkout/" + connection();
    Scene scene = scene();
    SimulatedMessage message =
        program.simulate(provider, scene, environment(SECRET, "the connection's signing secret"));
    URI base = server.base(terminal);
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(to))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(message.body()));
    message.headers().forEach(request::header);
    HttpResponse<String> answer = send(request.build());
    if (answer.statusCode() != 200) {
      terminal.complain(
          "The server answered " + answer.statusCode() + ": " + answer.body().strip());
      return ExitCode.FAILED;
    }
    terminal.out().println("Sent " + event + " about the order " + scene.order() + ".");
    terminal.out().println("Result: " + base.resolve(to + "/result?session=" + message.session()));
    return ExitCode.OK;
  }

  private Scene scene() throws StartupException {
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    if (order != null && !order.matches("[A-Za-z0-9]{16,40}")) {
      throw new StartupException(
          "--order " + order + " is not allowed", "Choose 16 to 40 letters and digits");
    }
    return new Scene(
        event,
        random(ID_BYTES),
        order == null ? random(ORDER_BYTES) : order,
        price,
        quantity,
        email,
        name,
        subscription || event.contains("subscription"),
        status,
        now,
        end(now));
  }

  private Instant end(Instant now) throws StartupException {
    try {
      return periodEnd == null ? now.plus(Duration.ofDays(30)) : Instant.parse(periodEnd);
    } catch (DateTimeParseException e) {
      throw new StartupException(
          "--period-end " + periodEnd + " is no time", "Such as 2027-01-31T00:00:00Z", e);
    }
  }

  private String random(int count) {
    byte[] bytes = new byte[count];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private String connection() throws StartupException {
    return connection == null
        ? environment(CONNECTION, "the connection's id, chk_...")
        : connection;
  }

  private String environment(String variable, String what) throws StartupException {
    String value = terminal.environment().getOrDefault(variable, "").strip();
    if (value.isEmpty()) {
      throw new StartupException("It is not said where to", "Set " + variable + " to " + what);
    }
    return value;
  }

  private HttpResponse<String> send(HttpRequest request) throws StartupException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build()) {
      return client.send(request, BodyHandlers.ofString());
    } catch (IOException | IllegalArgumentException e) {
      throw new StartupException(
          "No server answers at " + server.text(terminal) + ": " + e,
          "Start one by: licet serve",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartupException("Interrupted", "Try again", e);
    }
  }
}
