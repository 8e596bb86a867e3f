package dev.licet.domain.event;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which events are wanted; what is {@code null} does not matter.
 *
 * @param licenseId {@code lic_...}
 * @param from the earliest time
 * @param to the time before which they happened
 */
public record EventFilter(
    @Nullable Set<EventType> types,
    @Nullable String licenseId,
    @Nullable Instant from,
    @Nullable Instant to) {
  /** All events. */
  public static final EventFilter ALL = new EventFilter(null, null, null, null);

  /** The wanted types as the database writes them. */
  public @Nullable Set<String> typeTexts() {
    return types == null
        ? null
        : types.stream().map(EventType::text).collect(Collectors.toUnmodifiableSet());
  }

  /** Whether an event is wanted. */
  public boolean admits(RecordedEvent event) {
    return (types == null || types.stream().anyMatch(type -> type.text().equals(event.type())))
        && (licenseId == null || licenseId.equals(event.licenseId()))
        && (from == null || !event.at().isBefore(from))
        && (to == null || event.at().isBefore(to));
  }
}
