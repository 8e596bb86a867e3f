package dev.licet.store.sqlite;

import dev.licet.store.sql.Dialect;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** SQLite's own ways. */
final class SqliteDialect {
  static final Dialect DIALECT =
      new Dialect(
          "IN (SELECT value FROM json_each(:nos))",
          null,
          null,
          null,
          null,
          null,
          "TRUE", // a writer is alone
          true,
          SqliteRecords::forget,
          SqliteDialect::isUnavailable,
          fault -> false);

  private static final int PRIMARY_CODE = 0xff;

  private SqliteDialect() {}

  /**
   * Whether the disk is full, broken or not to be had, or another process holds the file too long.
   */
  private static boolean isUnavailable(SQLException fault) {
    int code = fault.getErrorCode() & PRIMARY_CODE;
    return code == SQLiteErrorCode.SQLITE_BUSY.code
        || code == SQLiteErrorCode.SQLITE_LOCKED.code
        || code == SQLiteErrorCode.SQLITE_READONLY.code
        || code == SQLiteErrorCode.SQLITE_IOERR.code
        || code == SQLiteErrorCode.SQLITE_FULL.code
        || code == SQLiteErrorCode.SQLITE_CANTOPEN.code;
  }
}
