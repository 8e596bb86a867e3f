package dev.licet.domain.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.licet.core.ValidationCode;
import dev.licet.domain.AddressBlocks;
import dev.licet.domain.SemanticVersion;
import dev.licet.domain.account.AddressForm;
import dev.licet.domain.activation.DomainNames;
import dev.licet.domain.activation.Seat;
import dev.licet.domain.activation.SeatKind;
import dev.licet.domain.license.LicenseStatus;
import dev.licet.domain.plan.Policy;
import dev.licet.domain.plan.SeatRelease;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ValidatorTest {
  private static final long NOW = 1_900_000_000_000L;
  private static final long DAY = 86_400_000L;

  /** A licence and a request that break all rules, of which more and more are taken back. */
  private static final class Case {
    LicenseStatus status = LicenseStatus.REVOKED;
    String product = "other";
    long expiresAt = NOW - 2 * DAY;
    String version = "3.0.0";
    String address = "192.0.2.1";
    @Nullable String domain;
    DomainNames.@Nullable Reading reading;
    @Nullable String fingerprint;
    int maxDevices;
    int maxDomains;

    Verdict decide() {
      Policy policy =
          new Policy(
              false,
              1,
              SeatRelease.FREE,
              0,
              true,
              true,
              AddressBlocks.of(List.of("10.0.0.0/8")),
              SemanticVersion.read("1.0.0").orElseThrow(),
              SemanticVersion.read("2.0.0").orElseThrow(),
              Map.of());
      LicenseSnapshot license = snapshot(policy, status, expiresAt, maxDomains, maxDevices);
      SemanticVersion typed = SemanticVersion.read(version).orElseThrow();
      return Validator.decide(
          license,
          new ValidationRequest("key", domain, fingerprint, product, typed, address),
          reading,
          NOW,
          true);
    }
  }

  private static LicenseSnapshot snapshot(
      Policy policy, LicenseStatus status, long expiresAt, int maxDomains, int maxDevices) {
    return snapshot(policy, status, expiresAt, maxDomains, maxDevices, List.of());
  }

  private static LicenseSnapshot snapshot(
      Policy policy,
      LicenseStatus status,
      long expiresAt,
      int maxDomains,
      int maxDevices,
      List<Seat> devices) {
    return new LicenseSnapshot(
        1,
        "lic_1",
        1,
        "shop",
        true,
        1,
        true,
        LicenseSnapshot.NEVER,
        AddressForm.FULL,
        1,
        "pro",
        policy,
        List.of(),
        status,
        expiresAt,
        maxDomains,
        maxDevices,
        false,
        true,
        LicenseSnapshot.NEVER,
        SeatTable.of(List.of()),
        SeatTable.of(devices));
  }

  /** Each step mends what the one before was refused for. */
  @Test
  void ofManyBrokenRulesTheFirstIsNamed() {
    Case all = new Case();
    List<Runnable> mending =
        List.of(
            () -> all.status = LicenseStatus.SUSPENDED,
            () -> all.status = LicenseStatus.ACTIVE,
            () -> all.product = "shop",
            () -> all.expiresAt = NOW - DAY + 1,
            () -> all.version = "2.0.0",
            () -> all.address = "10.0.0.1",
            () -> {
              all.domain = "no domain";
              all.reading = new DomainNames.Reading.Invalid();
            },
            () -> all.fingerprint = "f",
            () -> all.reading = new DomainNames.Reading.Name("a.example", false),
            () -> all.maxDevices = 1,
            () -> all.maxDomains = 1);
    List<ValidationCode> codes = new ArrayList<>();
    for (Runnable step : mending) {
      codes.add(assertInstanceOf(Verdict.Refused.class, all.decide()).code());
      step.run();
    }
    assertInstanceOf(Verdict.NeedsSeat.class, all.decide());
    List<ValidationCode> precedence = new ArrayList<>(List.of(ValidationCode.values()));
    precedence.remove(ValidationCode.LICENSE_NOT_FOUND);
    precedence.remove(ValidationCode.QUOTA_EXCEEDED); // is the account's, asked before
    assertEquals(precedence, codes);
  }

  @Test
  void aProductThatWantsToBeNamedIs() {
    Case unnamed = new Case();
    unnamed.status = LicenseStatus.ACTIVE;
    unnamed.product = null;
    assertEquals(
        ValidationCode.PRODUCT_MISMATCH,
        assertInstanceOf(Verdict.Refused.class, unnamed.decide()).code());
  }

  @Test
  void graceNeverLeadsBeyondWhatCanBeWritten() {
    Policy policy =
        new Policy(
            false,
            3650,
            SeatRelease.FREE,
            0,
            false,
            false,
            AddressBlocks.NONE,
            null,
            null,
            Map.of());
    long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
    assertEquals(last, snapshot(policy, LicenseStatus.ACTIVE, last - 1, 1, 1).graceUntil());
    assertEquals(
        LicenseSnapshot.NEVER,
        snapshot(policy, LicenseStatus.ACTIVE, LicenseSnapshot.NEVER, 1, 1).graceUntil());
  }

  @Test
  void aLeaseIsWrittenAnewWhenItEndsTooSoon() {
    assertTrue(needsSeat(5, NOW + 300_000 - 1));
    assertTrue(!needsSeat(5, NOW + 300_000));
    assertTrue(!needsSeat(5, NOW + 310_000));
    assertTrue(needsSeat(5, null));
    assertTrue(needsSeat(0, NOW + 1));
    assertTrue(!needsSeat(0, null));
  }

  private static boolean needsSeat(int leaseMinutes, @Nullable Long leasedUntil) {
    Policy policy =
        new Policy(
            false,
            0,
            SeatRelease.FREE,
            leaseMinutes,
            false,
            false,
            AddressBlocks.NONE,
            null,
            null,
            Map.of());
    Seat seat =
        new Seat(
            7,
            "act_7",
            1,
            SeatKind.DEVICE,
            "f",
            false,
            Instant.EPOCH,
            leasedUntil == null ? null : Instant.ofEpochMilli(leasedUntil));
    Verdict verdict =
        Validator.decide(
            snapshot(policy, LicenseStatus.ACTIVE, LicenseSnapshot.NEVER, 1, 1, List.of(seat)),
            new ValidationRequest("key", null, "f", "shop", null, null),
            null,
            NOW,
            true);
    return verdict instanceof Verdict.NeedsSeat;
  }

  @Test
  void aTableCountsTheSeatsWhoseLeaseIsNotOver() {
    List<Seat> seats = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Instant until = i == 0 ? null : Instant.ofEpochMilli(NOW + i / 2);
      seats.add(new Seat(i, "act_" + i, 1, SeatKind.DEVICE, "f" + i, false, Instant.EPOCH, until));
    }
    SeatTable table = SeatTable.of(seats);
    assertEquals(6, table.heldAt(NOW - 1));
    assertEquals(5, table.heldAt(NOW));
    assertEquals(3, table.heldAt(NOW + 1));
    assertEquals(1, table.heldAt(NOW + 2));
  }
}
