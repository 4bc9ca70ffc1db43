package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Rows of a snapshot's table, noted in a temporary table of the connection, so that memory does not
 * follow their number: handles {@code h0}, {@code h1}, …, numbered from 1 by their rowid, and what
 * keeps a row from coming back: {@code conflict}, the unique index in which a live row has its
 * place, and {@code lacks}, the table that has no parent for it.
 */
final class NotedRows {
  private static final int SAMPLES = 5;

  private final Connection connection;
  private final TableMapping mapping;
  private final String name;
  private final String coming;

  /**
   * For rows of one table.
   *
   * @param name for the temporary table
   * @param despiteConflicts whether rows with a conflict come back
   */
  NotedRows(Connection connection, TableMapping mapping, String name, boolean despiteConflicts) {
    this.connection = connection;
    this.mapping = mapping;
    this.name = name;
    this.coming = "M.lacks IS NULL" + (despiteConflicts ? "" : " AND M.conflict IS NULL");
  }

  /** A row that does not come back, and why. */
  record Left(String why, Map<String, Cell> row) {}

  TableMapping mapping() {
    return mapping;
  }

  /** The temporary table in SQL. */
  String table() {
    return "temp." + name;
  }

  /** That a noted row, under the alias M, is to come back. */
  String coming() {
    return coming;
  }

  /** The noted rows as M, beside each, as S, the row of the snapshot that it stands for. */
  String withRows() {
    return "%s AS M CROSS JOIN %s AS S ON %s"
        .formatted(table(), mapping.oldName(), mapping.found());
  }

  /**
   * Notes rows.
   *
   * @param handlesOfRows a SELECT of their handles
   */
  void note(String handlesOfRows) throws SQLException {
    Sql.execute(
        connection,
        "CREATE TABLE %s AS SELECT *, CAST(NULL AS TEXT) AS conflict, CAST(NULL AS TEXT) AS lacks"
                .formatted(table())
            + " FROM (%s)".formatted(handlesOfRows));
    String handles =
        IntStream.range(0, mapping.handles().size())
            .mapToObj(i -> "h" + i)
            .collect(Collectors.joining(", "));
    Sql.execute(
        connection, "CREATE INDEX temp.%1$s_handles ON %1$s (%2$s)".formatted(name, handles));
  }

  void forgetObstacles(String which) throws SQLException {
    Sql.execute(
        connection,
        "UPDATE %s AS M SET conflict = NULL, lacks = NULL WHERE %s".formatted(table(), which));
  }

  long count() throws SQLException {
    return count("1");
  }

  long conflicts() throws SQLException {
    return count("M.conflict IS NOT NULL");
  }

  /** How many would be without their parents. */
  long lacking() throws SQLException {
    return count("M.lacks IS NOT NULL");
  }

  long count(String which) throws SQLException {
    return Sql.number(
        connection, "SELECT count(*) FROM %s AS M WHERE %s".formatted(table(), which));
  }

  /** The first that come back. */
  List<Map<String, Cell>> samples() throws SQLException {
    return first("''", coming).stream().map(Left::row).toList();
  }

  /** The first with a conflict, and the index. */
  List<Left> conflicting() throws SQLException {
    return first("M.conflict", "M.conflict IS NOT NULL");
  }

  /** The first without parents, and the parents' table. */
  List<Left> orphaned() throws SQLException {
    return first("M.lacks", "M.lacks IS NOT NULL");
  }

  private List<Left> first(String why, String which) throws SQLException {
    List<Left> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s, %s FROM %s WHERE %s ORDER BY M.rowid LIMIT %d"
                    .formatted(
                        why,
                        LargeValues.shown("S", mapping.common()),
                        withRows(),
                        which,
                        SAMPLES))) {
      while (rows.next()) {
        found.add(new Left(rows.getString(1), row(rows)));
      }
    }
    return found;
  }

  private Map<String, Cell> row(ResultSet rows) throws SQLException {
    Map<String, Cell> row = new LinkedHashMap<>();
    for (int i = 0; i < mapping.common().size(); i++) {
      row.put(mapping.common().get(i).name(), Cell.readShown(rows, i + 2));
    }
    return row;
  }
}
