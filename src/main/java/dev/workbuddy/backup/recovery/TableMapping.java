package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.sqlite.Sql;
import java.util.List;
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
 */
record TableMapping(
    TableShape old, TableShape live, List<Column> common, List<Column> key, boolean keyed) {

  /** Maps by the primary key, or by content where there is none. */
  static TableMapping of(TableShape old, TableShape live) {
    List<Column> common = live.commonWith(old);
    boolean keyed = !live.key().isEmpty();
    return new TableMapping(old, live, common, keyed ? live.key() : common, keyed);
  }

  /** Refuses where the two primary keys are not the same columns. */
  void requireSameKey() {
    boolean keyless = live.key().isEmpty() && old.key().isEmpty();
    if (!keyless && !live.hasKeyOf(old)) {
      throw new BackupException(
          ErrorCode.SCHEMAS_DIFFER,
          "rows of %s cannot be mapped: its primary key is (%s) in the live database and was (%s)"
                  .formatted(live.name(), names(live.key()), names(old.key()))
              + " in the snapshot",
          "Choose other tables with --table, or use `wb-backup query` to see the rows.");
    }
  }

  /** Refuses where the live table wants a value that the snapshot does not have. */
  void requireValues() {
    List<Column> wanting =
        live.stored().stream()
            .filter(column -> column.notNull() && column.defaultValue() == null)
            .filter(column -> common.stream().noneMatch(c -> c.isNamed(column.name())))
            .toList();
    if (!wanting.isEmpty()) {
      throw new BackupException(
          ErrorCode.SCHEMAS_DIFFER,
          "rows of %s cannot be mapped: the live table requires a value in (%s), which the snapshot"
                  .formatted(live.name(), names(wanting))
              + " does not have and for which there is no default",
          "Choose other tables with --table, or use `wb-backup query` to see the rows.");
    }
  }

  /** Whether the live column is the very number by which SQLite knows a row. */
  boolean numbersRows(Column column) {
    return column.isKey()
        && live.key().size() == 1
        && live.rowid().isPresent()
        && column.type().equalsIgnoreCase("INTEGER");
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

  /** That no part of the key is NULL: such rows could be any. */
  String hasKey(String alias) {
    return keyed
        ? RowSql.joined(key, " AND ", c -> alias + "." + c.quoted() + " IS NOT NULL")
        : "1";
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
