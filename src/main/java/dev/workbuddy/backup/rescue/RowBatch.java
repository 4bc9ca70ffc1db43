package dev.workbuddy.backup.rescue;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Noted rows of one table that come back together.
 *
 * @param rows the missing or the changed ones of {@code lost}
 * @param first the number of the first, counted from 1
 * @param last the number of the last
 */
record RowBatch(RowsToRestore lost, RowSet rows, long first, long last) {

  /** All of one table: those that are missing, and then those that differ. */
  static List<RowBatch> of(RowsToRestore lost) throws SQLException {
    List<RowBatch> portions = new ArrayList<>();
    for (RowSet rows : List.of(lost.missing(), lost.changed())) {
      long count = rows.count();
      if (count > 0) {
        portions.add(new RowBatch(lost, rows, 1, count));
      }
    }
    return portions;
  }

  /** A part of it. */
  RowBatch part(long from, long to) {
    return new RowBatch(lost, rows, from, to);
  }

  TableMapping mapping() {
    return lost.mapping();
  }

  String table() {
    return mapping().live().name();
  }

  /** Whether the live table lacks them, rather than having them with other values. */
  boolean missing() {
    return rows == lost.missing();
  }

  /** That a noted row, under the alias M, is one of them. */
  String within() {
    return "M.rowid BETWEEN %d AND %d AND M.done IS NULL".formatted(first, last);
  }

  /** That it is, and that nothing keeps it from coming back. */
  String coming() {
    return within() + " AND " + rows.coming();
  }
}
