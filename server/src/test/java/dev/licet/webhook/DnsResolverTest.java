package dev.licet.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport.Result;
import dev.licet.domain.webhook.WebhookTransport.Trouble;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Names that a name server on this machine knows. */
@Timeout(60)
class DnsResolverTest {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final String NAME = "hooks.example.com";

  private NameServer server;
  private DnsResolver resolver;

  @BeforeEach
  void open() throws Exception {
    server = new NameServer();
    resolver = new DnsResolver(server.provider());
  }

  @AfterEach
  void close() {
    resolver.close();
    server.close();
  }

  private List<InetAddress> resolve(String name) throws Exception {
    return resolver.resolve(name, TIMEOUT);
  }

  private static List<InetAddress> addresses(String... literals) {
    return Stream.of(literals).map(InetAddress::ofLiteral).toList();
  }

  @Test
  void allAddressesOfBothKindsAreFound() throws Exception {
    String[] all = {"93.184.215.14", "93.184.215.15", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"};
    server.say(NAME, all);
    assertEquals(addresses(all), resolve(NAME));
  }

  @Test
  void anInnerAddressBesidePublicOnesIsNotPassedOver() throws Exception {
    server.say(NAME, "93.184.215.14", "fd00::1");
    assertEquals(addresses("93.184.215.14", "fd00::1"), resolve(NAME));
  }

  @Test
  void aNameMayMove() throws Exception {
    server.say(NAME, "93.184.215.14").say(NAME, "127.0.0.1");
    assertEquals(addresses("93.184.215.14"), resolve(NAME));
    assertEquals(addresses("127.0.0.1"), resolve(NAME));
  }

  @Test
  void aNameThatThereIsNotIsUnknown() {
    assertThrows(UnknownHostException.class, () -> resolve("unknown.example.com"));
  }

  @Test
  void aServerThatSaysNothingHoldsNobodyUpForLongerThanItMay() {
    long start = System.nanoTime();
    assertThrows(
        UnknownHostException.class,
        () -> resolver.resolve("silent.example.com", Duration.ofMillis(500)));
    assertTrue(System.nanoTime() - start < 3_000_000_000L);
  }

  @Test
  void aNameThatTurnsInsideIsNotCalled() throws Exception {
    server.say(NAME, "93.184.215.14").say(NAME, "127.0.0.1");
    Queue<InetSocketAddress> called = new ConcurrentLinkedQueue<>();
    try (Receiver inside = Receiver.start((receiver, socket) -> {});
        Receiver outside = Receiver.start((receiver, socket) -> {});
        HttpTransport transport =
            new HttpTransport(
                false,
                TIMEOUT,
                InstantSource.system(),
                resolver,
                checked -> {
                  called.add(checked);
                  return new InetSocketAddress("127.0.0.1", outside.port());
                },
                null)) {
      WebhookTarget target = new WebhookTarget(true, NAME, inside.port(), "/");
      WebhookRequest request = new WebhookRequest(target, Map.of(), new byte[0]);
      Result first = transport.send(request);
      assertTrue(
          first instanceof Result.Failed failed && failed.trouble() != Trouble.FORBIDDEN_ADDRESS,
          first.toString());
      Result second = transport.send(request);
      assertEquals(
          Trouble.FORBIDDEN_ADDRESS,
          assertInstanceOf(Result.Failed.class, second, second.toString()).trouble());
      assertEquals(
          List.of(new InetSocketAddress(InetAddress.ofLiteral("93.184.215.14"), inside.port())),
          List.copyOf(called));
      assertEquals(0, inside.connections());
    }
  }
}
