package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads one table of an attached, damaged database into one of the same name. Where a stretch of
 * rows cannot be read, its halves are tried, the widest first, until the time or the patience ends.
 */
final class SalvagedTable {
  private static final int MOST_FAILURES = 20_000;
  private static final long FIRST_PORTION = 1L << 20;

  private final Connection connection;
  private final StandIns standIns;
  private final String source;
  private final String target;
  private final String columns;
  private final @Nullable String rowid;
  private final long end;
  private long rows;
  private int failures;
  private boolean whole = true;

  /**
   * Makes the new table.
   *
   * @param end when to stop, as {@link System#nanoTime} tells time
   */
  SalvagedTable(Connection connection, StandIns standIns, String schema, String table, long end)
      throws SQLException {
    this.connection = connection;
    this.standIns = standIns;
    this.source = Sql.quote(schema) + "." + Sql.quote(table);
    this.target = "main." + Sql.quote(table);
    this.end = end;
    List<String> names =
        Sql.column(
            connection,
            "SELECT name FROM pragma_table_xinfo(%s, %s) WHERE hidden = 0 ORDER BY cid"
                .formatted(Sql.literal(table), Sql.literal(schema)));
    this.columns = names.stream().map(Sql::quote).collect(Collectors.joining(", "));
    this.rowid = isWithoutRowid(connection, schema, table) ? null : rowid(names);
    Sql.execute(connection, "CREATE TABLE " + target + " (" + columns + ")");
  }

  private static boolean isWithoutRowid(Connection connection, String schema, String table)
      throws SQLException {
    return Sql.number(
            connection,
            "SELECT wr FROM pragma_table_list WHERE schema = %s AND name = %s"
                .formatted(Sql.literal(schema), Sql.literal(table)))
        == 1;
  }

  /** The name of the row number that no column has; null where columns have all of them. */
  private static @Nullable String rowid(List<String> names) {
    List<String> folded = names.stream().map(Sql::folded).toList();
    return List.of("rowid", "_rowid_", "oid").stream()
        .filter(name -> !folded.contains(name))
        .findFirst()
        .orElse(null);
  }

  private record Stretch(long from, long to) {
    /** Its two halves, without an overflow. */
    List<Stretch> halves() {
      long middle = Math.floorDiv(from, 2) + Math.floorDiv(to, 2) + (from & to & 1);
      return List.of(new Stretch(from, middle), new Stretch(middle + 1, to));
    }
  }

  void read() throws SQLException {
    if (rowid == null) {
      readInOrder();
    } else {
      readByRowid(rowid);
    }
  }

  long rows() {
    return rows;
  }

  boolean isWhole() {
    return whole;
  }

  private void readByRowid(String name) throws SQLException {
    String insert =
        "INSERT OR IGNORE INTO %s (%s, %s) SELECT %s, %s FROM %s NOT INDEXED WHERE %s BETWEEN "
            .formatted(target, name, columns, name, columns, source, name);
    Queue<Stretch> stretches = new ArrayDeque<>();
    stretches.add(all(name));
    while (!stretches.isEmpty()) {
      Stretch stretch = stretches.remove();
      if (isOver()) {
        whole = false;
      } else if (!inserted(insert + stretch.from() + " AND " + stretch.to())) {
        whole = false;
        if (stretch.from() < stretch.to()) {
          stretches.addAll(stretch.halves());
        }
      }
    }
  }

  /** From the first row to the last, where the ends of the table can be read. */
  private Stretch all(String name) throws SQLException {
    try {
      String from = " FROM " + source + " NOT INDEXED";
      return new Stretch(
          Sql.number(connection, "SELECT min(" + name + ")" + from),
          Sql.number(connection, "SELECT max(" + name + ")" + from));
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      return new Stretch(Long.MIN_VALUE, Long.MAX_VALUE);
    }
  }

  /** Without row numbers: from the beginning on, until a row cannot be read. */
  private void readInOrder() throws SQLException {
    String insert =
        "INSERT INTO %s (%s) SELECT %s FROM %s".formatted(target, columns, columns, source);
    long portion = FIRST_PORTION;
    while (portion > 0 && !isOver()) {
      long before = rows;
      if (!inserted(insert + " LIMIT " + portion + " OFFSET " + before)) {
        whole = false;
        portion /= 2;
      } else if (rows - before < portion) {
        return;
      }
    }
    whole = false;
  }

  private boolean isOver() {
    return failures > MOST_FAILURES || System.nanoTime() - end > 0;
  }

  private boolean inserted(String sql) throws SQLException {
    while (true) {
      try (var statement = connection.createStatement()) {
        rows += statement.executeUpdate(sql);
        return true;
      } catch (SQLException e) {
        Connections.requireOfTheDatabase(e);
        if (!standIns.supply(e)) {
          if (StandIns.areWanted(e)) {
            throw e;
          }
          failures++;
          return false;
        }
      }
    }
  }
}
