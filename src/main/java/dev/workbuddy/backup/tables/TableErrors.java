package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.Connections;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;

/** Tells errors of one table from those of a whole database. */
public final class TableErrors {
  private TableErrors() {}

  /** Whether an error speaks of the table at hand, rather than of the whole database. */
  public static boolean isOfOneTable(SQLException e) {
    return switch (SQLiteErrorCode.getErrorCode(Connections.primaryCode(e))) {
      case SQLITE_ERROR,
          SQLITE_CONSTRAINT,
          SQLITE_MISMATCH,
          SQLITE_TOOBIG,
          SQLITE_RANGE,
          SQLITE_NOMEM,
          SQLITE_AUTH ->
          true;
      default -> false;
    };
  }
}
