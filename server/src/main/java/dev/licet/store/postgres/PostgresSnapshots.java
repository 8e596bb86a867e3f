package dev.licet.store.postgres;

import dev.licet.domain.license.KeyVault;
import dev.licet.domain.validation.LicenseSnapshot;
import dev.licet.domain.validation.SnapshotSource;
import dev.licet.store.sql.Faults;
import dev.licet.store.sql.SnapshotStatements;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Snapshots; the driver keeps the statements of each connection prepared. */
final class PostgresSnapshots implements SnapshotSource {
  private final DataSource readers;
  private final KeyVault vault;
  private final InstantSource clock;
  private final SnapshotStatements statements = new SnapshotStatements();

  PostgresSnapshots(DataSource readers, KeyVault vault, InstantSource clock) {
    this.readers = readers;
    this.vault = vault;
    this.clock = clock;
  }

  @Override
  public @Nullable LicenseSnapshot find(String canonicalKey) {
    byte[] lookup = vault.lookup(canonicalKey);
    try (Connection connection = readers.getConnection();
        PreparedStatement license = connection.prepareStatement(SnapshotStatements.LICENSE);
        PreparedStatement seats = connection.prepareStatement(SnapshotStatements.SEATS)) {
      return statements.read(license, seats, lookup, clock.millis());
    } catch (SQLException e) {
      throw Faults.translate(PostgresDialect.DIALECT, e);
    }
  }
}
