package dev.licet.domain;

/**
 * Whose rows a call may touch: one account, in live or in test mode. Every statement on a tenant's
 * rows names it.
 */
public record Tenant(long accountNo, boolean live) {}
