package dev.licet.domain.license;

import org.jspecify.annotations.Nullable;

/** Whom a licence was issued to. */
public record Customer(String email, @Nullable String name) {}
