package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of one database: its columns, and what tells its rows apart.
 *
 * @param schema the name under which the connection knows the database
 */
record TableShape(String schema, String name, List<Column> columns, boolean withoutRowid) {
  TableShape {
    columns = List.copyOf(columns);
  }

  /** The table's name in SQL, with its schema. */
  String quoted() {
    return Sql.quote(schema) + "." + Sql.quote(name);
  }

  /** The columns whose values are stored rather than computed. */
  List<Column> stored() {
    return columns.stream().filter(column -> !column.generated()).toList();
  }

  /** The primary key's columns in its order; empty where there is none. */
  List<Column> key() {
    return columns.stream()
        .filter(Column::isKey)
        .sorted(Comparator.comparingInt(Column::keyPosition))
        .toList();
  }

  Optional<Column> column(String wanted) {
    return columns.stream().filter(column -> column.isNamed(wanted)).findFirst();
  }

  /** A name for the number that SQLite gives each row; empty where there is none to be had. */
  Optional<String> rowid() {
    if (withoutRowid) {
      return Optional.empty();
    }
    Set<String> taken =
        columns.stream().map(c -> c.name().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return Stream.of("rowid", "_rowid_", "oid").filter(name -> !taken.contains(name)).findFirst();
  }

  /** The columns that both have and store, in this table's order and spelling. */
  List<Column> commonWith(TableShape other) {
    return stored().stream()
        .filter(column -> other.column(column.name()).filter(c -> !c.generated()).isPresent())
        .toList();
  }

  /** Whether the other table's rows are told apart by columns of the same names. */
  boolean hasKeyOf(TableShape other) {
    return !key().isEmpty() && names(key()).equals(names(other.key()));
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(column -> column.name().toLowerCase(Locale.ROOT)).toList();
  }
}
