package dev.licet.domain.usage;

import java.util.Map;

/**
 * How a licence was used.
 *
 * @param total all validations, refused ones too
 * @param last24Hours since the start of the hour that was 24 hours ago
 * @param last30Days since the start of the hour that was 30 days ago
 * @param byOutcome all of them, by outcome; outcomes that never happened are absent
 */
public record UsageSummary(
    long total, long last24Hours, long last30Days, Map<Outcome, Long> byOutcome) {}
