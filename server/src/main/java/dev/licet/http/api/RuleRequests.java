package dev.licet.http.api;

import dev.licet.domain.Given;
import dev.licet.domain.plan.RuleChanges;
import dev.licet.domain.plan.SeatRelease;
import dev.licet.http.Fields;
import dev.licet.http.Fields.Shape;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rules in bodies of plans and licences. {@code null} takes back what was said before.
 */
final class RuleRequests {
  private RuleRequests() {}

  /** The rules of a plan. */
  static RuleChanges ofPlan(Fields fields) {
    return changes(
        fields,
        switchable(fields, "devices", "fixed", "floating", "lease_minutes", Shapes.MAX_LEASE));
  }

  /** The rules of a licence: whether its devices are floating is its plan's to say. */
  static RuleChanges ofLicense(Fields fields) {
    return changes(fields, Given.absent());
  }

  private static RuleChanges changes(Fields fields, Given<Integer> leaseMinutes) {
    return new RuleChanges(
        fields.nullableFlag("trial"),
        switchable(fields, "expiry_strategy", "refuse", "grace", "grace_days", Shapes.MAX_GRACE),
        fields.nullableObject("seat_release", RuleRequests::seatRelease),
        leaseMinutes,
        fields.nullableFlag("require_domain"),
        fields.nullableFlag("require_fingerprint"),
        fields.nullableTexts("ip_allowlist", Shapes.MAX_BLOCKS, Shapes.ADDRESS_BLOCK),
        fields.nullable("min_version", Shapes.VERSION),
        fields.nullable("max_version", Shapes.VERSION),
        fields.nullableNumbers("limits", Shapes.MAX_LIMITS, Shapes.FEATURE, Shapes.MAX_LIMIT),
        CounterRequests.rules(fields));
  }

  /**
   * Something that is off, or on with a number.
   *
   * @return the number; 0 for off
   */
  private static Given<Integer> switchable(
      Fields fields, String name, String off, String on, String numberName, int maxNumber) {
    Shape<Boolean> shape =
        new Shape<>(
            text ->
                text.equals(on) || text.equals(off)
                    ? Optional.of(text.equals(on))
                    : Optional.empty(),
            "must be " + off + " or " + on);
    Given<Boolean> isOn = fields.nullable(name, shape);
    Given<Integer> number = fields.nullableNumber(numberName, 1, maxNumber);
    boolean wantsNumber = Boolean.TRUE.equals(isOn.value());
    if (wantsNumber && !fields.has(numberName)) {
      fields.wrong(numberName, "is required with " + name + " " + on);
    } else if (wantsNumber && number.present() && number.value() == null) {
      fields.wrong(numberName, "must not be null with " + name + " " + on);
    } else if (!wantsNumber && number.value() != null) {
      fields.wrong(numberName, "goes only together with " + name + " " + on);
    }
    return wantsNumber ? number : isOn.map(ignored -> 0);
  }

  private static @Nullable SeatRelease seatRelease(Fields fields) {
    fields.required("by", Fields.Shape.text(1, 10));
    SeatRelease.By by = fields.value("by", Shapes.RELEASE_BY).value();
    Integer perWeek = fields.nullableNumber("per_week", 1, SeatRelease.MAX_PER_WEEK).value();
    if (by == SeatRelease.By.VENDOR && perWeek != null) {
      fields.wrong("per_week", "does not go with by vendor, whose releases are not counted");
      return null;
    }
    return by == null ? null : new SeatRelease(by, perWeek);
  }
}
