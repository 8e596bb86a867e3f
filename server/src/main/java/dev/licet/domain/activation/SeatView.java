package dev.licet.domain.activation;

import dev.licet.domain.usage.UsageTotals;

/** A seat and its use: how often and when last a valid answer went to it. */
public record SeatView(Seat seat, UsageTotals usage) {}
