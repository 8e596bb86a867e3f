package dev.licet.domain.idempotency;

import java.util.Map;

/** An answer that is given again when its request is repeated, byte for byte. */
public record KeptAnswer(int status, Map<String, String> headers, byte[] body) {}
