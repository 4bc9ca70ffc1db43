package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.pages.ChangedRanges;
import dev.workbuddy.backup.pages.ChangedRanges.Range;
import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The rows of a table that may differ from the other version's, as parts of SQL: those whose
 * numbers are in {@link ChangedRanges}, and of them those that do not stand unchanged under their
 * number.
 */
public final class ChangedRowFilter {
  private final ChangedRanges changed;
  private final String ranges;

  private ChangedRowFilter(ChangedRanges changed, String ranges) {
    this.changed = changed;
    this.ranges = ranges;
  }

  /** Notes the ranges in the connection, in place of those of another table. */
  public static ChangedRowFilter in(Connection connection, TempNames names, ChangedRanges changed)
      throws SQLException {
    String ranges = "temp." + names.of("changed_ranges");
    if (changed.everything()) {
      return new ChangedRowFilter(
          changed, ranges); // A connection to live data may not write aside.
    }
    Sql.execute(
        connection,
        "CREATE TABLE IF NOT EXISTS " + ranges + " (low INTEGER PRIMARY KEY, high INTEGER)");
    Sql.execute(connection, "DELETE FROM " + ranges);
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO " + ranges + " VALUES (?, ?)")) {
      for (Range range : changed.ranges()) {
        insert.setLong(1, range.low());
        insert.setLong(2, range.high());
        insert.executeUpdate();
      }
    }
    return new ChangedRowFilter(changed, ranges);
  }

  /** The table, beside it as P the row under the same number on the other side, if there is one. */
  public String from(TableShape from, TableShape other, String alias, String differs) {
    String rows = rows(from, alias);
    if (!numbered(from, other) || differs.equals("0")) {
      return rows;
    }
    return rows
        + " LEFT JOIN %s P ON P.%s = %s.%s"
            .formatted(
                other.quoted(), other.rowid().orElseThrow(), alias, from.rowid().orElseThrow());
  }

  /**
   * That the table's row under the alias is one of them, for a statement in which the table stands
   * alone.
   */
  public String within(TableShape table, String alias) {
    Optional<String> number = number(table);
    return changed.everything() || number.isEmpty()
        ? "1"
        : "%s.%s IN (SELECT C.%s FROM %s)"
            .formatted(alias, number.get(), number.get(), rows(table, "C"));
  }

  private static Optional<String> number(TableShape table) {
    return table.kind() == TableShape.Kind.WITHOUT_ROWID
        ? table.key().stream().findFirst().map(Column::quoted)
        : table.rowid();
  }

  private String rows(TableShape table, String alias) {
    String all = table.quoted() + " " + alias;
    Optional<String> number = number(table);
    return changed.everything() || number.isEmpty()
        ? all
        : "%s R CROSS JOIN %s ON %s.%s BETWEEN R.low AND R.high"
            .formatted(ranges, all, alias, number.get());
  }

  /** That no equal row stands there. */
  public String unmatched(TableShape from, TableShape other, String differs) {
    return numbered(from, other) && !differs.equals("0")
        ? "(P.%s IS NULL OR %s)".formatted(other.rowid().orElseThrow(), differs)
        : "1";
  }

  private static boolean numbered(TableShape from, TableShape other) {
    return from.rowid().isPresent() && other.rowid().isPresent();
  }
}
