package dev.licet.domain.event;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What can happen. */
public enum EventType {
  LICENSE_CREATED("license.created"),
  /** Its first successful validation, or the first time that an application consumed. */
  LICENSE_ACTIVATED("license.activated"),
  LICENSE_UPDATED("license.updated"),
  LICENSE_SUSPENDED("license.suspended"),
  LICENSE_REINSTATED("license.reinstated"),
  LICENSE_RENEWED("license.renewed"),
  LICENSE_ROTATED("license.rotated"),
  LICENSE_REVOKED("license.revoked"),
  /** It will, in some days. */
  LICENSE_EXPIRING("license.expiring"),
  LICENSE_EXPIRED("license.expired"),
  /** Something was refused because all that the licence allows is in use. */
  LICENSE_LIMIT_REACHED("license.limit_reached"),
  /** Its use points to sharing. */
  LICENSE_SUSPICIOUS("license.suspicious"),
  ACTIVATION_CREATED("activation.created"),
  ACTIVATION_REMOVED("activation.removed"),
  COUNTER_RESET("counter.reset"),
  /** An account has used four fifths of what it may. */
  QUOTA_WARNING("quota.warning"),
  /** An account has used all of what it may. */
  QUOTA_EXCEEDED("quota.exceeded"),
  /** The server gave a webhook up. */
  WEBHOOK_DISABLED("webhook.disabled"),
  /** An event of a shop maps to nothing. */
  CHECKOUT_UNRESOLVED("checkout.unresolved"),
  /** Somebody tries a webhook. */
  PING("ping");

  private static final Set<EventType> NOTICES =
      EnumSet.of(
          LICENSE_EXPIRING,
          LICENSE_LIMIT_REACHED,
          LICENSE_SUSPICIOUS,
          QUOTA_WARNING,
          QUOTA_EXCEEDED,
          WEBHOOK_DISABLED,
          CHECKOUT_UNRESOLVED,
          PING);

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** As the API and the database write it. */
  public String text() {
    return text;
  }

  /**
   * Whether the event is the change of a licence itself, so that the audit log has it from here.
   */
  public boolean changesLicense() {
    return !NOTICES.contains(this);
  }

  /**
   * The types that a pattern names: {@code *}, a type, or the beginning of some such as {@code
   * license.*}. None when it is no pattern.
   */
  public static Set<EventType> matching(String pattern) {
    if (pattern.equals("*")) {
      return Collections.unmodifiableSet(EnumSet.allOf(EventType.class));
    }
    String beginning = pattern.endsWith(".*") ? pattern.substring(0, pattern.length() - 1) : null;
    Set<EventType> matching = EnumSet.noneOf(EventType.class);
    Arrays.stream(values())
        .filter(
            type -> beginning == null ? type.text.equals(pattern) : type.text.startsWith(beginning))
        .forEach(matching::add);
    return Collections.unmodifiableSet(matching);
  }
}
