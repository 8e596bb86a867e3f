package dev.licet.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The race must see what it is there to see. */
class SeatRaceTest {
  private static final int LICENSES = 10;

  @Test
  void aServerThatKeepsItsLimitsPasses() throws Exception {
    SeatRace.Result result = race(FakeLicet.Fault.NONE);
    assertEquals(List.of(), result.violations());
    assertTrue(result.granted() >= 2 * LICENSES && result.refused() > 0, result::toString);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void everyFaultIsSeen(FakeLicet.Fault fault) throws Exception {
    assertFalse(race(fault).passed());
  }

  private static SeatRace.Result race(FakeLicet.Fault fault) throws Exception {
    try (FakeLicet server = new FakeLicet(fault)) {
      return new SeatRace(List.of(server.base()), LicetServer.API_KEY, 64).run(LICENSES);
    }
  }
}
