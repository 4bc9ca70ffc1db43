package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * The rows of one table that the snapshot has and the live table lacks, or has with other values.
 */
final class LostRows {
  private static final String LIVE = "wb_live";

  private final Connection connection;
  private final TableMapping mapping;
  private final String condition;
  private final NotedRows missing;
  private final NotedRows changed;

  /**
   * For one table.
   *
   * @param number tells its temporary tables from those of others
   */
  LostRows(Connection connection, TableMapping mapping, int number, RescueRequest request) {
    this.connection = connection;
    this.mapping = mapping;
    this.condition = request.where() == null ? "1" : ChosenRows.condition(mapping, number);
    boolean overwrite = request.options().overwrite();
    this.missing = new NotedRows(connection, mapping, "wb_missing_" + number, overwrite);
    this.changed = new NotedRows(connection, mapping, "wb_changed_" + number, true);
  }

  TableMapping mapping() {
    return mapping;
  }

  NotedRows missing() {
    return missing;
  }

  NotedRows changed() {
    return changed;
  }

  /**
   * Notes the lost rows; the live database is read, and locked no longer than that.
   *
   * @param changes the rows that a table with a key can have lost or changed
   * @param lookForChanges whether to note those that differ as well
   */
  void find(ChangedRanges changes, boolean lookForChanges) throws SQLException {
    if (!mapping.keyed()) {
      missing.note(surplus());
      changed.note(rows("0", "0"));
      return;
    }
    String within = Candidates.in(connection, changes).within(mapping.old(), mapping.alias());
    String differs = RowSql.differs(mapping.alias(), LIVE, mapping.common());
    missing.note(rows(within, "NOT EXISTS (%s)".formatted(liveRow("1"))));
    changed.note(rows(within, lookForChanges ? "EXISTS (%s)".formatted(liveRow(differs)) : "0"));
  }

  private String rows(String within, String which) {
    return "SELECT %s FROM %s AS %s WHERE %s AND %s AND %s AND %s"
        .formatted(
            mapping.handlesOf(mapping.alias()),
            mapping.oldName(),
            mapping.alias(),
            within,
            condition,
            mapping.hasKey(mapping.alias()),
            which);
  }

  private String liveRow(String further) {
    return "SELECT 1 FROM %s AS %s WHERE %s AND %s"
        .formatted(mapping.liveName(), LIVE, mapping.same(LIVE, mapping.alias()), further);
  }

  /**
   * Of equal rows as many are lost as the snapshot has more of them than the live table. Both sides
   * are sorted together, the live rows of each content first.
   */
  private String surplus() {
    String content =
        RowSql.joined(mapping.common(), ", ", c -> "t%1$d, c%1$d COLLATE BINARY".formatted(at(c)));
    return """
    SELECT h0 FROM (
      SELECT h0, side,
        row_number() OVER (PARTITION BY %s ORDER BY side) AS place,
        sum(1 - side) OVER (PARTITION BY %s) AS present
      FROM (
        SELECT %s, 1 AS side, %s FROM %s AS %s WHERE %s
        UNION ALL SELECT NULL, 0, %s FROM %s AS %s))
    WHERE side = 1 AND place > 2 * present
    """
        .formatted(
            content,
            content,
            mapping.handlesOf(mapping.alias()),
            typed(mapping.alias()),
            mapping.oldName(),
            mapping.alias(),
            condition,
            typed(LIVE),
            mapping.liveName(),
            LIVE);
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

  /** Notes for lost rows in which unique index a live row has their place. */
  void findConflicts(List<UniqueIndex> indexes, String which) throws SQLException {
    for (UniqueIndex index : indexes) {
      Sql.execute(
          connection,
          """
          UPDATE %s AS M SET conflict = %s WHERE conflict IS NULL AND %s AND EXISTS (
            SELECT 1 FROM %s AS S JOIN %s AS L ON %s WHERE %s)
          """
              .formatted(
                  missing.table(),
                  Sql.literal(index.name()),
                  which,
                  mapping.oldName(),
                  mapping.liveName(),
                  index.collides("L", "S"),
                  mapping.found()));
    }
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
}
