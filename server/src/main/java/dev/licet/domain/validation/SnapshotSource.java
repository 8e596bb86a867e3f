package dev.licet.domain.validation;

import org.jspecify.annotations.Nullable;

/** Reads snapshots from the database, with prepared statements and outside of transactions. */
public interface SnapshotSource {
  /**
   * The licence that a key opens, which may be one that has retired since; of several accounts' the
   * oldest licence. {@code null} when there is none.
   *
   * @throws dev.licet.domain.StoreUnavailableException when the database does not answer
   */
  @Nullable LicenseSnapshot find(String canonicalKey);
}
