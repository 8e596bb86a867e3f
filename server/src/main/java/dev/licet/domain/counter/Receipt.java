package dev.licet.domain.counter;

import java.time.Instant;

/** A consumption that its application may ask for again, having missed the answer. */
public record Receipt(
    long licenseNo, String idempotencyKey, Consumption.Consumed consumed, Instant at) {}
