package dev.licet.domain.account;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A tenant of the installation.
 *
 * @param no its number inside the database
 * @param id {@code acc_...}
 * @param email of the one who answers for it; {@code null} for the first account
 * @param addressForm what is kept of the addresses that validations come from
 * @param purgeAt when the rows of a deleted account go; {@code null} while it is not deleted
 */
public record Account(
    long no,
    String id,
    String name,
    @Nullable String email,
    AccountStatus status,
    Quota quota,
    AddressForm addressForm,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant purgeAt) {

  /** An active account that is not in the database yet. */
  public static Account create(
      String id, String name, @Nullable String email, Quota quota, Instant now) {
    return new Account(
        0, id, name, email, AccountStatus.ACTIVE, quota, AddressForm.TRUNCATED, now, now, null);
  }

  /** The same with the number that the database gave it. */
  public Account withNo(long newNo) {
    return new Account(
        newNo, id, name, email, status, quota, addressForm, createdAt, updatedAt, purgeAt);
  }

  Account with(AccountStatus newStatus, @Nullable Instant newPurgeAt, Instant now) {
    return new Account(
        no, id, name, email, newStatus, quota, addressForm, createdAt, now, newPurgeAt);
  }
}
