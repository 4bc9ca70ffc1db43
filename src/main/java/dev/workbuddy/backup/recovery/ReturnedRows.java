package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes noted rows of one table into the live one; the caller holds the transaction. */
final class ReturnedRows {
  private static final String COMPUTED = "primary key or computed index";

  private final Connection connection;
  private final Portion portion;
  private final TableMapping mapping;
  private final boolean overwrite;
  private final List<Long> refused = new ArrayList<>();

  /**
   * For rows that come back together.
   *
   * @param overwrite whether newer rows give way to those with the same unique value
   */
  ReturnedRows(Connection connection, Portion portion, boolean overwrite) {
    this.connection = connection;
    this.portion = portion;
    this.mapping = portion.mapping();
    this.overwrite = overwrite;
  }

  /**
   * What was written.
   *
   * @param restored how many rows came back
   * @param overwritten how many became what they were
   * @param replaced how many newer rows gave way
   */
  record Written(long restored, long overwritten, long replaced) {
    static final Written NOTHING = new Written(0, 0, 0);

    Written plus(Written other) {
      return new Written(
          restored + other.restored, overwritten + other.overwritten, replaced + other.replaced);
    }
  }

  /** Writes them; some may be refused. */
  Written write() throws SQLException {
    return portion.missing() ? insert() : new Written(0, update(), 0);
  }

  /** Whether rows had no place although no conflict was noted for them. */
  boolean anyRefused() {
    return !refused.isEmpty();
  }

  /** Notes conflicts for those. */
  void noteRefused() throws SQLException {
    String sql =
        "UPDATE %s SET conflict = %s WHERE rowid = ?"
            .formatted(portion.rows().table(), Sql.literal(COMPUTED));
    try (PreparedStatement note = connection.prepareStatement(sql)) {
      for (long row : refused) {
        note.setLong(1, row);
        note.executeUpdate();
      }
    }
  }

  private Written insert() throws SQLException {
    long wanted = portion.rows().count(portion.coming());
    Sql.execute(connection, "SAVEPOINT wb_table");
    long inserted = execute(insertion("INSERT", portion.coming()) + " ON CONFLICT DO NOTHING");
    long replaced = 0;
    if (inserted < wanted) {
      Sql.execute(connection, "ROLLBACK TO wb_table");
      long before = overwrite ? liveRows() : 0;
      inserted = insertEach();
      replaced = overwrite ? before + inserted - liveRows() : 0;
    }
    Sql.execute(connection, "RELEASE wb_table");
    if (inserted > 0) {
      continueSequence();
    }
    return new Written(inserted, 0, replaced);
  }

  private String insertion(String verb, String which) {
    return "%s INTO %s (%s) SELECT %s FROM %s WHERE %s"
        .formatted(
            verb,
            mapping.liveName(),
            RowSql.joined(mapping.common(), ", ", Column::quoted),
            RowSql.list("S", mapping.common()),
            portion.rows().withRows(),
            which);
  }

  private long liveRows() throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM " + mapping.liveName());
  }

  /** One by one, to learn which have no place. */
  private long insertEach() throws SQLException {
    long inserted = 0;
    String which = "M.rowid = ? AND " + portion.rows().coming();
    try (PreparedStatement insert =
            connection.prepareStatement(insertion("INSERT", which) + " ON CONFLICT DO NOTHING");
        PreparedStatement replace =
            connection.prepareStatement(insertion("INSERT OR REPLACE", which));
        PreparedStatement comes =
            connection.prepareStatement(
                "UPDATE %s AS M SET conflict = conflict WHERE %s"
                    .formatted(portion.rows().table(), which))) {
      for (long row = portion.first(); row <= portion.last(); row++) {
        if (changes(insert, row) || (overwrite && changes(replace, row))) {
          inserted++;
        } else if (changes(comes, row)) {
          refused.add(row);
        }
      }
    }
    return inserted;
  }

  private static boolean changes(PreparedStatement statement, long row) throws SQLException {
    statement.setLong(1, row);
    return statement.executeUpdate() > 0;
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
  private long update() throws SQLException {
    String values =
        RowSql.joined(
            mapping.common().stream().filter(column -> !mapping.numbersRows(column)).toList(),
            ", ",
            column -> "%s = S.%s".formatted(column.quoted(), column.quoted()));
    if (values.isEmpty()) {
      return 0;
    }
    return execute(
        "UPDATE OR IGNORE %s AS L SET %s FROM %s WHERE %s AND %s"
            .formatted(
                mapping.liveName(),
                values,
                portion.rows().withRows(),
                mapping.same("L", "S"),
                portion.coming()));
  }

  /** How many rows the statement itself changed, without those that triggers did. */
  private long execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    }
  }
}
