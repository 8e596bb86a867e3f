package dev.licet.domain.anomaly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class JourneyTest {
  @Test
  void everyCountryIsSomewhere() {
    for (String country : Locale.getISOCountries()) {
      String other = country.equals("AQ") ? "GL" : "AQ";
      assertTrue(Countries.apart(country, other) >= 0, country);
      assertTrue(
          Math.max(Countries.apart(country, "PL"), Countries.apart(country, "NZ")) > 1_000,
          country + " is not known");
    }
    assertTrue(Countries.known() >= Locale.getISOCountries().length);
  }

  @Test
  void neighborsAreNotApart() {
    for (String pair :
        "DE FR,US CA,US MX,RU FI,RU CN,RU KP,RU NO,RU PL,CN IN,BR GF,BR CO,AR CL,KZ CN,SG MY,ES MA"
            .split(",")) {
      String[] both = pair.split(" ");
      assertTrue(Countries.apart(both[0], both[1]) <= Journey.FASTEST, pair);
      assertEquals(Countries.apart(both[0], both[1]), Countries.apart(both[1], both[0]));
    }
    assertEquals(0, Countries.apart("DE", "DE"));
    assertEquals(0, Countries.apart("DE", "ZZ"));
    long far = Countries.apart("DE", "AU");
    assertTrue(far > 10_000 && far < 15_000, () -> "from Germany to Australia: " + far);
  }

  @Test
  void whatNobodyCanTravelIsFoundAndTheFastestOfIt() {
    Journey journey = new Journey();
    journey.add(1, 100, "DE");
    journey.add(1, 101, "FR");
    journey.add(1, 130, "AU");
    journey.add(2, 100, "AU");
    assertNull(journey.fastest(), "another device, or time enough");
    journey.add(2, 108, "DE");
    journey.add(2, 110, "AU");
    Finding.Travel fastest = journey.fastest();
    assertEquals("DE", fastest.from());
    assertEquals("AU", fastest.to());
    assertEquals(3, fastest.hours());
    assertEquals(Countries.apart("DE", "AU"), fastest.kilometers());
    assertEquals(110L * 3_600, fastest.at().getEpochSecond());
    journey.add(3, 100, "BR");
    journey.add(3, 100, "JP");
    assertEquals(1, journey.fastest().hours());
  }

  @Test
  void aPlaceThatWasLeftLongAgoIsComparedWithTheLastTimeThere() {
    Journey journey = new Journey();
    journey.add(1, 0, "DE");
    journey.add(1, 10, "DE");
    journey.add(1, 11, "FR");
    journey.add(1, 12, "JP");
    assertEquals(Countries.apart("FR", "JP"), journey.fastest().kilometers());
    assertEquals(2, journey.fastest().hours());
  }
}
