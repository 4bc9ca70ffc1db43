package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.sqlite.SQLiteErrorCode;

/** The tables of a database and their rows, also where some need what only the application has. */
public final class Tables {
  private Tables() {}

  /** The ordinary tables; a virtual table keeps its rows in shadow tables, which are ordinary. */
  static List<String> names(Connection connection) throws SQLException {
    return Sql.column(
        connection,
        """
        SELECT name FROM sqlite_schema
        WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
          AND sql NOT LIKE 'CREATE VIRTUAL %'
        ORDER BY name
        """);
  }

  /**
   * The rows of a table, of the main or an attached database. Counts by an index, which is fast.
   * Where those need the application's collations, the rows themselves are counted; and where they
   * are ordered by such a collation as well (a table without rowid), the entries of their pages.
   */
  public static long rows(Connection connection, String schema, String table) throws SQLException {
    String count = "SELECT count(*) FROM " + Sql.quote(schema) + "." + Sql.quote(table);
    try {
      return Sql.number(connection, count);
    } catch (SQLException e) {
      requireApplicationMissing(e);
    }
    try {
      return Sql.number(connection, count + " NOT INDEXED");
    } catch (SQLException e) {
      requireApplicationMissing(e);
    }
    return Sql.number(
        connection,
        "SELECT total(ncell) FROM dbstat WHERE schema = %s AND name = %s"
            .formatted(Sql.literal(schema), Sql.literal(table)));
  }

  /** Lets pass what SQLite says of SQL that it could not compile; throws anything else. */
  static void requireApplicationMissing(SQLException e) throws SQLException {
    if (Connections.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
      throw e;
    }
  }
}
