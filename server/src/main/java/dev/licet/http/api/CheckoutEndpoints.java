package dev.licet.http.api;

/**
 * The calls about shops.
 *
 * @param inbox takes what providers send
 */
public record CheckoutEndpoints(
    CheckoutConnectionEndpoints connections,
    CheckoutEventEndpoints events,
    CheckoutInboxEndpoint inbox) {}
