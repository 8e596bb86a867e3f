package dev.licet.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientAddressTest {
  private static final String PROXY = "10.0.0.1";
  private static final Set<InetAddress> PROXIES =
      Set.of(InetAddress.ofLiteral(PROXY), InetAddress.ofLiteral("2001:db8::a"));

  private final ClientAddress addresses = new ClientAddress(PROXIES::contains);

  @Test
  void proxiesAreTold() {
    assertTrue(addresses.isTrusted(PROXY));
    assertFalse(addresses.isTrusted("10.0.0.2"));
    assertFalse(addresses.isTrusted("no address"));
  }

  @Test
  void theLastEntryThatIsNoProxysCounts() {
    assertEquals(PROXY, of(null));
    assertEquals("192.0.2.1", of("192.0.2.1"));
    assertEquals("192.0.2.1", of("198.51.100.1, 192.0.2.1"));
    assertEquals("192.0.2.1", of("192.0.2.1,2001:db8::a , 10.0.0.1"));
    assertEquals("2001:db8:0:0:0:0:0:1", of("2001:DB8::1"));
  }

  @Test
  void portsAreLeftOut() {
    assertEquals("192.0.2.1", of("192.0.2.1:55"));
    assertEquals("2001:db8:0:0:0:0:0:1", of("[2001:db8::1]:55"));
    assertEquals("2001:db8:0:0:0:0:0:1", of("[2001:db8::1]"));
    assertEquals("192.0.2.1", of("192.0.2.1:55, [2001:db8::a]:443"));
  }

  @Test
  void whatIsNoAddressEndsTheSearch() {
    assertEquals(PROXY, of("unknown"));
    assertEquals(PROXY, of("192.0.2.1, unknown"));
    assertEquals("2001:db8:0:0:0:0:0:a", of("192.0.2.1, _hidden, 2001:db8::a"));
    assertEquals(PROXY, of("["));
    assertEquals(PROXY, of(":55"));
    assertEquals("192.0.2.1", of("192.0.2.1, , "));
    assertEquals("192.0.2.1", of(",192.0.2.1,"));
    assertEquals(PROXY, of(""));
    assertEquals(PROXY, of(","));
  }

  @Test
  void ofALongHeaderOnlyTheEndCounts() {
    assertEquals("192.0.2.1", of("x".repeat(8_000) + ", 192.0.2.1"));
    assertEquals(PROXY, of("192.0.2.1, " + "1".repeat(8_000)));
    assertEquals(PROXY, of("192.0.2.1" + ",".repeat(8_000)));
    assertEquals(PROXY, of("192.0.2.1" + (", " + PROXY).repeat(100)));
  }

  private String of(@Nullable String header) {
    return addresses.of(PROXY, header);
  }
}
