package dev.licet.domain.license;

import dev.licet.domain.Given;
import dev.licet.domain.IsoDuration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a vendor asks for when creating a licence.
 *
 * @param product the name of a product; {@code null} for the default one
 * @param plan the name of a plan
 * @param domains as typed; they take seats from the start
 * @param expiresAt not given together with {@code duration}
 * @param duration neither given: the plan's; {@code null}: for ever
 * @param expiresFrom {@code null}: the plan's
 * @param key a key of the vendor's own; {@code null} for a new one
 */
public record NewLicense(
    @Nullable String product,
    String plan,
    Customer customer,
    Overrides overrides,
    List<String> domains,
    Given<Instant> expiresAt,
    Given<IsoDuration> duration,
    @Nullable ExpiresFrom expiresFrom,
    Map<String, String> metadata,
    @Nullable String key) {}
