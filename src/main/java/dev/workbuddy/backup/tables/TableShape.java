package dev.workbuddy.backup.tables;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table of one database: its columns, and what tells its rows apart.
 *
 * @param schema the name under which the connection knows the database
 * @param kind how SQLite keeps its rows
 * @param byName its columns by their names
 */
public record TableShape(
    String schema, String name, List<Column> columns, Kind kind, Map<String, Column> byName) {

  /** How SQLite keeps a table's rows. */
  public enum Kind {
    /** By numbers of their own. */
    ROWID,
    /** By the numbers in its key's only column. */
    NUMBERED,
    /** By the key. */
    WITHOUT_ROWID,
    /** In the way of a module, by numbers. */
    VIRTUAL
  }

  public TableShape {
    columns = List.copyOf(columns);
  }

  /** A table with these columns. */
  static TableShape of(String schema, String name, List<Column> columns, Kind kind) {
    Map<String, Column> byName = new TreeMap<>(Sql.BY_NAME);
    columns.forEach(column -> byName.putIfAbsent(column.name(), column));
    return new TableShape(schema, name, columns, kind, byName);
  }

  /** Returns this table's shape in another database. */
  public TableShape in(String otherSchema) {
    return new TableShape(otherSchema, name, columns, kind, byName);
  }

  /** The table's name in SQL, with its schema. */
  public String quoted() {
    return Sql.quote(schema) + "." + Sql.quote(name);
  }

  /** The columns whose values are stored rather than computed. */
  public List<Column> stored() {
    return columns.stream().filter(column -> !column.generated()).toList();
  }

  /** The primary key's columns in its order; empty where there is none. */
  public List<Column> key() {
    return columns.stream()
        .filter(Column::isKey)
        .sorted(Comparator.comparingInt(Column::keyPosition))
        .toList();
  }

  /** The key's columns in which a row may have NULL, as SQLite lets rows of ordinary tables. */
  public List<Column> nullableKey() {
    return kind == Kind.ROWID
        ? key().stream().filter(column -> !column.notNull()).toList()
        : List.of();
  }

  public Optional<Column> column(String wanted) {
    return Optional.ofNullable(byName.get(wanted));
  }

  /** A name for the number that SQLite gives each row; empty where there is none to be had. */
  public Optional<String> rowid() {
    if (kind == Kind.WITHOUT_ROWID) {
      return Optional.empty();
    }
    if (kind == Kind.VIRTUAL) {
      return Optional.of("rowid");
    }
    Set<String> taken = Set.copyOf(names(columns));
    return Stream.of("rowid", "_rowid_", "oid").filter(name -> !taken.contains(name)).findFirst();
  }

  /** The columns that both have and store, in this table's order and spelling. */
  public List<Column> commonWith(TableShape other) {
    return stored().stream()
        .filter(column -> other.column(column.name()).filter(c -> !c.generated()).isPresent())
        .toList();
  }

  /** Whether the other table's rows are told apart by columns of the same names. */
  public boolean hasKeyOf(TableShape other) {
    return !key().isEmpty() && names(key()).equals(names(other.key()));
  }

  /** Whether both keys also take the same values for equal. */
  public boolean comparesKeyAs(TableShape other) {
    return hasKeyOf(other) && collations().equals(other.collations());
  }

  private List<String> collations() {
    return key().stream()
        .map(Column::keyCollation)
        .map(collation -> collation == null ? "" : Sql.folded(collation))
        .toList();
  }

  private static List<String> names(List<Column> columns) {
    return columns.stream().map(column -> Sql.folded(column.name())).collect(Collectors.toList());
  }
}
