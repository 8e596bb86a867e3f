package dev.licet.http.api;

/**
 * The calls about shops.
 *
 * @param inbox takes what providers send
 * @param result tells buyers their keys
 */
public record CheckoutEndpoints(
    CheckoutConnectionEndpoints connections,
    CheckoutEventEndpoints events,
    CheckoutInboxEndpoint inbox,
    CheckoutResultEndpoint result,
    MailTemplateEndpoints mailTemplate) {}
