package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Numbers of a database that grow as it is used. Where they fall, an older file has most likely
 * taken its place.
 *
 * @param sequences by table, the largest number that {@code AUTOINCREMENT} has given out
 * @param rowids by table, the largest rowid; tables that are empty or have no rowid are not there
 * @param documents by full-text table without content, how many documents it knows: no table has
 *     their text
 */
public record HighMarks(
    Map<String, Long> sequences, Map<String, Long> rowids, Map<String, Long> documents) {
  public static final HighMarks NONE = new HighMarks(Map.of(), Map.of(), Map.of());

  private static final List<String> ROWID_NAMES = List.of("_rowid_", "rowid", "oid");

  public HighMarks {
    sequences = Map.copyOf(sequences);
    rowids = Map.copyOf(rowids);
    documents = Map.copyOf(documents);
  }

  static HighMarks of(Connection connection) throws SQLException {
    return new HighMarks(sequences(connection), rowids(connection), documents(connection));
  }

  private static Map<String, Long> documents(Connection connection) throws SQLException {
    Map<String, Long> documents = new TreeMap<>();
    for (VirtualTable table : VirtualTable.of(connection, "main")) {
      String sizes = table.name() + "_docsize";
      boolean counted =
          table.module().equals("fts5")
              && table.option("content").filter(String::isEmpty).isPresent()
              && Sql.number(
                      connection,
                      "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = "
                          + Sql.literal(sizes))
                  == 1;
      if (counted) {
        documents.put(table.name(), Tables.rows(connection, "main", sizes));
      }
    }
    return documents;
  }

  private static Map<String, Long> sequences(Connection connection) throws SQLException {
    Map<String, Long> sequences = new TreeMap<>();
    boolean any =
        Sql.number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = 'sqlite_sequence'")
            > 0;
    if (any) {
      try (PreparedStatement query =
              connection.prepareStatement(
                  "SELECT name, max(seq) FROM sqlite_sequence"
                      + " WHERE typeof(name) = 'text' AND typeof(seq) = 'integer' GROUP BY name");
          ResultSet rows = query.executeQuery()) {
        while (rows.next()) {
          sequences.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    return sequences;
  }

  private static Map<String, Long> rowids(Connection connection) throws SQLException {
    Map<String, Set<String>> taken = takenNames(connection);
    Map<String, Long> largest = new TreeMap<>();
    for (String table : withRowid(connection)) {
      Set<String> columns = taken.getOrDefault(table, Set.of());
      List<String> free = ROWID_NAMES.stream().filter(name -> !columns.contains(name)).toList();
      if (!free.isEmpty()) {
        largest(connection, table, free.getFirst(), largest);
      }
    }
    return largest;
  }

  private static void largest(
      Connection connection, String table, String rowid, Map<String, Long> largest)
      throws SQLException {
    try (PreparedStatement query =
            connection.prepareStatement(
                "SELECT max(%s) FROM main.%s NOT INDEXED".formatted(rowid, Sql.quote(table)));
        ResultSet rows = query.executeQuery()) {
      long value = rows.next() ? rows.getLong(1) : 0;
      if (!rows.wasNull()) {
        largest.put(table, value);
      }
    } catch (SQLException e) {
      Tables.requireApplicationMissing(e);
    }
  }

  private static List<String> withRowid(Connection connection) throws SQLException {
    return new ArrayList<>(
        Sql.column(
            connection,
            """
            SELECT name FROM pragma_table_list
            WHERE schema = 'main' AND type = 'table' AND NOT wr AND name NOT LIKE 'sqlite\\_%'
              ESCAPE '\\'
            """));
  }

  /** A column may have a name that otherwise stands for the rowid. */
  private static Map<String, Set<String>> takenNames(Connection connection) throws SQLException {
    Map<String, Set<String>> taken = new HashMap<>();
    try (PreparedStatement query =
            connection.prepareStatement(
                """
                SELECT t.name, lower(c.name) FROM pragma_table_list t, pragma_table_xinfo(t.name) c
                WHERE t.schema = 'main' AND t.type = 'table'
                  AND lower(c.name) IN ('_rowid_', 'rowid', 'oid')
                """);
        ResultSet rows = query.executeQuery()) {
      while (rows.next()) {
        taken.computeIfAbsent(rows.getString(1), _ -> new HashSet<>()).add(rows.getString(2));
      }
    }
    return taken;
  }
}
