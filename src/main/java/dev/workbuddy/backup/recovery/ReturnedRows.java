package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Writes the noted rows of one table into the live one; the caller holds the transaction. */
final class ReturnedRows {
  private final Connection connection;
  private final LostRows lost;
  private final TableMapping mapping;

  ReturnedRows(Connection connection, LostRows lost) {
    this.connection = connection;
    this.lost = lost;
    this.mapping = lost.mapping();
  }

  /**
   * Inserts what is lost and touches nothing that is there.
   *
   * @return how many came back; where some could not, all that stand for those are noted as
   *     conflicts
   */
  long insert(List<UniqueIndex> indexes) throws SQLException {
    long wanted = lost.count();
    lost.forgetConflicts();
    Sql.execute(connection, "SAVEPOINT wb_table");
    long inserted = update(insertion("1"));
    if (inserted < wanted) {
      Sql.execute(connection, "ROLLBACK TO wb_table");
      lost.findConflicts(indexes);
      inserted = insertEach(wanted);
    }
    Sql.execute(connection, "RELEASE wb_table");
    if (inserted > 0) {
      continueSequence();
    }
    return inserted;
  }

  private String insertion(String which) {
    String columns = RowSql.joined(mapping.common(), ", ", Column::quoted);
    return "INSERT INTO %s (%s) SELECT %s FROM %s AS M CROSS JOIN %s AS S ON %s WHERE %s"
            .formatted(
                mapping.liveName(),
                columns,
                RowSql.list("S", mapping.common()),
                lost.missing(),
                mapping.oldName(),
                mapping.found(),
                which)
        + " ON CONFLICT DO NOTHING";
  }

  /** One by one, to learn which have no place. */
  private long insertEach(long wanted) throws SQLException {
    long inserted = 0;
    try (PreparedStatement insert = connection.prepareStatement(insertion("M.rowid = ?"));
        PreparedStatement note =
            connection.prepareStatement(
                "UPDATE "
                    + lost.missing()
                    + " SET conflict = coalesce(conflict, 'primary key or computed index') WHERE"
                    + " rowid = ?")) {
      for (long row = 1; row <= wanted; row++) {
        insert.setLong(1, row);
        if (insert.executeUpdate() == 1) {
          inserted++;
        } else {
          note.setLong(1, row);
          note.executeUpdate();
        }
      }
    }
    return inserted;
  }

  /** A number that the snapshot had given away is not given away again. */
  private void continueSequence() throws SQLException {
    boolean both =
        Sql.number(
                connection,
                "SELECT (SELECT count(*) FROM main.sqlite_schema WHERE name = 'sqlite_sequence')"
                    + " * (SELECT count(*) FROM snapshot.sqlite_schema WHERE name ="
                    + " 'sqlite_sequence')")
            == 1;
    if (both) {
      Sql.execute(
          connection,
          """
          UPDATE main.sqlite_sequence SET seq = (
            SELECT max(old.seq, main.sqlite_sequence.seq) FROM snapshot.sqlite_sequence AS old
            WHERE old.name = %1$s COLLATE NOCASE)
          WHERE name = %1$s COLLATE NOCASE AND EXISTS (
            SELECT 1 FROM snapshot.sqlite_sequence AS old WHERE old.name = %1$s COLLATE NOCASE)
          """
              .formatted(Sql.literal(mapping.live().name())));
    }
  }

  /** Gives rows that differ the values that they had, except where another row has those now. */
  long overwrite() throws SQLException {
    String values =
        RowSql.joined(
            mapping.common().stream().filter(column -> !mapping.key().contains(column)).toList(),
            ", ",
            column -> "%s = S.%s".formatted(column.quoted(), column.quoted()));
    if (values.isEmpty()) {
      return 0;
    }
    return update(
        "UPDATE OR IGNORE %s AS L SET %s FROM %s AS M CROSS JOIN %s AS S WHERE %s AND %s"
            .formatted(
                mapping.liveName(),
                values,
                lost.changed(),
                mapping.oldName(),
                mapping.found(),
                mapping.same("L", "S")));
  }

  private long update(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }
}
