package dev.licet.domain.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.licet.domain.anomaly.Finding.Excess;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DistributionTest {
  @Test
  void whatIsBeyondTheOuterFenceIsFarOut() {
    Distribution countries = new Distribution(Measure.COUNTRIES, 10);
    for (int i = 0; i < 40; i++) {
      countries.add(i, 1 + i % 2);
    }
    countries.add(100, 5);
    countries.add(101, 6);
    assertEquals(Map.of(101L, new Excess(Measure.COUNTRIES, 6, 2, 5)), countries.farOut());
  }

  @Test
  void whatIsBelowTheLeastIsNot() {
    Distribution networks = new Distribution(Measure.NETWORKS, 10);
    for (int i = 0; i < 40; i++) {
      networks.add(i, 1);
    }
    networks.add(100, 9);
    assertEquals(Map.of(), networks.farOut());
    networks.add(101, 10);
    assertEquals(Map.of(101L, new Excess(Measure.NETWORKS, 10, 1, 1)), networks.farOut());
  }

  @Test
  void fewLicensesTellNoNorm() {
    Distribution devices = new Distribution(Measure.DEVICES, 10);
    assertEquals(Map.of(), devices.farOut());
    devices.add(1, 1);
    devices.add(2, 1);
    devices.add(3, 50);
    assertEquals(Map.of(), devices.farOut());
  }

  @Test
  void thoseWithoutAnyCountWhereTheyAreAdded() {
    Distribution seats = new Distribution(Measure.SEATS_GIVEN_UP, 10);
    seats.add(1, 7);
    assertEquals(Map.of(), seats.farOut());
    seats.addNone(9);
    assertEquals(10, seats.total());
    assertEquals(Map.of(1L, new Excess(Measure.SEATS_GIVEN_UP, 7, 0, 0)), seats.farOut());
  }

  @Test
  void theMostExtremeAreKept() {
    Extremes<String> extremes = new Extremes<>(2);
    extremes.add(1, 3, "three");
    extremes.add(2, 9, "nine");
    extremes.add(3, 3, "three too");
    extremes.add(4, 1, "one");
    assertEquals(
        List.of("nine", "three"), extremes.all().stream().map(Extremes.Entry::value).toList());
  }
}
