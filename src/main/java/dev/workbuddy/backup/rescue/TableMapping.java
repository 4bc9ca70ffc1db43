package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.RowSql;
import dev.workbuddy.backup.tables.TableShape;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * How rows of a table in the snapshot become rows of the live table, which may have got other
 * columns since.
 *
 * @param old the snapshot's
 * @param common the columns that both store
 * @param key what tells rows apart: the primary key, or all common columns
 * @param keyed whether that is the primary key
 * @param dropped whether the live table is not there and is to be made again
 */
record TableMapping(
    TableShape old,
    TableShape live,
    List<Column> common,
    List<Column> key,
    boolean keyed,
    boolean dropped) {

  /** Maps by the primary key, or by content where there is none. */
  static TableMapping of(TableShape old, TableShape live) {
    List<Column> common = live.commonWith(old);
    boolean keyed = !live.key().isEmpty() && live.comparesKeyAs(old);
    return new TableMapping(old, live, common, keyed ? live.key() : common, keyed, false);
  }

  /** Maps to a table that is to be made again, just as it was. */
  static TableMapping again(TableShape old) {
    TableMapping mapping = of(old, old.in("main"));
    return new TableMapping(old, mapping.live, mapping.common, mapping.key, mapping.keyed, true);
  }

  /** This mapping by content, for where the key turned out not to tell rows apart. */
  TableMapping byContent() {
    return new TableMapping(old, live, common, common, false, dropped);
  }

  /** Why rows of the one are none of the other; empty where both have the same key, or none. */
  Optional<String> otherKey() {
    boolean keyless = live.key().isEmpty() && old.key().isEmpty();
    boolean same = old.rowid().isEmpty() ? live.comparesKeyAs(old) : live.hasKeyOf(old);
    return keyless || same
        ? Optional.empty()
        : Optional.of(
            "its primary key is (%s) in the live database and was (%s) in the snapshot"
                .formatted(told(live, old), told(old, live)));
  }

  private static String told(TableShape table, TableShape other) {
    return table.hasKeyOf(other)
        ? RowSql.joined(table.key(), ", ", column -> column.comparedInKey(column.name()))
        : names(table.key());
  }

  /** Why no row can come back: the live table wants a value that the snapshot does not have. */
  Optional<String> wantedValues() {
    List<Column> wanting =
        live.stored().stream()
            .filter(column -> column.notNull() && column.defaultValue() == null)
            .filter(column -> common.stream().noneMatch(c -> c.isNamed(column.name())))
            .toList();
    return wanting.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "the live table requires a value in (%s), which the snapshot does not have and for which"
                    .formatted(names(wanting))
                + " there is no default");
  }

  /** Whether the live table refuses NULL in a column that is not the row's number. */
  boolean requires(Column column) {
    return column.notNull() && !numbersRows(column);
  }

  /** Whether the live column is the very number by which SQLite knows a row. */
  boolean numbersRows(Column column) {
    return column.isKey()
        && (live.kind() == TableShape.Kind.NUMBERED || live.kind() == TableShape.Kind.VIRTUAL);
  }

  /** The live name of the numbers that rows keep though no column shows them. */
  Optional<String> keptNumber() {
    return live.kind() == TableShape.Kind.ROWID && old.kind() == TableShape.Kind.ROWID
        ? live.rowid().filter(_ -> old.rowid().isPresent())
        : Optional.empty();
  }

  /** Whether some rows can be told apart by nothing but their content. */
  boolean hasRowsWithoutKey() {
    return !keyed || !old.nullableKey().isEmpty();
  }

  List<String> onlyOld() {
    return missingFrom(old, live);
  }

  List<String> onlyLive() {
    return missingFrom(live, old);
  }

  private static List<String> missingFrom(TableShape table, TableShape other) {
    return table.stored().stream()
        .filter(column -> other.column(column.name()).filter(c -> !c.generated()).isEmpty())
        .map(Column::name)
        .toList();
  }

  private static String names(List<Column> columns) {
    return columns.stream().map(Column::name).collect(Collectors.joining(", "));
  }

  /** What finds a row of the snapshot again: its number, or its key. */
  List<String> handles() {
    return old.rowid().map(List::of).orElseGet(() -> key.stream().map(Column::quoted).toList());
  }

  /** The handles of the table under that alias, named for a table of rows. */
  String handlesOf(String alias) {
    List<String> handles = handles();
    return IntStream.range(0, handles.size())
        .mapToObj(i -> "%s.%s AS h%d".formatted(alias, handles.get(i), i))
        .collect(Collectors.joining(", "));
  }

  /** That S is the row of the snapshot that M stands for. */
  String found() {
    return found("S");
  }

  /** That the row under the alias is the one of the snapshot that M stands for. */
  String found(String alias) {
    List<String> handles = handles();
    return IntStream.range(0, handles.size())
        .mapToObj(i -> "%s.%s = M.h%d".formatted(alias, handles.get(i), i))
        .collect(Collectors.joining(" AND "));
  }

  /** That a live row under the one alias is the row of the snapshot under the other. */
  String same(String live, String old) {
    return RowSql.sameKey(live, old, key);
  }

  /** That a row can be told apart by its key: no part of it is NULL. */
  String hasKey(String alias) {
    return keyed
        ? RowSql.joined(key, " AND ", c -> alias + "." + c.quoted() + " IS NOT NULL")
        : "0";
  }

  String oldName() {
    return old.quoted();
  }

  String liveName() {
    return live.quoted();
  }

  /** The name under which a condition of the user's may speak of the row. */
  String alias() {
    return Sql.quote(old.name());
  }
}
