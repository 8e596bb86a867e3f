package dev.licet.cache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.validation.RateGate;
import org.junit.jupiter.api.Test;

class AddressGatesTest {
  private final AddressGates gates = new AddressGates(RateGate.Rate.perMinute(1, 1));

  @Test
  void eachIpv4AddressHasItsOwn() {
    assertEquals(0, gates.tryPass("192.0.2.1"));
    assertTrue(gates.tryPass("192.0.2.1") > 0);
    assertEquals(0, gates.tryPass("192.0.2.2"));
  }

  @Test
  void anIpv6NetworkHasOneForAllItsAddresses() {
    assertEquals(0, gates.tryPass("2001:db8:0:1:0:0:0:1"));
    assertTrue(gates.tryPass("2001:db8:0:1:ffff:0:0:2") > 0);
    assertTrue(gates.nanosToWait("2001:db8:0:1::3") > 0);
    assertEquals(0, gates.tryPass("2001:db8:0:2:0:0:0:1"));
  }

  @Test
  void aLookTakesNothing() {
    for (int i = 0; i < 3; i++) {
      assertEquals(0, gates.nanosToWait("192.0.2.1"));
    }
    assertEquals(0, gates.tryPass("192.0.2.1"));
    long wait = gates.nanosToWait("192.0.2.1");
    assertTrue(wait > 50_000_000_000L && wait <= 60_000_000_000L, "wait " + wait);
  }

  @Test
  void withoutALimitOrAnAddressAllPass() {
    AddressGates unlimited = new AddressGates(RateGate.Rate.perMinute(0, 0));
    for (int i = 0; i < 3; i++) {
      assertEquals(0, unlimited.tryPass("192.0.2.1"));
      assertEquals(0, unlimited.nanosToWait("192.0.2.1"));
      assertEquals(0, gates.tryPass(null));
      assertEquals(0, gates.nanosToWait(null));
    }
  }
}
