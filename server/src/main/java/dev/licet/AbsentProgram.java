package dev.licet;

import dev.licet.cli.Program;
import dev.licet.config.Settings;
import dev.licet.config.StartupException;
import java.nio.file.Path;

/** A program without a server: only the commands that need none work. */
final class AbsentProgram implements Program {
  @Override
  public Server start(Settings settings) throws StartupException {
    throw absent();
  }

  @Override
  public MigrationReport migrate(Settings settings) throws StartupException {
    throw absent();
  }

  @Override
  public BackupReport backup(Settings settings, Path target) throws StartupException {
    throw absent();
  }

  private static StartupException absent() {
    return new StartupException(
        "This build has no server", "Use one that has; key, config and version work here");
  }
}
