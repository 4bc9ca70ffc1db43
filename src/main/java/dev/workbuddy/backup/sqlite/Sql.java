package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Small queries, and identifiers made safe to stand in SQL text. */
public final class Sql {
  private Sql() {}

  /** The identifier in double quotes, so that any name is only ever a name. */
  public static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** The text as a literal in SQL. */
  static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  static String text(Connection connection, String sql) throws SQLException {
    List<String> column = column(connection, sql);
    return column.isEmpty() ? "" : column.getFirst();
  }

  /** The first column of every row; NULL becomes an empty text. */
  static List<String> column(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        String value = rows.getString(1);
        values.add(value == null ? "" : value);
      }
    }
    return values;
  }
}
