package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Small queries, and identifiers made safe to stand in SQL text. */
public final class Sql {
  /** The order of names in which SQLite's own rule decides which of them are one and the same. */
  public static final Comparator<String> BY_NAME = Comparator.comparing(Sql::folded);

  private Sql() {}

  /** The identifier in double quotes, so that any name is only ever a name. */
  public static String quote(String identifier) {
    return '"' + identifier.replace("\"", "\"\"") + '"';
  }

  /** The text as a literal in SQL. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** Runs one statement; rows that it yields are not read. */
  public static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** The first column of the first row; 0 where there is none. */
  public static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** The first column of the first row; empty where there is none. */
  public static String text(Connection connection, String sql) throws SQLException {
    List<String> column = column(connection, sql);
    return column.isEmpty() ? "" : column.getFirst();
  }

  /** The first column of every row; NULL becomes an empty text. */
  public static List<String> column(Connection connection, String sql) throws SQLException {
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

  /** A name as SQLite compares it: ASCII letters, and only those, are the same in either case. */
  public static String folded(String name) {
    StringBuilder folded = new StringBuilder(name);
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if ('A' <= c && c <= 'Z') {
        folded.setCharAt(i, (char) (c - 'A' + 'a'));
      }
    }
    return folded.toString();
  }

  /** Whether SQLite takes both for one name. */
  public static boolean isSameName(String one, String other) {
    return folded(one).equals(folded(other));
  }
}
