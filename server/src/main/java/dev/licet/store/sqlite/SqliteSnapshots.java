package dev.licet.store.sqlite;

import dev.licet.domain.license.KeyVault;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.store.sql.SnapshotStatements;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** Snapshots, by statements that each reader keeps prepared. */
final class SqliteSnapshots implements SnapshotSource {
  private final SqliteReaders readers;
  private final KeyVault vault;
  private final InstantSource clock;
  private final SnapshotStatements statements = new SnapshotStatements();

  SqliteSnapshots(SqliteReaders readers, KeyVault vault, InstantSource clock) {
    this.readers = readers;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public @Nullable LicenseSnapshot find(String canonicalKey) {
    byte[] lookup = vault.lookup(canonicalKey);
    return readers.<@Nullable LicenseSnapshot>run(reader ->
        statements.read(
            reader.prepared(SnapshotStatements.LICENSE),
            reader.prepared(SnapshotStatements.SEATS),
            lookup,
            clock.millis()));
  }
}
