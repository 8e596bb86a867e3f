package dev.licet.domain.account;

/** An account with what it uses, of one moment. */
public record AccountView(Account account, AccountUsage usage) {}
