package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.diff.RowChange.Kind;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.SqlValue;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What SQLite says of a table's differing rows, in the words of a diff.
 *
 * @param keyColumns what tells rows apart; empty where they are only counted
 */
record RowChanges(String database, String table, List<Column> keyColumns) {
  RowChanges {
    keyColumns = List.copyOf(keyColumns);
  }

  /** The columns' values in the current row, after as many others as the offset says. */
  static Map<String, SqlValue> cells(ResultSet rows, List<Column> columns, int offset)
      throws SQLException {
    Map<String, SqlValue> cells = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      cells.put(columns.get(i).name(), SqlValue.readShown(rows, offset + i + 1));
    }
    return cells;
  }

  /** A row that is there on both sides: only the columns that differ. */
  RowChange changed(Map<String, SqlValue> whole, Map<String, SqlValue> now) {
    Map<String, SqlValue> before = new LinkedHashMap<>();
    Map<String, SqlValue> after = new LinkedHashMap<>();
    now.forEach(
        (name, cell) -> {
          if (!cell.equals(whole.get(name))) {
            before.put(name, whole.getOrDefault(name, cell));
            after.put(name, cell);
          }
        });
    return change(Kind.CHANGED, whole, before, after, 1);
  }

  /**
   * A row that differs.
   *
   * @param whole all of it as one side has it, its key among it
   */
  RowChange change(
      Kind kind,
      Map<String, SqlValue> whole,
      Map<String, SqlValue> a,
      Map<String, SqlValue> b,
      long copies) {
    Map<String, SqlValue> key = new LinkedHashMap<>();
    for (Column column : keyColumns) {
      whole.forEach(
          (name, cell) -> {
            if (column.isNamed(name)) {
              key.put(name, cell);
            }
          });
    }
    return new RowChange(database, table, kind, key, a, b, copies);
  }
}
