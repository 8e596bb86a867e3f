package dev.licet.store.sqlite;

import dev.licet.domain.license.KeyVault;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.store.sql.GroupedCalls;
import dev.licet.store.sql.SnapshotStatements;
import java.sql.PreparedStatement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots, of all keys that are asked for at a moment in one read transaction: under writes each
 * transaction begins with an empty page cache, and what it reads of the inner pages of the indexes
 * serves all keys of the group.
 */
final class SqliteSnapshots implements SnapshotSource {
  private static final int MAX_GROUP = 256;

  private final SqliteReaders readers;
  private final KeyVault vault;
  private final InstantSource clock;
  private final SnapshotStatements statements = new SnapshotStatements();
  private final GroupedCalls<byte[], @Nullable LicenseSnapshot> lookups =
      new GroupedCalls<>(1, MAX_GROUP, this::findAll);

  SqliteSnapshots(SqliteReaders readers, KeyVault vault, InstantSource clock) {
    this.readers = readers;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public @Nullable LicenseSnapshot find(String canonicalKey) {
    return lookups.call(vault.lookup(canonicalKey));
  }

  private List<@Nullable LicenseSnapshot> findAll(List<byte[]> keys) {
    long now = clock.millis();
    return readers.snapshot(reader -> {
      PreparedStatement license = reader.prepared(SnapshotStatements.LICENSE);
      PreparedStatement seats = reader.prepared(SnapshotStatements.SEATS);
      List<@Nullable LicenseSnapshot> found = new ArrayList<>(keys.size());
      for (byte[] key : keys) {
        found.add(statements.read(license, seats, key, now));
      }
      return found;
    });
  }
}
