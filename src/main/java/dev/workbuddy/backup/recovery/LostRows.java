package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.recovery.RescueResult.Conflict;
import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of one table that the snapshot has and the live table lacks, noted in a temporary table
 * of the connection, so that memory does not follow their number.
 */
final class LostRows {
  private static final String LIVE = "wb_live";
  private static final int SAMPLES = 5;

  private final Connection connection;
  private final TableMapping mapping;
  private final String condition;
  private final String missing;
  private final String changed;

  /**
   * For one table.
   *
   * @param number tells its temporary tables from those of others
   * @param where the user's condition; null for none
   */
  LostRows(Connection connection, TableMapping mapping, int number, @Nullable String where) {
    this.connection = connection;
    this.mapping = mapping;
    this.condition = where == null ? "1" : "(" + where + "\n)";
    this.missing = "temp.wb_missing_" + number;
    this.changed = "temp.wb_changed_" + number;
  }

  TableMapping mapping() {
    return mapping;
  }

  /** The temporary table: handles h0, h1, … and what stands in the way. */
  String missing() {
    return missing;
  }

  /** The temporary table of rows that differ, in the same form. */
  String changed() {
    return changed;
  }

  /** Notes the lost rows; the live database is read, and locked no longer than that. */
  void find() throws SQLException {
    if (mapping.keyed()) {
      note(missing, "NOT EXISTS (%s)".formatted(liveRow("1")));
    } else {
      noteSurplus();
    }
  }

  /** Notes the rows that are there but differ. */
  void findChanged() throws SQLException {
    String differs = RowSql.differs(mapping.alias(), LIVE, mapping.common());
    note(changed, mapping.keyed() ? "EXISTS (%s)".formatted(liveRow(differs)) : "0");
  }

  private void note(String target, String which) throws SQLException {
    Sql.execute(
        connection,
        "CREATE TABLE %s AS SELECT %s, NULL AS conflict FROM %s AS %s WHERE %s AND %s AND %s"
            .formatted(
                target,
                mapping.handlesOf(mapping.alias()),
                mapping.oldName(),
                mapping.alias(),
                condition,
                mapping.hasKey(mapping.alias()),
                which));
  }

  private String liveRow(String further) {
    return "SELECT 1 FROM %s AS %s WHERE %s AND %s"
        .formatted(mapping.liveName(), LIVE, mapping.same(LIVE, mapping.alias()), further);
  }

  /**
   * Of equal rows as many are lost as the snapshot has more of them than the live table. Both sides
   * are sorted together, the live rows of each content first.
   */
  private void noteSurplus() throws SQLException {
    String content =
        RowSql.joined(mapping.common(), ", ", c -> "t%1$d, c%1$d COLLATE BINARY".formatted(at(c)));
    Sql.execute(
        connection,
        """
        CREATE TABLE %s AS SELECT h0, NULL AS conflict FROM (
          SELECT h0, side,
            row_number() OVER (PARTITION BY %s ORDER BY side) AS place,
            sum(1 - side) OVER (PARTITION BY %s) AS present
          FROM (
            SELECT %s, 1 AS side, %s FROM %s AS %s WHERE %s
            UNION ALL SELECT NULL, 0, %s FROM %s AS %s))
        WHERE side = 1 AND place > 2 * present
        """
            .formatted(
                missing,
                content,
                content,
                mapping.handlesOf(mapping.alias()),
                typed(mapping.alias()),
                mapping.oldName(),
                mapping.alias(),
                condition,
                typed(LIVE),
                mapping.liveName(),
                LIVE));
  }

  private int at(Column column) {
    return mapping.common().indexOf(column);
  }

  private String typed(String alias) {
    return RowSql.joined(
        mapping.common(),
        ", ",
        c -> "typeof(%1$s.%2$s) AS t%3$d, %1$s.%2$s AS c%3$d".formatted(alias, c.quoted(), at(c)));
  }

  /** Notes for each lost row in which unique index a live row has its place. */
  void findConflicts(List<UniqueIndex> indexes) throws SQLException {
    forgetConflicts();
    for (UniqueIndex index : indexes) {
      Sql.execute(
          connection,
          """
          UPDATE %s AS M SET conflict = %s WHERE conflict IS NULL AND EXISTS (
            SELECT 1 FROM %s AS S JOIN %s AS L ON %s WHERE %s)
          """
              .formatted(
                  missing,
                  Sql.literal(index.name()),
                  mapping.oldName(),
                  mapping.liveName(),
                  index.collides("L", "S"),
                  mapping.found()));
    }
  }

  /** The live table may have changed since they were found. */
  void forgetConflicts() throws SQLException {
    Sql.execute(connection, "UPDATE " + missing + " SET conflict = NULL");
  }

  long count() throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM " + missing);
  }

  long countChanged() throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM " + changed);
  }

  long conflicts() throws SQLException {
    return Sql.number(
        connection, "SELECT count(*) FROM " + missing + " WHERE conflict IS NOT NULL");
  }

  /**
   * How many rows of the snapshot have NULL in their key, so that nobody can tell if they are lost.
   */
  long withoutKey() throws SQLException {
    return Sql.number(
        connection,
        "SELECT count(*) FROM %s AS %s WHERE %s AND NOT (%s)"
            .formatted(
                mapping.oldName(), mapping.alias(), condition, mapping.hasKey(mapping.alias())));
  }

  List<Map<String, Cell>> samples() throws SQLException {
    return rows("M.conflict IS NULL").stream().map(Conflict::row).toList();
  }

  List<Conflict> conflicting() throws SQLException {
    return rows("M.conflict IS NOT NULL");
  }

  private List<Conflict> rows(String which) throws SQLException {
    List<Conflict> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT M.conflict, %s FROM %s AS M CROSS JOIN %s AS S ON %s WHERE %s LIMIT %d"
                    .formatted(
                        RowSql.list("S", mapping.common()),
                        missing,
                        mapping.oldName(),
                        mapping.found(),
                        which,
                        SAMPLES))) {
      while (rows.next()) {
        String conflict = rows.getString(1);
        found.add(new Conflict(conflict == null ? "" : conflict, row(rows)));
      }
    }
    return found;
  }

  private Map<String, Cell> row(ResultSet rows) throws SQLException {
    Map<String, Cell> row = new LinkedHashMap<>();
    for (int i = 0; i < mapping.common().size(); i++) {
      row.put(mapping.common().get(i).name(), Cell.read(rows, i + 2));
    }
    return row;
  }
}
