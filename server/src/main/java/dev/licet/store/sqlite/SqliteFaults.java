package dev.licet.store.sqlite;

import dev.licet.store.StoreOpenException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Says what a fault of SQLite means for the person who started the program. */
final class SqliteFaults {
  private static final int PRIMARY_CODE = 0xff;

  private SqliteFaults() {}

  /** Why a database cannot be opened: it is damaged, no database at all, or out of reach. */
  static StoreOpenException cannotOpen(Path file, SQLException cause) {
    StoreOpenException damage = damage(file, cause);
    return damage == null
        ? new StoreOpenException(
            "The database " + file + " cannot be opened: " + cause.getMessage(),
            "See whether the disk is full and this user may write the file.",
            cause)
        : damage;
  }

  /** What to say when a fault, or one behind it, is that of a damaged file; else null. */
  static @Nullable StoreOpenException damage(Path file, Throwable fault) {
    for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        int code = sql.getErrorCode() & PRIMARY_CODE;
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
          return new StoreOpenException(
              "The database " + file + " is damaged.", "Restore a backup in its place.", fault);
        }
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
          return new StoreOpenException(
              file + " is not a SQLite database, or it is damaged.",
              "Move it away, or restore a backup in its place.",
              fault);
        }
      }
    }
    return null;
  }
}
