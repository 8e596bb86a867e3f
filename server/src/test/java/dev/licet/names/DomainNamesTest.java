package dev.licet.names;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.DomainNames.Reading;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Domain names with the tables that the server uses. */
class DomainNamesTest {
  /** What typed names are put together from at random. */
  private static final String[] PARTS = {
    "www",
    "example",
    "co",
    "uk",
    "com",
    "test",
    "localhost",
    "ü",
    "ß",
    "例",
    "א",
    "xn--",
    "bcher-kva",
    "1",
    "127",
    "0",
    "ffff",
    ".",
    ".",
    ".",
    ".",
    "-",
    ":",
    "::",
    "[",
    "]",
    "@",
    "/",
    "//",
    "http://",
    "*.",
    "A",
    "\u00ad",
    "。",
    "\u200d",
    "\ud83d\ude00",
    "_",
    "%",
    " "
  };

  private static final String LABEL_63 = "a".repeat(63);
  private static final String NAME_253 = (LABEL_63 + ".").repeat(3) + "a".repeat(57) + ".com";

  private final DomainNames names = new DomainNames(new IcuIdna(), new GuavaPublicSuffixes());

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          example.com, example.com
          EXAMPLE.Com, example.com
          '  example.com ', example.com
          example.com., example.com
          http://example.com, example.com
          HTTPS://Example.com/, example.com
          //example.com/path, example.com
          svn+ssh://example.com/repository, example.com
          example.com:8080, example.com
          example.com:, example.com
          https://user:secret@example.com:443/a/b?c=d#e, example.com
          user@example.com, example.com
          a@b@example.com, example.com
          example.com?next=http://other.org/, example.com
          example.com#fragment, example.com
          example.com/@other.org, example.com
          https://example.com\\@other.org, example.com
          example.com.:443, example.com
          www.example.com, example.com
          WWW.Example.COM., example.com
          www.www.example.com, example.com
          www.shop.example.com, shop.example.com
          shop.www.example.com, shop.www.example.com
          www2.example.com, www2.example.com
          www.com, www.com
          www.co.uk, www.co.uk
          www.github.io, www.github.io
          www.example.github.io, example.github.io
          www.www.com, www.com
          a-b.example.com, a-b.example.com
          a--b.example.com, a--b.example.com
          r3---sn.example.com, r3---sn.example.com
          1.example.com, 1.example.com
          0x1.example.1a, 0x1.example.1a
          bücher.de, xn--bcher-kva.de
          BÜCHER.de, xn--bcher-kva.de
          https://www.bücher.de/neu, xn--bcher-kva.de
          xn--bcher-kva.de, xn--bcher-kva.de
          XN--BCHER-KVA.DE, xn--bcher-kva.de
          bu\u0308cher.de, xn--bcher-kva.de
          faß.de, xn--fa-hia.de
          例え.テスト, xn--r8jz45g.xn--zckzah
          example。com, example.com
          ｅｘａｍｐｌｅ.com, example.com
          ex\u00adample.com, example.com
          r3---sn.bücher.de, r3---sn.xn--bcher-kva.de
          www.公司.cn, www.xn--55qx5d.cn
          192.0.2.1, 192.0.2.1
          http://192.0.2.1:80/, 192.0.2.1
          255.255.255.255, 255.255.255.255
          １９２.0.2.1, 192.0.2.1
          2001:db8::1, 2001:db8::1
          [2001:db8::1], 2001:db8::1
          http://[2001:DB8:0:0:0:0:0:1]:8080/x, 2001:db8::1
          2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1
          2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1
          2001:0:0:1:0:0:0:1, 2001:0:0:1::1
          ::, ::
          1::, 1::
          ::ffff:192.0.2.1, ::ffff:192.0.2.1
          ::FFFF:c000:0201, ::ffff:192.0.2.1
          64:ff9b::192.0.2.33, 64:ff9b::c000:221
          1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0
          """)
  void typedDomainsHaveOneCanonicalForm(String typed, String canonical) {
    assertEquals(new Reading.Name(canonical, false), names.read(typed));
    assertEquals(new Reading.Name(canonical, false), names.readSeat(typed));
    assertEquals(new Reading.Name(canonical, false), names.read(canonical));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          localhost, localhost
          http://LOCALHOST:3000/, localhost
          localhost., localhost
          shop.localhost, shop.localhost
          www.localhost, www.localhost
          example.test, example.test
          www.example.test, example.test
          printer.local, printer.local
          127.0.0.1, 127.0.0.1
          127.255.3.4:80, 127.255.3.4
          １２７.0.0.1, 127.0.0.1
          ::1, ::1
          [::1]:8080, ::1
          0:0:0:0:0:0:0:1, ::1
          ::ffff:127.0.0.1, ::ffff:127.0.0.1
          [::ffff:7f00:1], ::ffff:127.0.0.1
          """)
  void namesOfOnesOwnMachineTakeNoSeat(String typed, String canonical) {
    assertEquals(new Reading.Name(canonical, true), names.read(typed));
    assertEquals(new Reading.Name(canonical, true), names.read(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        ".",
        "..",
        "com",
        "intranet",
        "test",
        "local",
        ".example.com",
        "example..com",
        "example.com..",
        "-a.example.com",
        "a-.example.com",
        "a_b.example.com",
        "exa mple.com",
        "exa\tmple.com",
        "example.com\u0000",
        "example.com:65536",
        "example.com:http",
        "example.com:80:",
        "http://",
        "http:///path",
        "https:example.com",
        "user@",
        "*.example.com",
        "exam*ple.com",
        "example.123",
        "1.2.3",
        "1.2.3.4.5",
        "1.2.3.256",
        "1.2.3.04",
        "1.2.3.",
        "1..2.3",
        "123",
        "999999999999.1",
        "www.1.2.3.4",
        "%65xample.com",
        "xn--a.de",
        "xn--.de",
        "xn--bcher-kva-.de",
        "a_b.bücher.de",
        "a／b.com",
        "\u200d.de",
        "\ud800.de",
        "א1a.de",
        ":",
        ":::",
        "1:2",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "1::2::3",
        "12345::",
        "::g",
        ":1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:",
        "::1.2.3",
        "::1.2.3.4:5",
        "1:2:3:4:5:6:7:1.2.3.4",
        "fe80::1%eth0",
        "[::1",
        "::1]",
        "[::1]x",
        "[::1]:x",
        "[]",
        "[1.2.3.4]",
        "[example.com]",
        "::\u0661",
      })
  void otherTextsAreInvalid(String typed) {
    assertInstanceOf(Reading.Invalid.class, names.read(typed));
  }

  @Test
  void lengthsAreBounded() {
    assertEquals(253, NAME_253.length());
    assertEquals(NAME_253, canonical(NAME_253));
    assertEquals(NAME_253, canonical("https://" + NAME_253 + "./"));
    assertInstanceOf(Reading.Invalid.class, names.read("a" + NAME_253));
    assertInstanceOf(Reading.Invalid.class, names.read(LABEL_63 + "a.com"));
    String path = "example.com/" + "x".repeat(DomainNames.MAX_TEXT_LENGTH - 12);
    assertEquals("example.com", canonical(path));
    assertInstanceOf(Reading.Invalid.class, names.read(path + "x"));
    assertInstanceOf(Reading.Invalid.class, names.readSeat(path + "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"example.com", "a.b.example.co.uk", "192.0.2.1", "localhost"})
  void canonicalTextIsReturnedUncopied(String text) {
    assertSame(text, canonical(text));
  }

  @Test
  void plainNamesNeedNoTables() {
    DomainNames untouchable =
        new DomainNames(
            domain -> {
              throw new AssertionError("asked for the ASCII form of " + domain);
            },
            domain -> {
              throw new AssertionError("asked for the public suffix " + domain);
            });
    assertEquals(new Reading.Name("example.com", false), untouchable.read("https://Example.com/"));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          *.example.com, *.example.com, false
          https://*.Example.com:443/, *.example.com, false
          *.example.co.uk., *.example.co.uk, false
          *.bücher.de, *.xn--bcher-kva.de, false
          *.www.example.com, *.www.example.com, false
          *.shop.test, *.shop.test, true
          *.example.github.io, *.example.github.io, false
          *.example.blogspot.com, *.example.blogspot.com, false
          *.city.kawasaki.jp, *.city.kawasaki.jp, false
          *.example.city.kawasaki.jp, *.example.city.kawasaki.jp, false
          *.shop.example.kawasaki.jp, *.shop.example.kawasaki.jp, false
          *.shop.example.compute.amazonaws.com, *.shop.example.compute.amazonaws.com, false
          """)
  void wildcardSeatsAreReadForVendors(String typed, String canonical, boolean seatless) {
    assertEquals(new Reading.Name(canonical, seatless), names.readSeat(typed));
    assertEquals(new Reading.Name(canonical, seatless), names.readSeat(canonical));
    assertInstanceOf(Reading.Invalid.class, names.read(typed));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*.com",
        "*.co.uk",
        "*.github.io",
        "*.公司.cn",
        "*.xn--55qx5d.cn",
        "*.foo.ck",
        "*.kawasaki.jp",
        "*.example.kawasaki.jp",
        "*.compute.amazonaws.com",
        "*.eu-west-1.compute.amazonaws.com",
        "*.blogspot.com",
        "*.localhost",
        "*.test",
        "*.",
        "*",
        "*.*.example.com",
        "a.*.example.com",
        "*example.com",
        "*.192.0.2.1",
        "*.[::1]",
        "*.::1",
        "*.https://example.com",
      })
  void otherWildcardsAreInvalid(String typed) {
    assertInstanceOf(Reading.Invalid.class, names.readSeat(typed));
  }

  @Test
  void wildcardCoversSubdomainsOfAnyDepthButNotItsApex() {
    assertTrue(DomainNames.covers("*.example.com", "a.example.com"));
    assertTrue(DomainNames.covers("*.example.com", "a.b.c.example.com"));
    assertFalse(DomainNames.covers("*.example.com", "example.com"));
    assertFalse(DomainNames.covers("*.example.com", ".example.com"));
    assertFalse(DomainNames.covers("*.example.com", "notexample.com"));
    assertFalse(DomainNames.covers("*.example.com", "a.example.com.evil.org"));
    assertFalse(DomainNames.covers("*.example.com", "com"));
    assertTrue(DomainNames.covers("example.com", "example.com"));
    assertFalse(DomainNames.covers("example.com", "a.example.com"));
  }

  @Test
  void canonicalFormReadsAsItself() {
    Random random = new Random(1);
    int valid = 0;
    for (int i = 0; i < 200_000; i++) {
      StringBuilder typed = new StringBuilder();
      for (int part = random.nextInt(9); part >= 0; part--) {
        typed.append(PARTS[random.nextInt(PARTS.length)]);
      }
      if (names.readSeat(typed.toString()) instanceof Reading.Name name) {
        assertEquals(name, names.readSeat(name.canonical()), typed::toString);
        valid++;
      }
    }
    assertTrue(valid > 5_000, "too few valid names to prove anything: " + valid);
  }

  @Test
  void addressesAreWrittenAsTheyWereMeant() {
    Random random = new Random(2);
    for (int i = 0; i < 50_000; i++) {
      int[] groups =
          random.ints(8, 0, 0x10000).map(group -> random.nextBoolean() ? 0 : group).toArray();
      StringBuilder full = new StringBuilder();
      for (int group : groups) {
        full.append(full.isEmpty() ? "" : ":").append(String.format("%04X", group));
      }
      String written = canonical(full.toString());
      assertEquals(written, canonical("[" + written + "]"));
      assertEquals(full.toString(), expand(written));
      assertTrue(written.length() <= full.length());
    }
  }

  /** By the JDK, which takes an IPv4-mapped address for the IPv4 address that it maps. */
  private static String expand(String address) {
    byte[] bytes = InetAddress.ofLiteral(address).getAddress();
    StringBuilder full = new StringBuilder();
    for (int i = 0; i < bytes.length; i += 2) {
      full.append(full.isEmpty() ? "" : ":");
      full.append(String.format("%02X%02X", bytes[i], bytes[i + 1]));
    }
    return bytes.length == 16 ? full.toString() : "0000:0000:0000:0000:0000:FFFF:" + full;
  }

  private String canonical(String typed) {
    return assertInstanceOf(Reading.Name.class, names.read(typed), typed).canonical();
  }
}
