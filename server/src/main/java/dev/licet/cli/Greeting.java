package dev.licet.cli;

import java.io.PrintStream;
import java.net.URI;
import java.util.Optional;

/** What a server says when it is ready. */
final class Greeting {
  private final PrintStream out;

  Greeting(PrintStream out) {
    this.out = out;
  }

  void print(Program.Server server) {
    Optional<String> firstApiKey = server.firstApiKey();
    firstApiKey.ifPresent(key -> printFirstStart(key, reachable(server.address())));
    server.firstOperatorKey().ifPresent(this::printOperatorKey);
    out.printf("Licet is ready at %s (%s)%n", server.address(), server.database());
    out.flush();
  }

  private void printFirstStart(String apiKey, String address) {
    out.printf(
        """
        This is the first start of this database. Its first API key, which is shown only now:

          %s

        Create a license with it:

          curl -sS %s/api/v1/licenses -H 'Authorization: Bearer %s' \
        -H 'Content-Type: application/json' \
        -d '{"plan": "professional", "customer_email": "ada@example.com"}'

        """,
        apiKey, address, apiKey);
  }

  private void printOperatorKey(String operatorKey) {
    out.printf(
        """
        The operator key, which is shown only now. It creates and deletes accounts:

          %s

        """,
        operatorKey);
  }

  /** An address that listens everywhere is none to call. */
  private static String reachable(URI address) {
    String host = address.getHost();
    boolean everywhere = host.equals("0.0.0.0") || host.matches("\\[[0:]+]");
    return everywhere ? "http://127.0.0.1:" + address.getPort() : address.toString();
  }
}
