package dev.licet.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedProxiesTest {
  @ParameterizedTest
  @CsvSource({
    "10.0.0.1, 10.0.0.1, true",
    "10.0.0.1, 10.0.0.2, false",
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "172.16.0.0/12, 172.31.0.1, true",
    "172.16.0.0/12, 172.32.0.1, false",
    "'10.0.0.1, ::1', ::1, true",
    "fd00::/7, fc00::1, true",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, ::1, false",
    "'', 127.0.0.1, false"
  })
  void anAddressIsTrustedIfItLiesInABlock(String proxies, String address, boolean trusted) {
    InetAddress literal = InetAddress.ofLiteral(address);
    assertEquals(trusted, TrustedProxies.parse(proxies).contains(literal));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "10.1",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "::1/129",
        "10.0.0.0/",
        "1.2.3.4.5"
      })
  void whatIsNoAddressIsRefused(String text) {
    assertThrows(IllegalArgumentException.class, () -> TrustedProxies.parse(text));
  }
}
