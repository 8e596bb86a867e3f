package dev.licet.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.licet.Checkout;
import dev.licet.Chromium;
import dev.licet.Reply;
import dev.licet.TemporaryDirectory;
import dev.licet.TestClient;
import dev.licet.TestDatabase;
import dev.licet.TestServer;
import jakarta.mail.BodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The buyer gets the key: by a page of the vendor's, and by mail. */
@Timeout(60)
class CheckoutMailTest {
  private static final String TEMPLATE = "/api/v1/mail-template";
  private static final String PAGE = "https://shop.example.com";

  private static GreenMail mail;
  private static TestServer server;
  private static TestClient api;

  @BeforeAll
  static void start() {
    mail = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
    mail.setUser("shop", "p@ss/word");
    mail.getUserManager().setAuthRequired(true);
    mail.start();
    String url =
        "smtp://shop:p%40ss%2Fword@127.0.0.1:"
            + mail.getSmtp().getPort()
            + "?from=The%20Shop%20%3Ckeys@shop.example.com%3E";
    server = TestServer.start(TestDatabase.SQLITE, Map.of("smtp-url", url));
    api = server.client();
  }

  @AfterAll
  static void stop() {
    server.close();
    mail.stop();
  }

  @BeforeEach
  void empty() throws FolderException {
    mail.purgeEmailFromAllMailboxes();
    api.delete(TEMPLATE).expect(204);
  }

  private static String session(String id, String status, String name) {
    return """
    {"id": "evt_%1$s_%2$s", "type": "checkout.session.%3$s", "created": 1795692000,
     "data": {"object": {"id": "cs_test_%1$s", "mode": "payment", "payment_status": "%2$s",
       "payment_intent": "pi_%1$s", "metadata": {"price_id": "price_pro", "quantity": "2"},
       "customer_details": {"email": "ada@example.com", "name": "%4$s"}}}}
    """
        .formatted(
            id, status, status.equals("paid") ? "async_payment_succeeded" : "completed", name);
  }

  private static String part(MimeMessage message, int index) throws Exception {
    BodyPart part = ((MimeMultipart) message.getContent()).getBodyPart(index);
    return part.getContent().toString();
  }

  private static MimeMessage received() {
    assertTrue(mail.waitForIncomingEmail(20_000, 1));
    return mail.getReceivedMessages()[0];
  }

  @Test
  void buyerIsToldTheKeysOnceByMailAndByThePage() throws Exception {
    Checkout.Shop shop = Checkout.stripe(api);
    String id = "a1B2c3D4e5F6g7H8i9J0";
    String result = "/api/v1/checkout/" + shop.id() + "/result?session=cs_test_" + id;
    TestClient browser = shop.client().with("Origin", PAGE);
    assertEquals("pending", browser.get(result).expect(202).text("/status"));
    shop.post(session(id, "unpaid", "Ada")).expect(200);
    assertEquals("pending", browser.get(result).expect(202).text("/status"));
    shop.post(session(id, "paid", "Ada")).expect(200);
    MimeMessage message = received();
    Reply paid = browser.get(result).expect(200);
    assertEquals(PAGE, paid.header("Access-Control-Allow-Origin"));
    assertEquals("Origin", paid.header("Vary"));
    assertEquals("no-store", paid.header("Cache-Control"));
    assertEquals(2, paid.at("/licenses").size());
    Reply foreign = browser.with("Origin", "https://evil.example").get(result).expect(200);
    assertEquals(null, foreign.header("Access-Control-Allow-Origin"));

    assertEquals("The Shop <keys@shop.example.com>", message.getFrom()[0].toString());
    assertEquals("Ada <ada@example.com>", message.getAllRecipients()[0].toString());
    assertTrue(message.getMessageID().matches("<eml_[0-9a-z]{26}@shop\\.example\\.com>"));
    for (String key : paid.texts("/licenses", "/key")) {
      assertTrue(part(message, 0).contains(key));
      assertTrue(part(message, 1).contains(key));
    }
    shop.post(session(id, "paid", "Ada")).expect(200);
    Thread.sleep(1_500);
    assertEquals(1, mail.getReceivedMessages().length);
  }

