package dev.licet.domain.webhook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.webhook.WebhookUrls.Reading;
import dev.licet.names.GuavaPublicSuffixes;
import dev.licet.names.IcuIdna;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** URLs with the tables of names that the server uses. */
class WebhookUrlsTest {
  private static final DomainNames NAMES =
      new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());
  private static final WebhookUrls URLS = new WebhookUrls(NAMES, false);
  private static final WebhookUrls DEVELOPMENT = new WebhookUrls(NAMES, true);

  /** What URLs are put together from at random. */
  private static final String[] PARTS = {
    "https://",
    "http://",
    "HTTPS://",
    "example.com",
    "127.0.0.1",
    "localhost",
    "[::1]",
    "[",
    "]",
    "@",
    ":",
    "443",
    ":443",
    ":8443",
    ":0",
    "0x7f",
    "0177",
    "2130706433",
    ".",
    "/",
    "\\",
    "?",
    "#",
    "%31",
    "%",
    "ü",
    "１",
    "。",
    "\u00ad",
    "\t",
    " ",
    "\n",
    "\u0000",
    "user",
    "::ffff:",
    "10.0.0.1",
    "a",
    "-",
    "xn--",
    "..",
    "\ud800",
    "①",
    "//",
    "www.",
    "com",
  };

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          https://example.com, https://example.com/
          https://example.com/, https://example.com/
          https://example.com/hook?key=a&b=%20c, https://example.com/hook?key=a&b=%20c
          https://example.com?a=b, https://example.com/?a=b
          HTTPS://Example.COM/Path, https://example.com/Path
          https://www.example.com/, https://www.example.com/
          https://example.com./, https://example.com/
          https://example.com:443/, https://example.com/
          https://example.com:0443/, https://example.com/
          https://example.com:8443/, https://example.com:8443/
          https://example.com:65535/, https://example.com:65535/
          https://bücher.de/, https://xn--bcher-kva.de/
          https://xn--bcher-kva.de/, https://xn--bcher-kva.de/
          https://ｅｘａｍｐｌｅ。com/, https://example.com/
          https://ex\u00adample.com/, https://example.com/
          https://0x7f.example.com/, https://0x7f.example.com/
          https://example.a1/, https://example.a1/
          https://1.2.3.4.example.com/, https://1.2.3.4.example.com/
          https://8.8.8.8/, https://8.8.8.8/
          https://8.8.8.8./, https://8.8.8.8/
          https://[2001:4860:4860:0:0:0:0:8888]:8443/x, https://[2001:4860:4860::8888]:8443/x
          https://example.com/../a//b, https://example.com/../a//b
          https://example.com//user@host, https://example.com//user@host
          """)
  void aUrlHasOneCanonicalForm(String typed, String canonical) {
    WebhookTarget target = usable(URLS.read(typed));
    assertEquals(canonical, target.uri().toString());
    assertEquals(target, usable(URLS.read(canonical)));
    assertEquals(target, usable(DEVELOPMENT.read(typed)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.0.0.1./",
        "https://127.1/",
        "https://127.0.1/",
        "https://2130706433/",
        "https://017700000001/",
        "https://0177.0.0.1/",
        "https://0177.0.0.01/",
        "https://0x7f000001/",
        "https://0x7f.0.0.1/",
        "https://0x7f.1/",
        "https://127.0.0.0x1/",
        "https://127.0.0.0x/",
        "https://0X7F.0X0.0X0.0X1/",
        "https://127.0.0.1.0x/",
        "https://127.0.0.1a/",
        "https://１２７.0.0.1/",
        "https://①②⑦.0.0.1/",
        "https://127。0。0。1/",
        "https://%31%32%37.0.0.1/",
        "https://0/",
        "https://0.0.0.0/",
        "https://10.0.0.1/",
        "https://167772161/",
        "https://012.0.0.1/",
        "https://100.64.0.1/",
        "https://169.254.169.254/latest/meta-data/",
        "https://2852039166/",
        "https://0xa9fea9fe/",
        "https://169.254.43518/",
        "https://172.16.0.1/",
        "https://192.168.1.1/",
        "https://192.168.257/",
        "https://224.0.0.1/",
        "https://255.255.255.255/",
        "https://[::]/",
        "https://[::1]/",
        "https://[0:0:0:0:0:0:0:1]/",
        "https://[::127.0.0.1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[::ffff:7f00:1]/",
        "https://[::FFFF:10.0.0.1]/",
        "https://[::ffff:a9fe:a9fe]/",
        "https://[::ffff:8.8.8.8]/",
        "https://[::ffff:0:127.0.0.1]/",
        "https://[64:ff9b::127.0.0.1]/",
        "https://[64:ff9b::a9fe:a9fe]/",
        "https://[2002:7f00:1::]/",
        "https://[2001:0:7f00:1::]/",
        "https://[2001:db8::1]/",
        "https://[fc00::1]/",
        "https://[fd00:ec2::254]/",
        "https://[fe80::1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fe80::1%eth0]/",
        "https://[2a00:1450::5efe:127.0.0.1]/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://ⓛocalhost/",
        "https://loc\u00adalhost/",
        "https://a.localhost/",
        "https://printer.local/",
        "https://intranet/",
        "https://example.test/",
      })
  void whatLeadsInsideIsRefusedInAnySpelling(String url) {
    assertRefused(URLS.read(url));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "example.com",
        "//example.com/",
        "http://example.com/",
        "ftp://example.com/",
        "file:///etc/passwd",
        "gopher://example.com/",
        "javascript:alert(1)",
        "https:example.com",
        "https:/example.com",
        "https:///example.com",
        "https://",
        "https://?a",
        " https://example.com/",
        "https://example.com/ ",
        "https://exa mple.com/",
        "https://example.com/a b",
        "https://example.com/\r\nHost: other",
        "https://exam\nple.com/",
        "https://example.com\t/",
        "https://example.com\\/",
        "https://example.com\\@127.0.0.1/",
        "https://example.com/\\x",
        "https://example.com/ü",
        "https://example.com/\u007f",
        "https://example.com/\u0000",
        "https://example.com/%zz",
        "https://example.com/#",
        "https://example.com/#a",
        "https://example.com#@127.0.0.1/",
        "https://user@example.com/",
        "https://user:password@example.com/",
        "https://example.com@127.0.0.1/",
        "https://127.0.0.1@example.com/",
        "https://@example.com/",
        "https://example.com:/",
        "https://example.com:0/",
        "https://example.com:22/",
        "https://example.com:80/",
        "https://example.com:1023/",
        "https://example.com:65536/",
        "https://example.com:99999/",
        "https://example.com:443443/",
        "https://example.com:-1/",
        "https://example.com:+443/",
        "https://example.com:４４３/",
        "https://example.com:443:443/",
        "https://example..com/",
        "https://.example.com/",
        "https://example.com../",
        "https://exam_ple.com/",
        "https://*.example.com/",
        "https://exa%6dple.com/",
        "https://1.2.3.256/",
        "https://1.2.3.4.5/",
        "https://8.8.8.08/",
        "https://134744072/",
        "https://0x8.8.8.8/",
        "https://[2001:4860:4860::8888/",
        "https://2001:4860:4860::8888/",
        "https://[2001:4860:4860::8888]x/",
        "https://[2001:4860:4860::8888]:/",
        "https://[8.8.8.8]/",
        "https://[example.com]/",
        "https://[]/",
        "https://[[::1]]/",
        "https://[v1.a]/",
        "https://xn--a.de/",
        "https://\ud800.de/",
        "https://example.com/\ud800",
      })
  void whatIsNoUsableUrlIsRefused(String url) {
    assertRefused(URLS.read(url));
    assertRefused(DEVELOPMENT.read(url));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          http://localhost:3000/hook, http://localhost:3000/hook
          http://LOCALHOST./, http://localhost/
          http://localhost:80/, http://localhost/
          http://127.0.0.1:1, http://127.0.0.1:1/
          http://127.9.9.9:8080/, http://127.9.9.9:8080/
          http://[::1]:8080/, http://[::1]:8080/
          https://localhost:22/, https://localhost:22/
          """)
  void theOperatorMayAllowLoopback(String typed, String canonical) {
    WebhookTarget target = usable(DEVELOPMENT.read(typed));
    assertEquals(canonical, target.uri().toString());
    assertEquals(target, usable(DEVELOPMENT.read(canonical)));
    assertTrue(target.loopback());
    assertRefused(URLS.read(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://example.com/",
        "http://8.8.8.8/",
        "http://10.0.0.1/",
        "https://10.0.0.1/",
        "http://0.0.0.0/",
        "http://[::]/",
        "http://169.254.169.254/",
        "http://[::ffff:127.0.0.1]/",
        "http://2130706433/",
        "http://127.1/",
        "http://a.localhost/",
        "http://localhost:0/",
      })
  void loopbackAllowsNothingElse(String url) {
    assertRefused(DEVELOPMENT.read(url));
  }

  @Test
  void lengthsAreBounded() {
    String prefix = "https://example.com/";
    String longest = prefix + "a".repeat(WebhookUrls.MAX_LENGTH - prefix.length());
    assertEquals(longest, usable(URLS.read(longest)).uri().toString());
    assertRefused(URLS.read(longest + "a"));
    String international = "https://bücher.de/";
    assertRefused(
        URLS.read(international + "a".repeat(WebhookUrls.MAX_LENGTH - international.length())));
  }

  @Test
  void onlyAnAddressIsTakenForOne() {
    assertTrue(usable(URLS.read("https://8.8.8.8/")).address().isPresent());
    assertTrue(usable(URLS.read("https://[2606:4700::1]/")).address().isPresent());
    assertFalse(usable(URLS.read("https://8.8.8.8.example.com/")).address().isPresent());
    assertFalse(usable(URLS.read("https://example.a1/")).address().isPresent());
    assertEquals("[2606:4700::1]", usable(URLS.read("https://[2606:4700::1]/")).authority());
    assertEquals("a.com:8443", usable(URLS.read("https://a.com:8443/")).authority());
  }

  @Test
  void anythingIsReadOrRefusedAndWhatIsReadIsStable() {
    Random random = new Random(20_261_126);
    int usable = 0;
    for (int i = 0; i < 60_000; i++) {
      StringBuilder text = new StringBuilder(random.nextInt(4) == 0 ? "" : "https://");
      for (int part = random.nextInt(7); part >= 0; part--) {
        text.append(PARTS[random.nextInt(PARTS.length)]);
      }
      usable += WebhookUrlChecks.check(URLS, DEVELOPMENT, text.toString()) ? 1 : 0;
    }
    assertTrue(usable > 300, "only " + usable + " of the texts were URLs");
  }

  private static WebhookTarget usable(Reading reading) {
    return assertInstanceOf(Reading.Usable.class, reading).target();
  }

  private static void assertRefused(Reading reading) {
    assertInstanceOf(Reading.Refused.class, reading);
  }
}
