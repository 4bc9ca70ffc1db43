package dev.workbuddy.backup.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sqlite.SQLiteErrorCode;

/** The tables of a database and their rows, also where some need what only the application has. */
public final class Tables {
  private static final String ORDINARY =
      """
      SELECT name FROM sqlite_schema
      WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
        AND sql NOT LIKE 'CREATE VIRTUAL %'
      ORDER BY name
      """;

  private Tables() {}

  /** The ordinary tables; a virtual table keeps its rows in shadow tables, which are ordinary. */
  static List<String> names(Connection connection) throws SQLException {
    return Sql.column(connection, ORDINARY);
  }

  /**
   * The rows of a table, of the main or an attached database, counted by a walk through the table
   * itself: an index may have more or fewer. Where even that needs the application's collations (in
   * a table without rowid), the entries of its pages are counted.
   */
  public static long rows(Connection connection, String schema, String table) throws SQLException {
    try {
      return Sql.number(
          connection,
          "SELECT count(*) FROM " + Sql.quote(schema) + "." + Sql.quote(table) + " NOT INDEXED");
    } catch (SQLException e) {
      requireApplicationMissing(e);
    }
    String pages =
        " FROM dbstat WHERE schema = %s AND name = %s"
            .formatted(Sql.literal(schema), Sql.literal(table));
    if (Sql.number(connection, "SELECT count(*)" + pages + " AND pagetype = 'corrupted'") > 0) {
      throw new SQLException(
          "database disk image is malformed", null, SQLiteErrorCode.SQLITE_CORRUPT.code);
    }
    return Sql.number(connection, "SELECT total(ncell)" + pages);
  }

  /**
   * The rows of every ordinary table of the main database, by its name. Names that are not UTF-8
   * can stand in no SQL that Java writes: those tables are counted by their pages, and named with
   * {@code \\xNN} for each byte that is no character.
   */
  public static Map<String, Long> counts(Connection connection) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    if (!Sql.text(connection, "PRAGMA encoding").equals("UTF-8")) {
      for (String table : names(connection)) {
        counts.put(table, rows(connection, "main", table));
      }
      return counts;
    }
    for (String hex : Sql.column(connection, "SELECT hex(name) FROM (" + ORDINARY + ")")) {
      byte[] name = HexFormat.of().parseHex(hex);
      String text = new String(name, StandardCharsets.UTF_8);
      boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), name);
      counts.put(
          isText ? text : escaped(name),
          isText ? rows(connection, "main", text) : rowsByPages(connection, hex));
    }
    return counts;
  }

  private static String escaped(byte[] name) {
    StringBuilder text = new StringBuilder();
    for (byte each : name) {
      text.append(each >= 0 ? String.valueOf((char) each) : "\\x%02X".formatted(each));
    }
    return text.toString();
  }

  /** In a table without rowid inner pages hold rows as well. */
  private static long rowsByPages(Connection connection, String hex) throws SQLException {
    String name = "CAST(x'" + hex + "' AS TEXT)";
    boolean withoutRowid =
        Sql.number(
                connection,
                "SELECT wr FROM pragma_table_list WHERE schema = 'main' AND name = " + name)
            > 0;
    return Sql.number(
        connection,
        "SELECT total(ncell) FROM dbstat WHERE schema = 'main' AND name = "
            + name
            + (withoutRowid ? "" : " AND pagetype = 'leaf'"));
  }

  /** Reads the record of each row of a table; throws where SQLite cannot. */
  static void read(Connection connection, String table) throws SQLException {
    List<String> columns =
        Sql.column(
            connection,
            "SELECT name FROM pragma_table_xinfo(%s) WHERE hidden IN (0, 3) ORDER BY cid DESC LIMIT 1"
                .formatted(Sql.literal(table)));
    String last = columns.isEmpty() ? "*" : Sql.quote(columns.getFirst());
    long _ =
        Sql.number(
            connection,
            "SELECT count(" + last + ") FROM main." + Sql.quote(table) + " NOT INDEXED");
  }

  /** Lets pass what SQLite says of SQL that it could not compile; throws anything else. */
  static void requireApplicationMissing(SQLException e) throws SQLException {
    if (Connections.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
      throw e;
    }
  }
}
