package dev.licet.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressRangeTest {
  private static AddressRange range(String text) {
    return AddressRange.read(text).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3/8, 10.0.0.0/8",
    "192.0.2.7, 192.0.2.7/32",
    "192.0.2.255/25, 192.0.2.128/25",
    "0.0.0.0/0, 0.0.0.0/0",
    "2001:db8::1/33, 2001:db8:0:0:0:0:0:0/33",
    "::ffff:192.0.2.1, 192.0.2.1/32",
    "2001:0db8::01/128, 2001:db8:0:0:0:0:0:1/128",
    "10.0.0.0/08, 10.0.0.0/8",
  })
  void isWrittenInCanonicalForm(String text, String canonical) {
    assertEquals(canonical, range(text).toString());
    assertEquals(range(text), range(canonical));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10",
        "10.1",
        "10.0.0.0/33",
        "10.0.0.0/",
        "10.0.0.0/-1",
        "::/129",
        "a.b.c.d",
        "example.com",
        "10.0.0.0/8/8",
        "10.0.0.256",
        "010.0.0.1",
        "10.0.0.01/32",
        "::ffff:10.00.0.1",
        "10.0.0.0/99999999999"
      })
  void whatIsNoneIsRefused(String text) {
    assertTrue(AddressRange.read(text).isEmpty());
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.0.1, true",
    "10.0.0.0/8, 11.0.0.1, false",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.128/25, 192.0.2.200, true",
    "0.0.0.0/0, 203.0.113.9, true",
    "0.0.0.0/0, ::1, false",
    "2001:db8::/32, 2001:db8:ffff::1, true",
    "2001:db8::/32, 2001:db9::1, false",
    "10.0.0.0/8, no address, false",
  })
  void containsWhatLiesInIt(String range, String address, boolean contains) {
    assertEquals(contains, range(range).contains(address));
  }

  @Test
  void coversWhatIsNoWider() {
    assertTrue(range("10.0.0.0/8").covers(range("10.0.0.0/8")));
    assertTrue(range("10.0.0.0/8").covers(range("10.9.0.0/16")));
    assertTrue(!range("10.9.0.0/16").covers(range("10.0.0.0/8")));
    assertTrue(!range("10.0.0.0/8").covers(range("11.0.0.0/16")));
    assertTrue(!range("0.0.0.0/0").covers(range("::/0")));
  }
}
