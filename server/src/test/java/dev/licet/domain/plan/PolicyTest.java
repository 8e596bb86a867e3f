package dev.licet.domain.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PolicyTest {
  private static final Rules PLAN =
      new Rules(
          true,
          7,
          new SeatRelease(SeatRelease.By.VENDOR, null),
          30,
          true,
          true,
          List.of("10.0.0.0/8"),
          null,
          null,
          Map.of("a", 1L, "b", 2L),
          null);

  @Test
  void whoSaysNothingIsUnderNoRules() {
    Policy policy = Policy.of(Rules.NONE, Rules.NONE);
    assertFalse(policy.trial());
    assertEquals(0, policy.graceDays());
    assertEquals(SeatRelease.FREE, policy.seatRelease());
    assertFalse(policy.leasesDevices());
    assertTrue(policy.covers(null));
    assertTrue(policy.admits(null));
    assertEquals(Map.of(), policy.limits());
  }

  @Test
  void aLicenseFollowsItsPlanWhereItSaysNothing() {
    assertEquals(7, Policy.of(PLAN, Rules.NONE).graceDays());
    assertTrue(Policy.of(PLAN, Rules.NONE).requireDomain());
    assertTrue(Policy.of(PLAN, Rules.NONE).admits("10.1.2.3"));
    assertFalse(Policy.of(PLAN, Rules.NONE).admits("11.1.2.3"));
    assertFalse(Policy.of(PLAN, Rules.NONE).admits(null));
  }

  @Test
  void aLicenseOverridesOneByOneAndLimitsByName() {
    Rules own =
        new Rules(
            null,
            0,
            SeatRelease.FREE,
            null,
            false,
            null,
            List.of(),
            null,
            null,
            Map.of("b", 9L),
            null);
    Policy policy = Policy.of(PLAN, own);
    assertTrue(policy.trial());
    assertEquals(0, policy.graceDays());
    assertEquals(SeatRelease.FREE, policy.seatRelease());
    assertEquals(30, policy.deviceLeaseMinutes());
    assertFalse(policy.requireDomain());
    assertTrue(policy.requireFingerprint());
    assertTrue(policy.admits("11.1.2.3"));
    assertEquals(Map.of("a", 1L, "b", 9L), policy.limits());
  }
}
