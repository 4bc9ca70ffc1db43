package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;

/** References to rows that are not there. */
public final class ForeignKeys {
  private ForeignKeys() {}

  /** So many violations, in words. */
  public static String words(long violations) {
    return violations == 1 ? "1 broken reference" : violations + " broken references";
  }

  /**
   * How many rows have no parent, and one for each table whose foreign key names columns that
   * cannot be a key.
   */
  public static long violations(Connection connection) throws SQLException {
    long violations = 0;
    for (String table : Tables.names(connection)) {
      violations += violations(connection, table);
    }
    return violations;
  }

  private static long violations(Connection connection, String table) throws SQLException {
    long violations = 0;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("PRAGMA foreign_key_check(" + Sql.quote(table) + ")")) {
      while (rows.next()) {
        violations++;
      }
      return violations;
    } catch (SQLException e) {
      if (Connections.primaryCode(e) == SQLiteErrorCode.SQLITE_ERROR.code) {
        return 1; // The key points to columns that no parent row could ever match.
      }
      throw e;
    }
  }
}
