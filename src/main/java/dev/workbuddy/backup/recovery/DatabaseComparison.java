package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.recovery.DiffResult.DatabaseDiff;
import dev.workbuddy.backup.recovery.DiffResult.RowsDiff;
import dev.workbuddy.backup.recovery.DiffResult.TableDiff;
import dev.workbuddy.backup.sqlite.Connections;
import dev.workbuddy.backup.sqlite.Tables;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/** Compares schema, row counts and rows of one database with those of another. */
final class DatabaseComparison {
  private final DiffRequest request;
  private final String database;
  private final RowSink log;
  private final List<String> warnings;

  /**
   * For one database.
   *
   * @param warnings takes what could not be compared
   */
  DatabaseComparison(DiffRequest request, String database, RowSink log, List<String> warnings) {
    this.request = request;
    this.database = database;
    this.log = log;
    this.warnings = warnings;
  }

  DatabaseDiff run(Connection connection, SchemaReader before, SchemaReader after)
      throws SQLException, IOException {
    Map<String, TableShape> old = before.tables();
    Map<String, TableShape> now = after.tables();
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(old.keySet());
    names.addAll(now.keySet());
    List<TableDiff> tables = new ArrayList<>();
    for (String name : names) {
      if (isWanted(name)) {
        tables.add(table(connection, name, old.get(name), now.get(name)));
      }
    }
    Set<String> virtual = new TreeSet<>(before.virtualTables());
    virtual.addAll(after.virtualTables());
    if (request.rows()) {
      virtual.stream().filter(this::isWanted).forEach(this::virtual);
    }
    return new DatabaseDiff(database, SchemaChange.between(before, after), tables);
  }

  private boolean isWanted(String table) {
    return request.tables().isEmpty()
        || request.tables().stream().anyMatch(table::equalsIgnoreCase);
  }

  private void virtual(String table) {
    warnings.add(
        "%s: %s is a virtual table; its rows were not compared".formatted(database, table));
  }

  private TableDiff table(
      Connection connection, String name, @Nullable TableShape before, @Nullable TableShape after)
      throws SQLException, IOException {
    return new TableDiff(
        name,
        count(connection, before),
        count(connection, after),
        request.rows() && before != null && after != null ? rows(connection, before, after) : null);
  }

  private static @Nullable Long count(Connection connection, @Nullable TableShape table)
      throws SQLException {
    return table == null ? null : Tables.rows(connection, table.schema(), table.name());
  }

  /** A collation or function that only the application has stops this table, not the others. */
  private @Nullable RowsDiff rows(Connection connection, TableShape before, TableShape after)
      throws SQLException, IOException {
    try {
      RowTally tally = new RowTally(request.limit(), log);
      TableComparison comparison = new TableComparison(connection, database, before, after);
      comparison.run(tally);
      return tally.result(comparison.isKeyed(), comparison.uncompared());
    } catch (SQLException e) {
      if (Connections.primaryCode(e) != SQLiteErrorCode.SQLITE_ERROR.code) {
        throw e;
      }
      warnings.add(
          "%s: the rows of %s could not be compared: %s"
              .formatted(database, before.name(), e.getMessage()));
      return null;
    }
  }
}
