package dev.licet.domain.account;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressFormTest {
  @ParameterizedTest
  @CsvSource({
    "203.0.113.77, 203.0.113.0",
    "10.0.0.0, 10.0.0.0",
    "2001:db8:12:3456:789a:bcde:f012:3456, 2001:db8:12:0:0:0:0:0",
    "2001:db8::1, 2001:db8:0:0:0:0:0:0",
    "::ffff:203.0.113.77, 203.0.113.0",
    "::1, 0:0:0:0:0:0:0:0",
    "fe80::1, fe80:0:0:0:0:0:0:0"
  })
  void theNetworkIsKept(String address, String kept) {
    assertEquals(kept, AddressForm.TRUNCATED.kept(address));
    assertEquals(address, AddressForm.FULL.kept(address));
    assertNull(AddressForm.NONE.kept(address));
  }

  @Test
  void whatIsNoAddressIsNotKeptInPart() {
    assertNull(AddressForm.TRUNCATED.kept(null));
    assertNull(AddressForm.TRUNCATED.kept("localhost"));
    assertNull(AddressForm.TRUNCATED.kept("2001:db8::zz"));
  }
}
