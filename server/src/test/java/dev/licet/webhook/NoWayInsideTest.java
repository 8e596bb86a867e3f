package dev.licet.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.webhook.WebhookRequest;
import dev.licet.domain.webhook.WebhookTarget;
import dev.licet.domain.webhook.WebhookTransport.Result;
import dev.licet.domain.webhook.WebhookTransport.Trouble;
import io.vertx.core.net.TrustOptions;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.UnaryOperator;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attempts to get at this machine through a webhook. A public address is played by a receiver on
 * loopback: connections to it are led there after all checks, and those to any other address are
 * not. A listener on loopback itself counts who gets inside.
 */
@Timeout(60)
class NoWayInsideTest {
  private static final String NAME = "hooks.example.com";
  private static final String PUBLIC = "93.184.215.14";
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String OK = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";

  @TempDir static Path folder;
  private static Keystore keystore;

  private final Queue<InetSocketAddress> called = new ConcurrentLinkedQueue<>();
  private final Queue<List<SNIServerName>> indicated = new ConcurrentLinkedQueue<>();
  private final Names names = new Names();
  private Receiver outside;
  private Receiver inside;
  private @Nullable HttpTransport transport;

  @BeforeAll
  static void makeKey() throws Exception {
    keystore = Keystore.make(folder, NAME);
  }

  @BeforeEach
  void listen() throws Exception {
    outside =
        Receiver.on(
            keystore.listener(),
            (receiver, socket) -> {
              while (receiver.readRequest(socket)) {
                indicated.add(
                    ((ExtendedSSLSession) ((SSLSocket) socket).getSession())
                        .getRequestedServerNames());
                Receiver.say(socket, OK);
              }
            });
    inside = Receiver.start(Receiver.answering(OK));
  }

  @AfterEach
  void close() throws Exception {
    if (transport != null) {
      transport.close();
    }
    outside.close();
    inside.close();
  }

  private HttpTransport transport(@Nullable TrustOptions trust) {
    HttpTransport made =
        new HttpTransport(false, TIMEOUT, InstantSource.system(), names, this::route, trust);
    transport = made;
    return made;
  }

  /** One that believes the receiver's certificate, and connects where it is led to. */
  private HttpTransport led(Duration timeout, UnaryOperator<InetSocketAddress> to) {
    return new HttpTransport(false, timeout, InstantSource.system(), names, to, keystore.trust());
  }

  private static UnaryOperator<InetSocketAddress> to(Receiver receiver) {
    return checked -> new InetSocketAddress("127.0.0.1", receiver.port());
  }

  private InetSocketAddress route(InetSocketAddress checked) {
    called.add(checked);
    return checked.getAddress().equals(InetAddress.ofLiteral(PUBLIC))
        ? new InetSocketAddress("127.0.0.1", outside.port())
        : checked;
  }

  private WebhookRequest request(String host) {
    return new WebhookRequest(
        new WebhookTarget(true, host, inside.port(), "/hook"), Map.of(), "{}".getBytes(UTF_8));
  }

  private static Trouble trouble(Result result) {
    return assertInstanceOf(Result.Failed.class, result).trouble();
  }

  private void assertNobodyGotInside() {
    assertEquals(0, inside.connections());
  }

  @Test
  void theCheckedAddressIsConnectedToUnderTheName() {
    names.say(NAME, PUBLIC);
    Result result = transport(keystore.trust()).send(request(NAME));
    assertEquals(200, assertInstanceOf(Result.Answered.class, result).status(), result.toString());
    assertEquals(
        List.of(new InetSocketAddress(InetAddress.ofLiteral(PUBLIC), inside.port())),
        List.copyOf(called));
    String host = "\r\nhost: " + NAME + ":" + inside.port() + "\r\n";
    assertTrue(outside.requests().getFirst().contains(host), outside.requests().getFirst());
    assertEquals(List.of(List.of(new SNIHostName(NAME))), List.copyOf(indicated));
  }

  @Test
  void aNameThatTurnsInsideAfterItWasPublicIsRefused() {
    names.say(NAME, PUBLIC).say(NAME, "127.0.0.1");
    HttpTransport http = transport(keystore.trust());
    assertInstanceOf(Result.Answered.class, http.send(request(NAME)));
    for (int i = 0; i < 3; i++) {
      assertEquals(Trouble.FORBIDDEN_ADDRESS, trouble(http.send(request(NAME))));
    }
    assertEquals(1, outside.requests().size());
    assertNobodyGotInside();
  }

