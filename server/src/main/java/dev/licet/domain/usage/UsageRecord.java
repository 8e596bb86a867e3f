package dev.licet.domain.usage;

/** A row of the history: the journal's id of an event and what was recorded. */
public record UsageRecord(long eventId, UsageEvent event) {}
