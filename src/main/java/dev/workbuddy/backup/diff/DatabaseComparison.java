package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.diff.DiffResult.DatabaseDiff;
import dev.workbuddy.backup.diff.DiffResult.RowsDiff;
import dev.workbuddy.backup.diff.DiffResult.TableDiff;
import dev.workbuddy.backup.pages.ChangedRanges;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.SqliteMessages;
import dev.workbuddy.backup.sqlite.StandIns;
import dev.workbuddy.backup.sqlite.Tables;
import dev.workbuddy.backup.sqlite.VirtualTable;
import dev.workbuddy.backup.tables.ChangedRowFilter;
import dev.workbuddy.backup.tables.ChangedTables;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.TableErrors;
import dev.workbuddy.backup.tables.TableShape;
import dev.workbuddy.backup.tables.TempNames;
import dev.workbuddy.backup.tables.VirtualRows;
import dev.workbuddy.backup.tables.VirtualRows.Keeps;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares schema, row counts and rows of one database with those of another. Rows in pages that
 * both files share are not looked at.
 */
final class DatabaseComparison {
  private static final int MOST_COLLATIONS = 16;
  private static final TempNames NAMES = TempNames.unlike(List.of());

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
    Map<String, TableShape> old = tables(before);
    Map<String, TableShape> now = tables(after);
    Set<String> names = new TreeSet<>(Sql.BY_NAME);
    names.addAll(old.keySet());
    names.addAll(now.keySet());
    List<TableDiff> tables = new ArrayList<>();
    for (String name : names) {
      if (isWanted(name)) {
        tables.add(table(name, old.get(name), now.get(name)));
      }
    }
    if (request.rows()) {
      tellOddNames();
    }
    tellUnreadable();
    return new DatabaseDiff(database, SchemaChange.between(before, after), tables);
  }

  /** Ordinary tables, and virtual ones that have rows of their own. */
  private static Map<String, TableShape> tables(SchemaReader reader) throws SQLException {
    Map<String, TableShape> tables = new TreeMap<>(Sql.BY_NAME);
    tables.putAll(reader.tables());
    for (VirtualTable table : reader.virtualTables()) {
      if (keeps(reader, table) == Keeps.ROWS) {
        VirtualRows.readable(reader, table).ifPresent(shape -> tables.put(table.name(), shape));
      }
    }
    return tables;
  }

  private static Keeps keeps(SchemaReader reader, VirtualTable table) throws SQLException {
    return VirtualRows.of(table, !reader.shadows(table.name()).isEmpty());
  }

  private void tellOddNames() throws SQLException {
    Set<String> odd = new TreeSet<>(before.unspeakable());
    odd.addAll(after.unspeakable());
    for (String table : odd) {
      tellUncompared(table, "its name, or that of a column, is not valid text");
    }
  }

  /** Also where rows are only counted: nobody can count these. */
  private void tellUnreadable() throws SQLException, IOException {
    Set<String> virtual = new TreeSet<>(Sql.BY_NAME);
    for (SchemaReader side : List.of(before, after)) {
      for (VirtualTable table : side.virtualTables()) {
        Keeps keeps = keeps(side, table);
        if (keeps == Keeps.UNREADABLE
            || (keeps == Keeps.ROWS && VirtualRows.readable(side, table).isEmpty())) {
          virtual.add(table.name());
        }
      }
    }
    for (String table : virtual) {
      if (!keepsTheSame(table)) {
        Set<String> kept = new TreeSet<>(before.shadows(table).keySet());
        kept.addAll(after.shadows(table).keySet());
        tellUncompared(
            table,
            "it is a virtual table that only its module can read, and so is what it keeps%s"
                .formatted(kept.isEmpty() ? "" : " in " + String.join(", ", kept)));
      }
    }
  }

  private void tellUncompared(String table, String why) {
    if (isWanted(table)) {
      warnings.add("%s: the rows of %s were not compared: %s".formatted(database, table, why));
    }
  }

  private boolean isWanted(String table) {
    return request.tables().isEmpty()
        || request.tables().stream().anyMatch(wanted -> Sql.isSameName(wanted, table));
  }

  /**
   * Returns whether the tables in which a virtual table keeps its rows are there, and all equal.
   */
  private boolean keepsTheSame(String virtual) throws SQLException, IOException {
    Map<String, TableShape> old = before.shadows(virtual);
    Map<String, TableShape> now = after.shadows(virtual);
    if (old.isEmpty() || !old.keySet().equals(now.keySet())) {
      return false;
    }
    for (TableShape table : old.values()) {
      TableShape other = Objects.requireNonNull(now.get(table.name()));
      RowsDiff rows = rows(table, other, _ -> {}, 0);
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
        request.rows() && old != null && now != null ? rows(old, now, log, request.limit()) : null);
  }

  private @Nullable Long count(@Nullable TableShape table) throws SQLException {
    return table == null ? null : Tables.rows(connection, table.schema(), table.name());
  }

  /** A collation or function that only the application has stops this table, not the others. */
  private @Nullable RowsDiff rows(TableShape old, TableShape now, RowSink sink, int limit)
      throws SQLException, IOException {
    try {
      return rows(old, now, sink, limit, false);
    } catch (SQLException e) {
      return rowsDespite(e, old, now, sink, limit);
    }
  }

  /** A collation that is not here compares nothing, so rows are told apart by their content. */
  private @Nullable RowsDiff rowsDespite(
      SQLException first, TableShape old, TableShape now, RowSink sink, int limit)
      throws SQLException, IOException {
    SQLException said = first;
    for (int i = 0; i < MOST_COLLATIONS; i++) {
      Optional<String> collation = StandIns.missingCollation(said);
      if (collation.isEmpty()) {
        break;
      }
      try {
        StandIns.collation(connection, collation.get());
        return rows(old, now, sink, limit, true);
      } catch (SQLException e) {
        said = e;
      }
    }
    if (!TableErrors.isOfOneTable(said)) {
      throw said;
    }
    warnings.add(
        "%s: the rows of %s could not be compared: %s"
            .formatted(database, old.name(), SqliteMessages.of(said)));
    return null;
  }

  private RowsDiff rows(TableShape old, TableShape now, RowSink sink, int limit, boolean byContent)
      throws SQLException, IOException {
    RowTally tally = new RowTally(limit, shown, sink);
    ChangedRanges changed = changes.of(old, now);
    if (changed.none()) {
      return tally.result(old.hasKeyOf(now), TableComparison.uncompared(old, now));
    }
    TableComparison comparison =
        new TableComparison(
            connection,
            database,
            old,
            now,
            ChangedRowFilter.in(connection, NAMES, changed),
            byContent);
    comparison.run(tally);
    return tally.result(comparison.isKeyed(), TableComparison.uncompared(old, now));
  }
}
