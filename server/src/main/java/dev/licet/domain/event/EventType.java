package dev.licet.domain.event;

/** What can happen to a licence. */
public enum EventType {
  LICENSE_CREATED("license.created"),
  LICENSE_ACTIVATED("license.activated"),
  LICENSE_UPDATED("license.updated"),
  LICENSE_SUSPENDED("license.suspended"),
  LICENSE_REINSTATED("license.reinstated"),
  LICENSE_RENEWED("license.renewed"),
  LICENSE_ROTATED("license.rotated"),
  LICENSE_REVOKED("license.revoked"),
  ACTIVATION_CREATED("activation.created"),
  ACTIVATION_REMOVED("activation.removed"),
  COUNTER_RESET("counter.reset");

  private final String text;

  EventType(String text) {
    this.text = text;
  }

  /** As the API and the database write it. */
  public String text() {
    return text;
  }
}
