package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.recovery.DiffResult.DatabaseDiff;
import dev.workbuddy.backup.recovery.DiffResult.RowsDiff;
import dev.workbuddy.backup.recovery.DiffResult.TableDiff;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.SqliteWords;
import dev.workbuddy.backup.sqlite.Tables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * Compares schema, row counts and rows of one database with those of another. Rows in pages that
 * both files share are not looked at.
 */
final class DatabaseComparison {
  private final DiffRequest request;
  private final Connection connection;
  private final SchemaReader before;
  private final SchemaReader after;
  private final ChangedTables changes;
  private final String database;
  private final RowSink log;
  private final ShownRows shown;
  private final List<String> warnings;

  /**
   * For one database.
   *
   * @param connection to both, in one transaction
   * @param changes where rows can differ
   * @param warnings takes what could not be compared
   */
  DatabaseComparison(
      DiffRequest request,
      String database,
      Connection connection,
      SchemaReader before,
      SchemaReader after,
      ChangedTables changes,
      RowSink log,
      ShownRows shown,
      List<String> warnings) {
    this.request = request;
    this.database = database;
    this.connection = connection;
    this.before = before;
    this.after = after;
    this.changes = changes;
    this.log = log;
    this.shown = shown;
    this.warnings = warnings;
  }

  DatabaseDiff run() throws SQLException, IOException {
    Map<String, TableShape> old = before.tables();
    Map<String, TableShape> now = after.tables();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(old.keySet());
    names.addAll(now.keySet());
    List<TableDiff> tables = new ArrayList<>();
    for (String name : names) {
      if (isWanted(name)) {
        tables.add(table(name, old.get(name), now.get(name)));
      }
    }
    Set<String> virtual = new TreeSet<>(before.virtualTables());
    virtual.addAll(after.virtualTables());
    for (String table : virtual) {
      if (request.rows() && isWanted(table) && !keepsTheSame(table)) {
        warnings.add(
            "%s: %s is a virtual table; its rows were not compared".formatted(database, table));
      }
    }
    return new DatabaseDiff(database, SchemaChange.between(before, after), tables);
  }

  private boolean isWanted(String table) {
    return request.tables().isEmpty()
        || request.tables().stream().anyMatch(table::equalsIgnoreCase);
  }

  /** Whether the tables that a virtual table keeps its rows in are there, and all the same. */
  private boolean keepsTheSame(String virtual) throws SQLException, IOException {
    Map<String, TableShape> old = before.shadows(virtual);
    Map<String, TableShape> now = after.shadows(virtual);
    if (old.isEmpty() || !old.keySet().equals(now.keySet())) {
      return false;
    }
    for (TableShape table : old.values()) {
      TableShape other = Objects.requireNonNull(now.get(table.name()));
      RowsDiff rows = rows(table, other, new RowTally(0, shown, _ -> {}));
      if (rows == null || rows.total() > 0 || !rows.uncompared().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  private TableDiff table(String name, @Nullable TableShape old, @Nullable TableShape now)
      throws SQLException, IOException {
    return new TableDiff(
        name,
        count(old),
        count(now),
        request.rows() && old != null && now != null
            ? rows(old, now, new RowTally(request.limit(), shown, log))
            : null);
  }

  private @Nullable Long count(@Nullable TableShape table) throws SQLException {
    return table == null ? null : Tables.rows(connection, table.schema(), table.name());
  }

  /** A collation or function that only the application has stops this table, not the others. */
  private @Nullable RowsDiff rows(TableShape old, TableShape now, RowTally tally)
      throws SQLException, IOException {
    try {
      ChangedRanges changed = changes.of(old, now);
      TableComparison comparison =
          new TableComparison(connection, database, old, now, Candidates.in(connection, changed));
      if (!changed.none()) {
        comparison.run(tally);
      }
      return tally.result(comparison.isKeyed(), comparison.uncompared());
    } catch (SQLException e) {
      if (Connections.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
        throw e;
      }
      warnings.add(
          "%s: the rows of %s could not be compared: %s"
              .formatted(database, old.name(), SqliteWords.of(e)));
      return null;
    }
  }
}
