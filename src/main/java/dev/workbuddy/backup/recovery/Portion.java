package dev.workbuddy.backup.recovery;

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
record Portion(LostRows lost, NotedRows rows, long first, long last) {

  /** All of one table: those that are missing, and then those that differ. */
  static List<Portion> of(LostRows lost) throws SQLException {
    return of(lost, Long.MAX_VALUE);
  }

  /** The same in slices of so many rows at most; none where there are no rows. */
  static List<Portion> of(LostRows lost, long size) throws SQLException {
    List<Portion> portions = new ArrayList<>();
    for (NotedRows rows : List.of(lost.missing(), lost.changed())) {
      long count = rows.count();
      for (long done = 0; done < count; done += Math.min(size, count)) {
        portions.add(new Portion(lost, rows, done + 1, Math.min(done + size, count)));
      }
    }
    return portions;
  }

  TableMapping mapping() {
    return lost.mapping();
  }

  /** Whether the live table lacks them, rather than having them with other values. */
  boolean missing() {
    return rows == lost.missing();
  }

  /** That a noted row, under the alias M, is one of them. */
  String within() {
    return "M.rowid BETWEEN %d AND %d".formatted(first, last);
  }

  /** That it is, and that nothing keeps it from coming back. */
  String coming() {
    return within() + " AND " + rows.coming();
  }
}
