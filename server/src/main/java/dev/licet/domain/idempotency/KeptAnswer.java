package dev.licet.domain.idempotency;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An answer that is given again when its request is repeated, byte for byte.
 *
 * @param contentType {@code null} when there is no body
 * @param headers the other ones
 */
public record KeptAnswer(
    int status, @Nullable String contentType, Map<String, String> headers, byte[] body) {}
