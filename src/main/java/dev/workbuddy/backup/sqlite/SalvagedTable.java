package dev.workbuddy.backup.sqlite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
    if (rowid == null) {
      standIns.supplyFor(schema, table);
    }
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
    /** Small numbers in narrow stretches, large ones in wide ones. */
    static List<Stretch> everywhere() {
      List<Stretch> stretches = new ArrayList<>();
      for (int bit = 0; bit < Long.SIZE - 1; bit++) {
        long low = 1L << bit;
        stretches.add(new Stretch(low, low - 1 + low));
        stretches.add(new Stretch(-(low - 1 + low), -low));
      }
      stretches.add(new Stretch(0, 0));
      return stretches;
    }

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

  /**
   * Along the whole table where that can be read. Else by stretches of row numbers, and along the
   * table from both ends: in a tree whose pages are mixed up, one way finds rows that another does
   * not.
   */
  private void readByRowid(String name) throws SQLException {
    String insert =
        "INSERT OR IGNORE INTO %s (%s, %s) SELECT %s, %s "
            .formatted(target, name, columns, name, columns);
    String from = "FROM " + source + " NOT INDEXED ";
    if (inserted(insert + from)) {
      whole = rows == counted();
      return;
    }
    whole = false;
    boolean _ = readAlong(insert, from + "ORDER BY " + name);
    boolean _ = readAlong(insert, from + "ORDER BY " + name + " DESC");
    readStretches(insert + from + "WHERE " + name + " BETWEEN ", stretches(name));
  }

  /** Between the ends that were read, if any were; else wherever numbers usually are first. */
  private List<Stretch> stretches(String name) throws SQLException {
    if (rows == 0) {
      return Stretch.everywhere();
    }
    String of = "(" + name + ") FROM " + target;
    return List.of(
        new Stretch(
            Sql.number(connection, "SELECT min" + of), Sql.number(connection, "SELECT max" + of)));
  }

  private void readStretches(String insert, List<Stretch> among) throws SQLException {
    Queue<Stretch> stretches = new ArrayDeque<>(among);
    while (!stretches.isEmpty() && !isOver()) {
      Stretch stretch = stretches.remove();
      if (!inserted(insert + stretch.from() + " AND " + stretch.to())
          && stretch.from() < stretch.to()) {
        stretches.addAll(stretch.halves());
      }
    }
  }

  /** How many rows the table's pages say that there are; -1 where they cannot be counted. */
  private long counted() throws SQLException {
    try {
      return Sql.number(connection, "SELECT count(*) FROM " + source + " NOT INDEXED");
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      return -1;
    }
  }

  /** Without row numbers: from the beginning on, until a row cannot be read. */
  private void readInOrder() throws SQLException {
    whole =
        readAlong(
            "INSERT INTO %s (%s) SELECT %s ".formatted(target, columns, columns), "FROM " + source);
  }

  /** In portions, smaller ones where one cannot be read; returns whether the end was reached. */
  private boolean readAlong(String insert, String from) throws SQLException {
    long portion = FIRST_PORTION;
    long passed = 0;
    boolean complete = true;
    while (portion > 0 && !isOver()) {
      if (!inserted(insert + from + " LIMIT " + portion + " OFFSET " + passed)) {
        complete = false;
        portion /= 2;
      } else if (isEnd(from, passed + portion)) {
        return complete;
      } else {
        passed += portion;
      }
    }
    return false;
  }

  private boolean isEnd(String from, long passed) throws SQLException {
    try {
      return Sql.number(
              connection,
              "SELECT count(*) FROM (SELECT 1 " + from + " LIMIT 1 OFFSET " + passed + ")")
          == 0;
    } catch (SQLException e) {
      Connections.requireOfTheDatabase(e);
      return false;
    }
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
