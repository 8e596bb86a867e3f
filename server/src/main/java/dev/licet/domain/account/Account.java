package dev.licet.domain.account;

import java.time.Instant;

/** A tenant of the installation. */
public record Account(long no, String id, String name, Instant createdAt) {}
