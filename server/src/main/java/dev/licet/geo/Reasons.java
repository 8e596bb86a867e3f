package dev.licet.geo;

import org.jspecify.annotations.Nullable;

/** Says in one line what went wrong. */
final class Reasons {
  private Reasons() {}

  /** The first message of a fault and its causes, or else what kind of fault it is. */
  static String of(Throwable fault) {
    for (@Nullable Throwable each = fault; each != null; each = each.getCause()) {
      String message = each.getMessage();
      if (message != null && !message.isBlank()) {
        return message.lines().findFirst().orElse("");
      }
    }
    return fault.getClass().getSimpleName();
  }
}
