package dev.licet.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookSecret;
import dev.licet.domain.webhook.WebhookSignature;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport.Result;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The receivers in {@code docs/guides/webhooks.md}, run as they are printed there. */
@Timeout(90)
class GuideReceiversTest {
  private static final Path GUIDE = Path.of("../docs/guides/webhooks.md");
  private static final long START_SECONDS = 40;

  private final SecureRandom random = new SecureRandom();
  private final WebhookSecret secret = WebhookSecret.generate(random);
  private final WebhookSecret other = WebhookSecret.generate(random);
  private final long now = Instant.now().getEpochSecond();

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "java, java, Receiver.java",
    "js, node, receiver.mjs",
    "python, python3, receiver.py"
  })
  void aReceiverOfTheGuideVerifiesAndDropsRepetitions(String block, String program, String file)
      throws Exception {
    assumeTrue(isThere(program), program + " is not installed: its receiver was not run");
    Path source = Files.writeString(folder.resolve(file), block(block));
    int port = freePort();
    Path output = folder.resolve("output.txt");
    ProcessBuilder command = new ProcessBuilder(path(program), source.toString());
    command.environment().put("WEBHOOK_SECRET", secret.text());
    command.environment().put("PORT", Integer.toString(port));
    Process receiver = command.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    try (HttpTransport transport =
        new HttpTransport(true, Duration.ofSeconds(10), InstantSource.system())) {
      awaitPort(port, receiver);
      assertEquals(204, send(transport, port, message("evt_1", now, List.of(secret), "evt_1")));
      assertEquals(204, send(transport, port, message("evt_1", now + 1, List.of(secret), "evt_1")));
      assertEquals(
          204, send(transport, port, message("evt_2", now, List.of(other, secret), "evt_2")));
      assertEquals(401, send(transport, port, message("evt_3", now, List.of(other), "evt_3")));
      assertEquals(401, send(transport, port, message("evt_3", now, List.of(secret), "evt_4")));
      assertEquals(
          401, send(transport, port, message("evt_3", now - 400, List.of(secret), "evt_3")));
      assertEquals(401, send(transport, port, message("evt_3", now, List.of(), "evt_3")));
      assertEquals(204, send(transport, port, message("evt_5", now, List.of(secret), "evt_5")));
      assertEquals(List.of("evt_1", "evt_2", "evt_5"), handled(output));
    } finally {
      receiver.destroy();
      receiver.waitFor();
    }
  }

  /** A message signed for one body, and sent with the body of the event {@code sent}. */
  private Map.Entry<Map<String, String>, String> message(
      String id, long time, List<WebhookSecret> secrets, String sent) {
    byte[] signedBody = body(id).getBytes(UTF_8);
    return Map.entry(
        Map.of(
            WebhookSignature.ID_HEADER,
            id,
            WebhookSignature.TIMESTAMP_HEADER,
            Long.toString(time),
            WebhookSignature.SIGNATURE_HEADER,
            "v2,unknown " + WebhookSignature.header(id, time, signedBody, secrets, null)),
        body(sent));
  }

  private static String body(String id) {
    return "{\"id\": \"" + id + "\", \"type\": \"ping\", \"note\": \"Grüße\"}";
  }

  private static int send(
      HttpTransport transport, int port, Map.Entry<Map<String, String>, String> message) {
    WebhookTarget target = new WebhookTarget(false, "127.0.0.1", port, "/hook");
    Result result =
        transport.send(
            new WebhookRequest(target, message.getKey(), message.getValue().getBytes(UTF_8)));
    return assertInstanceOf(Result.Answered.class, result, result.toString()).status();
  }

  /** The ids that a receiver has printed, as soon as the last one is there. */
  private static List<String> handled(Path output) throws IOException, InterruptedException {
    List<String> ids = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!ids.contains("evt_5") && System.nanoTime() < end) {
      Thread.sleep(20);
      ids.clear();
      Matcher id = Pattern.compile("evt_[0-9]").matcher(Files.readString(output));
      while (id.find()) {
        ids.add(id.group());
      }
    }
    return ids;
  }

  /** The guide's only block in a language. */
  private static String block(String language) throws IOException {
    String fence = "```" + language + "\n";
    String guide = Files.readString(GUIDE);
    int start = guide.indexOf(fence) + fence.length();
    assertTrue(start >= fence.length() && guide.indexOf(fence, start) < 0, "one block " + language);
    return guide.substring(start, guide.indexOf("\n```\n", start) + 1);
  }

  private static boolean isThere(String program) throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder(path(program), "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      return version.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static String path(String program) {
    return program.equals("java")
        ? Path.of(System.getProperty("java.home"), "bin", "java").toString()
        : program;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void awaitPort(int port, Process receiver) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (receiver.isAlive() && System.nanoTime() < end) {
      try {
        new Socket("127.0.0.1", port).close();
        return;
      } catch (IOException e) {
        Thread.sleep(50);
      }
    }
    throw new AssertionError("the receiver did not start");
  }
}
