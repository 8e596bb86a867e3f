package dev.licet.domain.billing;

import org.jspecify.annotations.Nullable;

/** Who bought. */
public record Buyer(String email, @Nullable String name) {}
