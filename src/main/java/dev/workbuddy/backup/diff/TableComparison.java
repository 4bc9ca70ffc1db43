package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.diff.RowChange.Kind;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.ChangedRowFilter;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.KeyTrust;
import dev.workbuddy.backup.tables.LargeValues;
import dev.workbuddy.backup.tables.RowSql;
import dev.workbuddy.backup.tables.SqlValue;
import dev.workbuddy.backup.tables.TableShape;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The rows of one table on two sides of one connection, compared inside SQLite: only rows that
 * differ come out, so memory does not follow the table's size.
 *
 * <p>Most rows stand unchanged under the number that SQLite gave them. Those are sorted out first,
 * in one pass over both sides in the order of their pages; only what is left is looked for by its
 * key, or, where there is none, counted by its content.
 */
final class TableComparison {
  private final Connection connection;
  private final RowChanges changes;
  private final TableShape before;
  private final TableShape after;
  private final ChangedRowFilter candidates;
  private final List<Column> common;
  private final boolean keyed;

  /**
   * For one table.
   *
   * @param database the logical name
   * @param byContent whether the key cannot be compared here
   */
  TableComparison(
      Connection connection,
      String database,
      TableShape before,
      TableShape after,
      ChangedRowFilter candidates,
      boolean byContent)
      throws SQLException {
    this.candidates = candidates;
    this.connection = connection;
    this.before = before;
    this.after = after;
    this.common = before.commonWith(after);
    this.keyed =
        !byContent
            && before.comparesKeyAs(after)
            && !hasEmptyKeys(before)
            && !hasEmptyKeys(after)
            && KeyTrust.tellsApart(connection, before, after, candidates);
    this.changes = new RowChanges(database, before.name(), keyed ? before.key() : List.of());
  }

  /** SQLite lets rows of ordinary tables have NULL for a key, also several of them. */
  private boolean hasEmptyKeys(TableShape table) throws SQLException {
    for (Column column : table.nullableKey()) {
      if (Sql.number(
              connection,
              "SELECT EXISTS (SELECT 1 FROM %s WHERE %s IS NULL)"
                  .formatted(table.quoted(), column.quoted()))
          != 0) {
        return true;
      }
    }
    return false;
  }

  /** Whether rows are told apart by a key, rather than only counted. */
  boolean isKeyed() {
    return keyed;
  }

  /** Finds every row that differs. */
  void run(RowSink sink) throws SQLException, IOException {
    if (keyed) {
      removedAndChanged(sink);
      added(sink);
    } else {
      counted(sink);
    }
  }

  private void removedAndChanged(RowSink sink) throws SQLException, IOException {
    List<Column> old = before.stored();
    String sql =
        "SELECT %s, %s, B.%s IS NULL FROM %s"
                .formatted(
                    LargeValues.shown("A", old),
                    LargeValues.shown("B", common),
                    before.key().getFirst().quoted(),
                    candidates.from(before, after, "A", RowSql.differs("A", "P", common)))
            + " LEFT JOIN %s B ON %s WHERE %s AND (B.%s IS NULL OR %s)"
                .formatted(
                    after.quoted(),
                    RowSql.sameKey("A", "B", before.key()),
                    candidates.unmatched(before, after, RowSql.differs("A", "P", common)),
                    before.key().getFirst().quoted(),
                    RowSql.differs("A", "B", common));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Map<String, SqlValue> a = RowChanges.cells(rows, old, 0);
        if (rows.getBoolean(old.size() + common.size() + 1)) {
          sink.accept(changes.change(Kind.REMOVED, a, a, Map.of(), 1));
        } else {
          sink.accept(changes.changed(a, RowChanges.cells(rows, common, old.size())));
        }
      }
    }
  }

  private void added(RowSink sink) throws SQLException, IOException {
    List<Column> now = after.stored();
    String otherKey = "NOT (" + RowSql.sameKey("P", "B", before.key()) + ")";
    String sql =
        "SELECT %s FROM %s"
                .formatted(
                    LargeValues.shown("B", now), candidates.from(after, before, "B", otherKey))
            + " LEFT JOIN %s A ON %s WHERE %s AND A.%s IS NULL"
                .formatted(
                    before.quoted(),
                    RowSql.sameKey("A", "B", before.key()),
                    candidates.unmatched(after, before, otherKey),
                    before.key().getFirst().quoted());
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Map<String, SqlValue> b = RowChanges.cells(rows, now, 0);
        sink.accept(changes.change(Kind.ADDED, b, Map.of(), b, 1));
      }
    }
  }

  /** Equal rows cancel each other out; what remains has more copies on one side. */
  private void counted(RowSink sink) throws SQLException, IOException {
    String union =
        "SELECT 1 AS n, %s UNION ALL SELECT -1, %s"
            .formatted(typed(before, after, "A"), typed(after, before, "A"));
    String groups =
        "t" + RowSql.joined(common, "", c -> ", \"c%d\" COLLATE BINARY".formatted(at(c)));
    String values = LargeValues.shown(common, c -> "\"c%d\"".formatted(at(c)));
    String sql =
        "SELECT %s, sum(n) FROM (%s) GROUP BY %s HAVING sum(n) <> 0"
            .formatted(values.isEmpty() ? "1" : values, union, groups);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        Map<String, SqlValue> row = RowChanges.cells(rows, common, 0);
        long surplus = rows.getLong(common.size() + 1);
        sink.accept(
            surplus > 0
                ? changes.change(Kind.REMOVED, Map.of(), row, Map.of(), surplus)
                : changes.change(Kind.ADDED, Map.of(), Map.of(), row, -surplus));
      }
    }
  }

  private int at(Column column) {
    return common.indexOf(column);
  }

  private String typed(TableShape from, TableShape other, String alias) {
    String differs = RowSql.differs(alias, "P", common);
    String columns =
        RowSql.types(alias, common)
            + " AS t"
            + RowSql.joined(
                common,
                "",
                c -> ", %s.%s COLLATE BINARY AS \"c%d\"".formatted(alias, c.quoted(), at(c)));
    return "%s FROM %s WHERE %s"
        .formatted(
            columns,
            candidates.from(from, other, alias, differs),
            candidates.unmatched(from, other, differs));
  }

  /** The names of columns that only one side has; their values are not compared. */
  static List<String> uncompared(TableShape before, TableShape after) {
    List<String> names = new ArrayList<>();
    for (Column column : before.stored()) {
      if (after.column(column.name()).filter(c -> !c.generated()).isEmpty()) {
        names.add(column.name());
      }
    }
    for (Column column : after.stored()) {
      if (before.column(column.name()).filter(c -> !c.generated()).isEmpty()) {
        names.add(column.name());
      }
    }
    return names;
  }
}
