package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;

/** A read transaction held open over other calls on the same connection. */
public final class ReadTransaction {
  private ReadTransaction() {}

  /** BEGIN alone takes no lock in SQLite; the first read does. */
  public static void begin(Connection connection) throws SQLException {
    Sql.execute(connection, "BEGIN");
    try {
      Sql.number(connection, "SELECT count(*) FROM sqlite_schema");
    } catch (SQLException e) {
      Sql.execute(connection, "ROLLBACK");
      throw e;
    }
  }
}
