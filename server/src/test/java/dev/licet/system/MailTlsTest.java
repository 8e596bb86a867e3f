package dev.licet.system;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.licet.Checkout;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import dev.licet.domain.mail.MailTemplate;
import dev.licet.domain.mail.MailTransport;
import dev.licet.mail.SmtpTransport;
import dev.licet.webhook.Keystore;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mail over TLS: to servers whose certificate Java trusts, and to no other. */
@Timeout(120)
class MailTlsTest {
  private static final String ELSEWHERE = "127.0.0.2";

  private static TemporaryDirectory directory;
  private static Keystore key;
  private static GreenMail mail;
  private static int plain;
  private static int selfSigned;

  @BeforeAll
  static void start() throws Exception {
    directory = TemporaryDirectory.create();
    key = Keystore.make(directory.path(), "localhost");
    ServerSetup[] setups = {
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP),
      new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTPS)
    };
    mail = new GreenMail(setups);
    mail.setUser("shop", "word");
    mail.getUserManager().setAuthRequired(true);
    mail.start();
    plain = mail.getSmtp().getPort();
    selfSigned = mail.getSmtps().getPort();
  }

  @AfterAll
  static void stop() {
    mail.stop();
    directory.close();
  }

  @BeforeEach
  void empty() throws FolderException {
    mail.purgeEmailFromAllMailboxes();
  }

  private static String url(String scheme, String who, int port) {
    return scheme + "://" + who + "localhost:" + port + "?from=keys@shop.example.com";
  }

  private static void buy(TestClient api) {
    String body =
        """
        {"id": "evt_1", "type": "checkout.session.completed", "created": 1795692000,
         "data": {"object": {"id": "cs_test_1", "mode": "payment", "payment_status": "paid",
           "metadata": {"price_id": "price_pro"},
           "customer_details": {"email": "ada@example.com"}}}}
        """;
    Checkout.stripe(api).post(body).expect(200);
  }

  @ParameterizedTest
  @CsvSource({"smtp, true", "smtps, false"})
  void serverWithACertificateThatIsTrustedGetsThePasswordAndTheMail(String scheme, boolean startTls)
      throws Exception {
    try (TlsFront front = new TlsFront(key, plain, startTls);
        TemporaryDirectory data = TemporaryDirectory.create();
        ServerProcess server =
            ServerProcess.start(
                data.path(),
                Map.of(
                    "LICET_SMTP_URL", url(scheme, "shop:word@", front.port()),
                    "JAVA_TOOL_OPTIONS", key.javaOptions()))) {
      buy(server.client());
      assertTrue(mail.waitForIncomingEmail(30_000, 1), server::errors);
      assertEquals(
          "ada@example.com", mail.getReceivedMessages()[0].getAllRecipients()[0].toString());
    }
  }

  @Test
  void certificateThatNobodyTrustsIsRefusedAndTheMailIsTriedAgain() throws Exception {
    Map<String, String> settings = Map.of("smtp-url", url("smtps", "shop:word@", selfSigned));
    try (TestServer server = TestServer.start(TestDatabase.SQLITE, settings)) {
      buy(server.client());
      String triedTwice =
          "UPDATE mails SET id = id WHERE attempts > 1 AND status = 'pending' AND error LIKE"
              + " '%PKIX%'";
      while (server.sql(triedTwice) == 0) {
        Thread.sleep(100);
      }
    }
    assertEquals(0, mail.getReceivedMessages().length);
  }

  @Test
  void serverThatBeginsTlsWithACertificateThatNobodyTrustsGetsNothing() throws Exception {
    try (TlsFront front = new TlsFront(key, plain, true)) {
      assertNotSent(
          new SmtpTransport.Place(
              false, "localhost", front.port(), null, null, "keys@shop.example.com"));
    }
  }

  /** Somebody in between who hides that the server knows TLS gets no password. */
  @Test
  void serverElsewhereWithoutTlsGetsNoPassword() throws Exception {
    GreenMail other = new GreenMail(new ServerSetup(0, ELSEWHERE, ServerSetup.PROTOCOL_SMTP));
    other.setUser("shop", "word");
    other.start();
    try {
      assertNotSent(
          new SmtpTransport.Place(
              false,
              ELSEWHERE,
              other.getSmtp().getPort(),
              "shop",
              "word",
              "keys@shop.example.com"));
      assertEquals(0, other.getReceivedMessages().length);
    } finally {
      other.stop();
    }
  }

  private static void assertNotSent(SmtpTransport.Place place) throws Exception {
    MailTransport.Letter letter =
        new MailTransport.Letter(
            "eml_1", "ada@example.com", null, new MailTemplate.Rendered("s", "t", "h"));
    assertInstanceOf(
        MailTransport.Outcome.Later.class,
        new SmtpTransport(place, InstantSource.system()).send(letter));
    assertEquals(0, mail.getReceivedMessages().length);
  }
}
