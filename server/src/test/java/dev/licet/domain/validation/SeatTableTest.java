package dev.licet.domain.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Seats are found among any number of others, whatever their values and leases. */
class SeatTableTest {
  private static final String[] PIECES = {
    "a", "b", "-", ".", "*", "0", "\u00e4", "\u20ac", "\ud83d\ude00", " "
  };

  private final Random random = new Random(20_261_128);

  @Test
  void agreesWithAMap() {
    for (int size = 0; size < 200; size++) {
      Map<String, Seat> model = new HashMap<>();
      for (int i = 1; i <= size; i++) {
        Instant lease = random.nextInt(4) == 0 ? null : Instant.ofEpochMilli(random.nextInt(100));
        String value = text();
        model.put(
            value, new Seat(i, "act_" + i, 1, SeatKind.DEVICE, value, false, Instant.EPOCH, lease));
      }
      assertAgrees(model);
    }
  }

  private void assertAgrees(Map<String, Seat> model) {
    SeatTable table = SeatTable.of(List.copyOf(model.values()));
    assertEquals(model.size(), table.size());
    model.forEach((value, seat) -> {
      assertEquals(seat.no(), table.find(value));
      assertEquals(end(seat), table.leasedUntil(table.place(value)));
    });
    for (int i = 0; i < 20; i++) {
      String other = text();
      assertTrue(model.containsKey(other) || table.place(other) < 0, other);
    }
    long now = random.nextInt(100);
    assertEquals(
        model.values().stream().filter(seat -> end(seat) > now).count(), table.heldAt(now));
  }

  private static long end(Seat seat) {
    Instant end = seat.leasedUntil();
    return end == null ? LicenseSnapshot.NEVER : end.toEpochMilli();
  }

  @Test
  void aWildcardIsFoundAmongOthers() {
    List<Seat> seats = new ArrayList<>();
    for (String value : List.of("b.org", "*.b.org", "1.org", "*.a.net", "*", "a.net", "-x")) {
      long no = seats.size() + 1;
      seats.add(new Seat(no, "act_" + no, 1, SeatKind.DOMAIN, value, false, Instant.EPOCH));
    }
    SeatTable table = SeatTable.of(seats);
    assertEquals(2, table.findDomain("x.b.org"));
    assertEquals(4, table.findDomain("y.x.a.net"));
    assertEquals(6, table.findDomain("a.net"));
    assertEquals(0, table.findDomain("x.1.org"));
  }

  private String text() {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      text.append(PIECES[random.nextInt(PIECES.length)]);
    }
    return text.toString();
  }
}
