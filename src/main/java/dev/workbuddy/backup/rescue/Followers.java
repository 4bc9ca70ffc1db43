package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.sqlite.VirtualTable;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.RowSql;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.TableErrors;
import dev.workbuddy.backup.tables.TableShape;
import dev.workbuddy.backup.tables.VirtualRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The live full-text indexes of other tables' rows. A row that comes back gets the entry that it
 * had, in the same transaction, unless the index still has it; a warning names what cannot be done,
 * with the statement that repairs it.
 */
final class Followers {
  private final Connection connection;
  private final RescueOptions options;
  private final List<Index> indexes;
  private final Set<String> behind = new TreeSet<>(Sql.BY_NAME);

  private Followers(Connection connection, RescueOptions options, List<Index> indexes) {
    this.connection = connection;
    this.options = options;
    this.indexes = indexes;
  }

  /**
   * An index of one table's rows.
   *
   * @param content the table
   * @param number the column that has the numbers of its entries
   * @param entries the column of the index's list of entries; empty where it keeps none
   */
  private record Index(
      String name, String content, String number, Optional<String> entries, List<Column> columns) {
    String rebuild() {
      return "INSERT INTO %1$s (%1$s) VALUES ('rebuild')".formatted(Sql.quote(name));
    }

    boolean follows() {
      return entries.isPresent() && !columns.isEmpty();
    }

    String entries(String schema) {
      return Sql.quote(schema) + "." + Sql.quote(name + "_docsize");
    }
  }

  /**
   * Finds those that are in the live database.
   *
   * @param options where triggers are awake, they do the work
   */
  static Followers of(
      Connection connection, SchemaReader before, SchemaReader now, RescueOptions options)
      throws SQLException {
    Map<String, TableShape> tables = new TreeMap<>(Sql.BY_NAME);
    tables.putAll(before.tables());
    tables.putAll(now.tables());
    List<Index> indexes = new ArrayList<>();
    for (VirtualTable table : now.virtualTables()) {
      if (VirtualRows.of(table, true) == VirtualRows.Keeps.INDEX) {
        indexes.add(index(table, tables, before, now));
      }
    }
    return new Followers(connection, options, indexes);
  }

  private static Index index(
      VirtualTable table, Map<String, TableShape> tables, SchemaReader before, SchemaReader now)
      throws SQLException {
    String content = table.option("content").orElse("");
    boolean five = table.module().equals("fts5");
    TableShape shape = tables.get(content);
    Optional<String> number =
        (five ? table.option("content_rowid").map(Sql::quote) : Optional.<String>empty())
            .or(() -> Optional.ofNullable(shape).flatMap(TableShape::rowid));
    String list = table.name() + "_docsize";
    boolean kept =
        before.shadows(table.name()).containsKey(list)
            && now.shadows(table.name()).containsKey(list)
            && number.isPresent();
    return new Index(
        table.name(),
        content,
        number.orElse(""),
        kept ? Optional.of(five ? "id" : "docid") : Optional.empty(),
        kept ? columns(now, table) : List.of());
  }

  /** None where the index cannot be written without the application. */
  private static List<Column> columns(SchemaReader now, VirtualTable table) throws SQLException {
    try {
      return now.columnsOf(table);
    } catch (SQLException e) {
      if (TableErrors.isOfOneTable(e)) {
        return List.of();
      }
      throw e;
    }
  }

  /** Lets the indexes of a table have the entries of rows that just came back. */
  void follow(RowBatch batch) throws SQLException {
    if (options.triggers() || !batch.missing()) {
      return;
    }
    for (Index index : indexes) {
      if (index.follows() && Sql.isSameName(index.content(), batch.table())) {
        add(index, batch);
      }
    }
  }

  private void add(Index index, RowBatch batch) throws SQLException {
    Sql.execute(connection, "SAVEPOINT wb_index");
    try {
      Sql.execute(connection, insertion(index, batch));
    } catch (SQLException e) {
      if (!TableErrors.isOfOneTable(e)) {
        throw e;
      }
      Sql.execute(connection, "ROLLBACK TO wb_index");
      behind.add(index.name());
    }
    Sql.execute(connection, "RELEASE wb_index");
  }

  private static String insertion(Index index, RowBatch batch) {
    TableMapping mapping = batch.mapping();
    String back =
        mapping
            .keptNumber()
            .map(number -> "L." + number + " = M.place")
            .orElseGet(() -> mapping.same("L", "S"));
    String entry = index.entries().orElseThrow();
    return """
    INSERT INTO main.%1$s (rowid, %2$s) SELECT L.%3$s, %4$s
    FROM %5$s CROSS JOIN %6$s AS L ON %7$s WHERE %8$s
      AND EXISTS (SELECT 1 FROM %9$s AS E WHERE E.%10$s = S.%3$s)
      AND NOT EXISTS (SELECT 1 FROM %11$s AS E WHERE E.%10$s = L.%3$s)
    """
        .formatted(
            Sql.quote(index.name()),
            RowSql.joined(index.columns(), ", ", Column::quoted),
            index.number(),
            RowSql.list("L", index.columns()),
            batch.rows().withRows(),
            mapping.liveName(),
            back,
            batch.coming(),
            index.entries("snapshot"),
            entry,
            index.entries("main"));
  }

  /** What is to be said of indexes that SQLite refused to give their entries. */
  List<String> told() {
    return indexes.stream()
        .filter(index -> behind.contains(index.name()))
        .map(Followers::told)
        .toList();
  }

  /**
   * What is to be said of indexes that will not have the entries of a table's rows.
   *
   * @param mentions whether a trigger on the table speaks of a virtual table
   */
  List<String> foretold(RowsToRestore lost, Predicate<String> mentions) throws SQLException {
    boolean changes = options.includeChanged() && lost.changed().count() > 0;
    String table = lost.mapping().live().name();
    return options.triggers()
        ? List.of()
        : indexes.stream()
            .filter(
                index ->
                    Sql.isSameName(index.content(), table)
                        ? !index.follows() || changes
                        : mentions.test(index.name()))
            .map(Followers::told)
            .toList();
  }

  private static String told(Index index) {
    return "the index %s does not follow rows that come back: let the application run %s"
        .formatted(index.name(), index.rebuild());
  }
}
