package dev.licet.domain.sla;

import java.util.BitSet;

/**
 * One hour of one node.
 *
 * @param hour since the epoch
 * @param passed of the 360 pieces of ten seconds, those in which the node found itself well
 * @param failed checks that it did not pass
 * @param errors validations that got no answer because of a fault
 * @param latencies of those that were answered
 */
public record ServiceHour(
    long hour, long nodeNo, BitSet passed, int failed, long errors, Latencies latencies) {}