  /** The frame looks at the mail as a phone and a desktop show it, and writes down what it sees. */
  private static final String FRAME =
      """
      <!doctype html><meta charset="utf-8"><pre id="seen"></pre>
      <iframe id="mail" src="mail.html" style="border:0;width:WIDTHpx;height:600px"></iframe>
      <script>
      document.getElementById('mail').onload = e => {
        const frame = e.target.contentWindow, mail = frame.document;
        document.getElementById('seen').textContent = JSON.stringify({
          text: mail.body.innerText,
          loaded: frame.performance.getEntriesByType('resource').length,
          active: mail.querySelectorAll('script,link,[src],[href],object,form').length,
          wide: mail.documentElement.scrollWidth > frame.innerWidth });
      };
      </script>
      """;

  @Test
  void browserShowsTheKeysAndLoadsNothing() throws Exception {
    Checkout.Shop shop = Checkout.stripe(api);
    shop.post(session("c1B2c3D4e5F6g7H8i9J0", "paid", "Ada")).expect(200);
    MimeMessage message = received();
    List<String> keys = part(message, 0).lines().filter(line -> line.startsWith("TO-")).toList();
    assertEquals(2, keys.size());
    try (TemporaryDirectory directory = TemporaryDirectory.create()) {
      Files.writeString(directory.path().resolve("mail.html"), part(message, 1));
      for (int width : List.of(800, 360)) {
        Path frame =
            Files.writeString(
                directory.path().resolve("frame.html"),
                FRAME.replace("WIDTH", Integer.toString(width)));
        String dom = Chromium.dom(directory.path(), frame);
        String seen = dom.substring(dom.indexOf("id=\"seen\">"), dom.indexOf("</pre>"));
        assertTrue(seen.contains(String.join("\\n", keys)), dom);
        assertTrue(seen.contains("\"loaded\":0,\"active\":0,\"wide\":false"), seen);
      }
    }
  }

  @Test
  void templateIsTheVendorsAndItsValuesAreEscaped() throws Exception {
    String template =
        """
        {"subject": "For {{customer_name}}\u00e9", "text": "T {{ customer_name }} {{keys}}",
         "html": "<b>{{customer_name}}</b> {{keys}}"}
        """;
    Reply set = api.put(TEMPLATE, template).expect(200);
    assertEquals(set.text(), api.get(TEMPLATE).expect(200).text());
    Checkout.Shop shop = Checkout.stripe(api);
    String name = "<script>alert('x')</script> & $1 Co";
    shop.post(session("z1B2c3D4e5F6g7H8i9J0", "paid", name)).expect(200);
    MimeMessage message = received();
    assertEquals("For " + name + "\u00e9", message.getSubject());
    assertTrue(part(message, 0).startsWith("T " + name + " TO-"), part(message, 0));
    String html = part(message, 1);
    assertTrue(
        html.startsWith("<b>&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; $1 Co</b> TO-"),
        html);
    assertTrue(html.contains("<br>TO-"), html);
  }

  @Test
  void templateWithAnUnknownNameIsRefused() {
    String body = "{\"subject\": \"s\", \"text\": \"{{key}}\", \"html\": \"h\"}";
    api.put(TEMPLATE, body).expectInvalid("#/text");
    String lines = "{\"subject\": \"a\\r\\nBcc: x@y\", \"text\": \"t\", \"html\": \"h\"}";
    api.put(TEMPLATE, lines).expectInvalid("#/subject");
    api.put(TEMPLATE, "{\"subject\": \"s\", \"text\": \"t\"}").expectInvalid("#/html");
    assertFalse(api.get(TEMPLATE).expect(200).text().contains("{{key}}"));
  }

  @Test
  void whatCanBeNoSessionIsNotFound() {
    Checkout.Shop shop = Checkout.stripe(api);
    TestClient browser = shop.client();
    String path = "/api/v1/checkout/" + shop.id() + "/result";
    Reply unknown = browser.get(path + "?session=1").expectProblem(404, "NOT_FOUND");
    String other = "/api/v1/checkout/chk_01jddq1m3xe5v9s8y2b7r4k6ta/result?session=cs_test_";
    Reply nobodys = browser.get(other + "a1B2c3D4e5F6g7H8i9J0").expectProblem(404, "NOT_FOUND");
    assertEquals(unknown.text(), nobodys.text());
    browser.get(path).expectInvalid("?session");
    browser.send("POST", path, BodyPublishers.noBody()).expect(405);
    // A subscription's id is no session, though it leads to an order.
    shop.post(session("b1B2c3D4e5F6g7H8i9J0", "unpaid", "Ada")).expect(200);
    browser.get(path + "?session=pi_b1B2c3D4e5F6g7H8i9J0").expect(404);
  }
}
