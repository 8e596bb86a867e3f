package dev.licet.domain.usage;

/**
 * What was in use over some days.
 *
 * @param licenses that were found valid
 * @param domains on which they were: a domain counts once for each licence
 * @param devices on which they were: a device counts once for each licence
 */
public record UsageActivity(long licenses, long domains, long devices) {}
