package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.RowSql;
import dev.workbuddy.backup.tables.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sqlite.SQLiteErrorCode;

/** Writes noted rows of one table into the live one; the caller holds the transaction. */
final class RowRestorer {
  private static final String CONFLICT = "conflict";
  private static final String RULE = "rule";
  private static final String COMPUTED = "primary key or computed index";

  private final Connection connection;
  private final RowBatch batch;
  private final TableMapping mapping;
  private final boolean overwrite;
  private final Map<Long, Refusal> refused = new LinkedHashMap<>();

  /**
   * Why a row did not come.
   *
   * @param column of the noted rows, where that is noted
   */
  private record Refusal(String column, String why) {}

  /**
   * For rows that come back together.
   *
   * @param overwrite whether newer rows give way to those with the same unique value
   */
  RowRestorer(Connection connection, RowBatch batch, boolean overwrite) {
    this.connection = connection;
    this.batch = batch;
    this.mapping = batch.mapping();
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

    long rows() {
      return restored + overwritten;
    }
  }

  /**
   * Lets SQLite compile what would write them.
   *
   * @throws SQLException where it cannot without the application
   */
  void tryOut() throws SQLException {
    Sql.execute(connection, "EXPLAIN " + insertion(overwrite, batch.coming()));
  }

  /** Writes them; some may be refused. */
  Written write() throws SQLException {
    return batch.missing() ? insert() : new Written(0, update(), 0);
  }

  /** Whether rows had no place although no conflict was noted for them. */
  boolean anyRefused() {
    return !refused.isEmpty();
  }

  /** Notes for those what keeps them away. */
  void noteRefused() throws SQLException {
    for (String column : List.of(CONFLICT, RULE)) {
      String sql = "UPDATE %s SET %s = ? WHERE rowid = ?".formatted(batch.rows().table(), column);
      try (PreparedStatement note = connection.prepareStatement(sql)) {
        for (Map.Entry<Long, Refusal> row : refused.entrySet()) {
          if (row.getValue().column().equals(column)) {
            note.setString(1, row.getValue().why());
            note.setLong(2, row.getKey());
            note.executeUpdate();
          }
        }
      }
    }
  }

  private Written insert() throws SQLException {
    chooseNumbers();
    long wanted = batch.rows().count(batch.coming());
    Sql.execute(connection, "SAVEPOINT wb_table");
    long inserted = insertAll();
    long replaced = 0;
    if (inserted < wanted) {
      Sql.execute(connection, "ROLLBACK TO wb_table");
      long before = overwrite ? liveRows() : 0;
      inserted = insertEach();
      replaced = overwrite ? before + inserted - liveRows() : 0;
    }
    Sql.execute(connection, "RELEASE wb_table");
    return new Written(inserted, 0, replaced);
  }

  /** A row gets its old number where that is free, else one after all that either side has. */
  private void chooseNumbers() throws SQLException {
    if (mapping.keptNumber().isEmpty()) {
      return;
    }
    String number = mapping.keptNumber().get();
    Sql.execute(
        connection,
        """
        UPDATE %1$s AS M SET place = CASE
          WHEN NOT EXISTS (SELECT 1 FROM %2$s AS L WHERE L.%3$s = M.h0) THEN M.h0
          ELSE (SELECT max(ifnull((SELECT max(L.%3$s) FROM %2$s AS L), 0), ifnull(max(h0), 0))
                FROM %1$s) + M.rowid END
        WHERE %4$s
        """
            .formatted(batch.rows().table(), mapping.liveName(), number, batch.coming()));
  }

  /** How many came; fewer than wanted where some have no place or break a rule. */
  private long insertAll() throws SQLException {
    try {
      return execute(insertion(false, batch.coming()));
    } catch (SQLException e) {
      requireRule(e);
      return -1;
    }
  }

  /** Lets pass what SQLite says of a row that breaks a rule of the schema. */
  private static void requireRule(SQLException e) throws SQLException {
    int code = Connections.primaryCode(e);
    if (code != SQLiteErrorCode.SQLITE_CONSTRAINT.code
        && code != SQLiteErrorCode.SQLITE_MISMATCH.code) {
      throw e;
    }
  }

  private String insertion(boolean replacing, String which) {
    boolean virtual = mapping.live().kind() == TableShape.Kind.VIRTUAL;
    String number = mapping.keptNumber().map(name -> name + ", ").orElse("");
    return "%s INTO %s (%s%s) SELECT %s%s FROM %s WHERE %s%s"
        .formatted(
            replacing ? "INSERT OR REPLACE" : virtual ? "INSERT OR IGNORE" : "INSERT",
            mapping.liveName(),
            number,
            RowSql.joined(mapping.common(), ", ", Column::quoted),
            number.isEmpty() ? "" : "M.place, ",
            RowSql.list("S", mapping.common()),
            batch.rows().withRows(),
            which,
            replacing || virtual ? "" : " ON CONFLICT DO NOTHING");
  }

  private long liveRows() throws SQLException {
    return Sql.number(connection, "SELECT count(*) FROM " + mapping.liveName());
  }

  /** One by one, to learn which have no place, and which break a rule. */
  private long insertEach() throws SQLException {
    long inserted = 0;
    String which = "M.rowid = ? AND M.done IS NULL AND " + batch.rows().coming();
    try (PreparedStatement insert = connection.prepareStatement(insertion(false, which));
        PreparedStatement replace = connection.prepareStatement(insertion(true, which));
        PreparedStatement comes =
            connection.prepareStatement(
                "UPDATE %s AS M SET conflict = conflict WHERE %s"
                    .formatted(batch.rows().table(), which))) {
      for (long row = batch.first(); row <= batch.last(); row++) {
        try {
          if (changes(insert, row) || (overwrite && changes(replace, row))) {
            inserted++;
          } else if (changes(comes, row)) {
            // Where even a newer row would have given way, no other attempt does better.
            refused.put(row, new Refusal(overwrite ? RULE : CONFLICT, COMPUTED));
          }
        } catch (SQLException e) {
          requireRule(e);
          refused.put(row, new Refusal(RULE, SqliteMessages.of(e)));
        }
      }
    }
    return inserted;
  }

  private static boolean changes(PreparedStatement statement, long row) throws SQLException {
    statement.setLong(1, row);
    return statement.executeUpdate() > 0;
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
                batch.rows().withRows(),
                mapping.same("L", "S"),
                batch.coming()));
  }

  /** How many rows the statement itself changed, without those that triggers did. */
  private long execute(String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      return statement.executeUpdate();
    }
  }
}
