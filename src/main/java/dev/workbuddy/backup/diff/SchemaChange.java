package dev.workbuddy.backup.diff;

import dev.workbuddy.backup.diff.RowChange.Kind;
import dev.workbuddy.backup.tables.Column;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.SchemaReader.SchemaObject;
import dev.workbuddy.backup.tables.TableShape;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A part of the schema that differs.
 *
 * @param type {@code table}, {@code column}, {@code index}, {@code trigger} or {@code view}
 * @param table the table that it belongs to
 * @param before its SQL on the first side, for a column its declaration; null where it is not there
 * @param after the same on the second side
 */
public record SchemaChange(
    Kind change,
    String type,
    String name,
    String table,
    @Nullable String before,
    @Nullable String after) {

  /** What differs from one database to the other; a changed table is followed by its columns. */
  static List<SchemaChange> between(SchemaReader before, SchemaReader after) throws SQLException {
    Map<String, SchemaObject> old = before.objects();
    Map<String, SchemaObject> now = after.objects();
    Map<String, TableShape> oldTables = before.tables();
    Map<String, TableShape> nowTables = after.tables();
    TreeSet<String> names = new TreeSet<>(old.keySet());
    names.addAll(now.keySet()); // By type and name, whichever way they were made.
    List<SchemaChange> changes = new ArrayList<>();
    for (String name : names) {
      SchemaObject a = old.get(name);
      SchemaObject b = now.get(name);
      SchemaObject either = a == null ? b : a;
      if (either == null || (a != null && b != null && a.sql().equals(b.sql()))) {
        continue;
      }
      changes.add(change(either.type(), either.name(), either.table(), sql(a), sql(b)));
      TableShape oldTable = oldTables.get(either.name());
      TableShape nowTable = nowTables.get(either.name());
      if (either.type().equals("table") && oldTable != null && nowTable != null) {
        changes.addAll(columns(oldTable, nowTable));
      }
    }
    return changes;
  }

  private static List<SchemaChange> columns(TableShape before, TableShape after) {
    List<SchemaChange> changes = new ArrayList<>();
    for (Column column : before.columns()) {
      String now = after.column(column.name()).map(Column::declaration).orElse(null);
      if (!column.declaration().equals(now)) {
        changes.add(change("column", column.name(), before.name(), column.declaration(), now));
      }
    }
    for (Column column : after.columns()) {
      if (before.column(column.name()).isEmpty()) {
        changes.add(change("column", column.name(), before.name(), null, column.declaration()));
      }
    }
    return changes;
  }

  private static SchemaChange change(
      String type, String name, String table, @Nullable String before, @Nullable String after) {
    Kind kind = before == null ? Kind.ADDED : after == null ? Kind.REMOVED : Kind.CHANGED;
    return new SchemaChange(kind, type, name, table, before, after);
  }

  private static @Nullable String sql(@Nullable SchemaObject object) {
    return object == null ? null : object.sql();
  }
}