  @Test
  void aNameIsAskedForOnceInAnAttempt() {
    names.say(NAME, PUBLIC).say(NAME, "127.0.0.1");
    Result result = transport(keystore.trust()).send(request(NAME));
    assertInstanceOf(Result.Answered.class, result);
    assertNobodyGotInside();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "100.100.100.200",
        "192.168.0.1",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "fd00:ec2::254",
        "fe80::1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::1"
      })
  void aNameWithAnInnerAddressIsRefusedAlsoBesidePublicOnes(String inner) {
    names.say(NAME, inner).say(NAME, PUBLIC, inner).say(NAME, inner, PUBLIC);
    HttpTransport http = transport(keystore.trust());
    for (int i = 0; i < 3; i++) {
      assertEquals(Trouble.FORBIDDEN_ADDRESS, trouble(http.send(request(NAME))));
    }
    names.say(NAME, inner);
    assertTrue(http.refusal(request(NAME).target()).isPresent());
    assertTrue(called.isEmpty());
    assertEquals(0, outside.connections());
    assertNobodyGotInside();
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "localhost", "::1", "10.1.2.3", "169.254.169.254", "::"})
  void anInnerHostIsRefusedEvenIfItWasStored(String host) {
    HttpTransport http = transport(keystore.trust());
    assertEquals(Trouble.FORBIDDEN_ADDRESS, trouble(http.send(request(host))));
    assertTrue(http.refusal(request(host).target()).isPresent());
    WebhookTarget plain = new WebhookTarget(false, host, inside.port(), "/");
    WebhookRequest request = new WebhookRequest(plain, Map.of(), new byte[0]);
    assertEquals(Trouble.FORBIDDEN_ADDRESS, trouble(http.send(request)));
    assertNobodyGotInside();
  }

  @Test
  void loopbackAllowsItselfAndNoNameThatLeadsThere() {
    names.say(NAME, "127.0.0.1");
    try (HttpTransport http =
        new HttpTransport(true, TIMEOUT, InstantSource.system(), names, this::route, null)) {
      assertEquals(Trouble.FORBIDDEN_ADDRESS, trouble(http.send(request(NAME))));
      WebhookTarget plain = new WebhookTarget(false, NAME, inside.port(), "/");
      WebhookRequest request = new WebhookRequest(plain, Map.of(), new byte[0]);
      assertEquals(Trouble.FORBIDDEN_ADDRESS, trouble(http.send(request)));
      assertNobodyGotInside();
      WebhookTarget local = new WebhookTarget(false, "localhost", inside.port(), "/");
      Result result = http.send(new WebhookRequest(local, Map.of(), new byte[0]));
      assertInstanceOf(Result.Answered.class, result);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://169.254.169.254/latest/meta-data/", "http://127.0.0.1:%d/", "/"})
  void aRedirectIsAnAnswerAndNobodyFollowsIt(String location) throws Exception {
    String answer =
        "HTTP/1.1 302 Found\r\nlocation: %s\r\ncontent-length: 0\r\n\r\n"
            .formatted(location.formatted(inside.port()));
    try (Receiver redirecting = Receiver.on(keystore.listener(), Receiver.answering(answer))) {
      names.say(NAME, PUBLIC);
      try (HttpTransport http =
          led(
              TIMEOUT,
              checked -> {
                called.add(checked);
                return new InetSocketAddress("127.0.0.1", redirecting.port());
              })) {
        Result.Answered answered =
            assertInstanceOf(Result.Answered.class, http.send(request(NAME)));
        assertEquals(302, answered.status());
        assertFalse(answered.succeeded());
      }
      assertEquals(1, called.size());
      assertEquals(1, redirecting.requests().size());
      assertNobodyGotInside();
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() {
    names.say(NAME, PUBLIC);
    assertEquals(Trouble.TLS, trouble(transport(null).send(request(NAME))));
    assertEquals(List.of(), outside.requests());
  }

  @Test
  void aCertificateForAnotherNameIsRefused() {
    names.say("other.example.com", PUBLIC);
    assertEquals(
        Trouble.TLS, trouble(transport(keystore.trust()).send(request("other.example.com"))));
    assertEquals(Trouble.TLS, trouble(transport(keystore.trust()).send(request(PUBLIC))));
    assertEquals(List.of(), outside.requests());
  }

  @Test
  void whoDoesNotSpeakTlsIsRefused() throws Exception {
    names.say(NAME, PUBLIC);
    String plain = "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n";
    try (Receiver clear = Receiver.start((receiver, socket) -> Receiver.say(socket, plain));
        HttpTransport http = led(TIMEOUT, to(clear))) {
      Trouble trouble = trouble(http.send(request(NAME)));
      assertTrue(List.of(Trouble.TLS, Trouble.RESET).contains(trouble), trouble.toString());
    }
  }

  @Test
  void aKeptConnectionServesNoOtherName() {
    names.say(NAME, PUBLIC).say("other.example.com", PUBLIC);
    HttpTransport http = transport(keystore.trust());
    assertInstanceOf(Result.Answered.class, http.send(request(NAME)));
    assertEquals(Trouble.TLS, trouble(http.send(request("other.example.com"))));
    assertInstanceOf(Result.Answered.class, http.send(request(NAME)));
    assertEquals(2, outside.connections());
    assertEquals(2, outside.requests().size());
  }

  @Test
  void theNextAddressIsTriedWhenTheFirstRefuses() throws Exception {
    names.say(NAME, "93.184.215.15", PUBLIC);
    int closed;
    try (Receiver gone = Receiver.start((receiver, socket) -> {})) {
      closed = gone.port();
    }
    try (HttpTransport http =
        led(
            TIMEOUT,
            checked ->
                checked.getAddress().equals(InetAddress.ofLiteral(PUBLIC))
                    ? route(checked)
                    : new InetSocketAddress("127.0.0.1", closed))) {
      Result result = http.send(request(NAME));
      assertInstanceOf(Result.Answered.class, result, result.toString());
    }
  }

  @Test
  void aNameThatIsNotKnownIsNoRefusalWhenItIsSaved() {
    HttpTransport http = transport(null);
    assertEquals(Trouble.DNS, trouble(http.send(request("unknown.example.com"))));
    assertTrue(http.refusal(request("unknown.example.com").target()).isEmpty());
  }

  @Test
  void aHandshakeThatNeverEndsIsTimedOut() throws Exception {
    names.say(NAME, PUBLIC);
    try (Receiver silent = Receiver.start((receiver, socket) -> readForever(socket));
        HttpTransport http = led(Duration.ofSeconds(1), to(silent))) {
      Result result = http.send(request(NAME));
      assertEquals(Trouble.TIMEOUT, trouble(result));
      assertTrue(result.took().toMillis() < 5_000, result.toString());
    }
  }

  private static void readForever(Socket socket) throws Exception {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }
}
