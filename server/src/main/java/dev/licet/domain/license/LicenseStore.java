package dev.licet.domain.license;

import dev.licet.domain.Page;
import dev.licet.domain.Tenant;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Licences and their keys, inside one transaction. */
public interface LicenseStore {
  /** More days before an end than there are: nothing was announced of it. */
  int NOTHING = Integer.MAX_VALUE;

  Optional<License> find(Tenant tenant, String id);

  /** Those of a tenant's licences that have these numbers, in no order. */
  List<License> find(Tenant tenant, Collection<Long> licenseNos);

  /**
   * Finds a licence and keeps other transactions from changing it or its seats until this one ends.
   */
  Optional<License> lock(Tenant tenant, String id);

  /** As {@link #find(Tenant, String)}, for the validation path, which knows the number alone. */
  Optional<License> find(long licenseNo);

  /** As {@link #lock(Tenant, String)}, for the validation path. */
  Optional<License> lock(long licenseNo);

  /** Keeps other transactions from changing any licence on a plan or its seats. */
  void lockAllOn(long planNo);

  /** The licence that a living key opens at {@code now}; of several accounts' the oldest. */
  Optional<License> findByKey(byte[] keyLookup, Instant now);

  /** Newest first. {@code startingAfter} is the id of the last one seen. */
  Page<License> list(
      Tenant tenant, LicenseFilter filter, int limit, @Nullable String startingAfter);

  /**
   * Adds a licence with its key; its {@link License#no()} is not looked at.
   *
   * @return the licence with its number; empty when the account has that key already
   */
  Optional<License> insert(License license);

  /** Writes everything but the key. */
  void update(License license);

  /** What {@link Term#announced} is of active licences that have an end, highest first. */
  List<Integer> announced();

  /** A licence whose row cannot be read. */
  record Unreadable(long no, String id) {}

  /** Licences that end, those that can be read and those that cannot. */
  record Ending(List<License> licenses, List<Unreadable> unreadable) {}

  /**
   * Active licences that end after {@code after} and not after {@code until}, earliest first.
   *
   * @param announced {@link Term#announced}; {@link #NOTHING} for {@code null}
   * @param except the numbers of licences to leave out
   */
  Ending ending(int announced, Instant after, Instant until, int limit, Collection<Long> except);

  /** A licence as it was read, and as it is once its end was announced. */
  record Announcement(License before, License after) {}

  /**
   * Writes down that ends were announced. Changes neither versions nor times.
   *
   * @return those of licences that have not changed since they were read
   */
  List<Announcement> announce(List<Announcement> announcements);

  /**
   * Forgets keys of all licences that have opened nothing since a moment, the oldest first.
   *
   * @return how many
   */
  int forgetRetiredKeys(Instant before, int limit);

  /**
   * Gives a licence a new key. The old one opens it until {@code oldRetiresAt}.
   *
   * @return false when the account has the new key already
   */
  boolean replaceKey(License license, String newKey, Instant oldRetiresAt);
}
