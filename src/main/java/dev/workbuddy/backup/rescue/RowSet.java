package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.LargeValues;
import dev.workbuddy.backup.tables.SqlValue;
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
 * follow their number: handles {@code h0}, {@code h1}, …, numbered from 1 by their rowid; {@code
 * doubt}, whether the row may be there in a newer form; {@code place}, the number that it gets;
 * {@code done}, whether it came back; and what keeps a row from coming back: {@code conflict}, the
 * unique index in which a live row has its place, {@code lacks}, the table that has no parent for
 * it, and {@code rule}, what the schema forbids in it. Nothing is noted until somebody does.
 */
final class RowSet {
  private static final int SAMPLES = 5;
  private static final String FORBIDDEN = "M.rule IS NOT NULL";
  private static final String CONFLICTING = "M.conflict IS NOT NULL AND M.rule IS NULL";
  private static final String LACKING = "M.lacks IS NOT NULL AND M.rule IS NULL";

  private final Connection connection;
  private final TableMapping mapping;
  private final String name;
  private final String coming;
  private final String conflicting;
  private boolean noted;

  /**
   * For rows of one table.
   *
   * @param name for the temporary table
   * @param despiteConflicts whether rows with a conflict come back
   * @param despiteDoubt whether rows come back that may be there in a newer form
   */
  RowSet(
      Connection connection,
      TableMapping mapping,
      String name,
      boolean despiteConflicts,
      boolean despiteDoubt) {
    this.connection = connection;
    this.mapping = mapping;
    this.name = name;
    // Where newer rows give way, a row that stays away for another reason is reported with that
    // reason.
    this.conflicting = CONFLICTING + (despiteConflicts && !despiteDoubt ? " AND NOT M.doubt" : "");
    this.coming =
        "M.lacks IS NULL AND M.rule IS NULL"
            + (despiteConflicts ? "" : " AND M.conflict IS NULL")
            + (despiteDoubt ? "" : " AND NOT M.doubt");
  }

  /** A row that does not come back, and why. */
  record Left(String why, Map<String, SqlValue> row) {}

  TableMapping mapping() {
    return mapping;
  }

  /** Whether there can be any; only then is there a temporary table. */
  boolean isNoted() {
    return noted;
  }

  /** The temporary table in SQL. */
  String table() {
    return "temp." + Sql.quote(name);
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
   * @param handlesOfRows a SELECT of their handles and of {@code doubt}
   */
  void note(String handlesOfRows) throws SQLException {
    Sql.execute(
        connection,
        "CREATE TABLE %s AS SELECT *, CAST(NULL AS TEXT) AS conflict, CAST(NULL AS TEXT) AS lacks,"
                .formatted(table())
            + " CAST(NULL AS TEXT) AS rule, CAST(NULL AS INTEGER) AS place, CAST(NULL AS INTEGER) AS done FROM (%s)"
                .formatted(handlesOfRows));
    String handles =
        IntStream.range(0, mapping.handles().size())
            .mapToObj(i -> "h" + i)
            .collect(Collectors.joining(", "));
    Sql.execute(
        connection,
        "CREATE INDEX temp.%s ON %s (%s)"
            .formatted(Sql.quote(name + "_handles"), Sql.quote(name), handles));
    noted = true;
  }

  /** Forgets all of them. */
  void forget() throws SQLException {
    noted = false;
    Sql.execute(connection, "DROP TABLE IF EXISTS " + table());
  }

  void forgetObstacles(String which) throws SQLException {
    update("conflict = NULL, lacks = NULL, rule = NULL", which);
  }

  /** Notes that these are back, so that no later transaction looks at them. */
  void markDone(String which) throws SQLException {
    update("done = 1", which);
  }

  private void update(String what, String which) throws SQLException {
    if (noted) {
      Sql.execute(connection, "UPDATE %s AS M SET %s WHERE %s".formatted(table(), what, which));
    }
  }

  long count() throws SQLException {
    return count("1");
  }

  long conflicts() throws SQLException {
    return count(conflicting);
  }

  /** How many would be without their parents. */
  long lacking() throws SQLException {
    return count(LACKING);
  }

  /** How many break a rule of the live schema. */
  long forbidden() throws SQLException {
    return count(FORBIDDEN);
  }

  /** How many may be there in a newer form, and do not come back for that reason alone. */
  long doubtful() throws SQLException {
    return coming.contains("M.doubt")
        ? count("M.doubt AND M.rule IS NULL AND NOT (" + conflicting + ")")
        : 0;
  }

  long count(String which) throws SQLException {
    return noted
        ? Sql.number(connection, "SELECT count(*) FROM %s AS M WHERE %s".formatted(table(), which))
        : 0;
  }

  /** The first that come back. */
  List<Map<String, SqlValue>> samples() throws SQLException {
    return first("''", coming).stream().map(Left::row).toList();
  }

  /** The first with a conflict, and the index. */
  List<Left> conflicting() throws SQLException {
    return first("M.conflict", conflicting);
  }

  /** The first without parents, and the parents' table. */
  List<Left> orphaned() throws SQLException {
    return first("M.lacks", LACKING);
  }

  /** The first that break a rule, and what SQLite says of it. */
  List<Left> forbidding() throws SQLException {
    return first("M.rule", FORBIDDEN);
  }

  private List<Left> first(String why, String which) throws SQLException {
    List<Left> found = new ArrayList<>();
    if (!noted) {
      return found;
    }
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

  private Map<String, SqlValue> row(ResultSet rows) throws SQLException {
    Map<String, SqlValue> row = new LinkedHashMap<>();
    for (int i = 0; i < mapping.common().size(); i++) {
      row.put(mapping.common().get(i).name(), SqlValue.readShown(rows, i + 2));
    }
    return row;
  }
}
