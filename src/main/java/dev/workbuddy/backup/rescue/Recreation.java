package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.rescue.RescueResult.Recreated;
import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.SchemaReader;
import dev.workbuddy.backup.tables.SchemaReader.SchemaObject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.sqlite.SQLiteErrorCode;

/**
 * What the snapshot's schema has and the live one lacks, made again: tables, indexes, views and
 * triggers, each after what it needs.
 */
final class Recreation {
  private final List<SchemaObject> objects;

  private Recreation(List<SchemaObject> objects) {
    this.objects = List.copyOf(objects);
  }

  /**
   * Finds what to make.
   *
   * @param tables those that are to be made again
   * @param request views come back as they are wanted, like tables
   */
  static Recreation of(
      SchemaReader before, SchemaReader now, List<String> tables, RescueRequest request)
      throws SQLException {
    if (!request.options().recreate()) {
      return new Recreation(List.of());
    }
    Set<String> there = now.objects().keySet();
    Set<String> made = new TreeSet<>(Sql.BY_NAME);
    made.addAll(tables);
    List<SchemaObject> lacking =
        before.objects().entrySet().stream()
            .filter(object -> !there.contains(object.getKey()))
            .map(Map.Entry::getValue)
            .toList();
    List<SchemaObject> found = new ArrayList<>();
    lacking.stream().filter(o -> is(o, "table") && made.contains(o.name())).forEach(found::add);
    Set<String> bearers = new TreeSet<>(Sql.BY_NAME);
    now.tables().keySet().stream().filter(request::wants).forEach(bearers::add);
    bearers.addAll(made);
    lacking.stream().filter(o -> is(o, "index") && bearers.contains(o.table())).forEach(found::add);
    lacking.stream().filter(o -> is(o, "view") && request.wants(o.name())).forEach(found::add);
    found.stream().filter(o -> is(o, "view")).forEach(view -> bearers.add(view.name()));
    lacking.stream()
        .filter(o -> is(o, "trigger") && bearers.contains(o.table()))
        .forEach(found::add);
    return new Recreation(found);
  }

  private static boolean is(SchemaObject object, String type) {
    return object.type().equals(type);
  }

  boolean isEmpty() {
    return objects.isEmpty();
  }

  /** What there is to make, in that order. */
  List<Recreated> told() {
    return objects.stream().map(o -> new Recreated(o.type(), o.name(), o.table())).toList();
  }

  /**
   * Makes them in one transaction; what SQLite refuses is left out, and what hangs on it.
   *
   * @return what was made
   */
  List<Recreated> make(Connection connection, LeftTables left) throws SQLException {
    List<Recreated> made = new ArrayList<>();
    Sql.execute(connection, "BEGIN IMMEDIATE");
    for (SchemaObject object : objects) {
      Sql.execute(connection, "SAVEPOINT wb_object");
      try {
        make(connection, object);
        made.add(new Recreated(object.type(), object.name(), object.table()));
      } catch (SQLException e) {
        Sql.execute(connection, "ROLLBACK TO wb_object");
        left.leave(object.name(), e, null);
      }
      Sql.execute(connection, "RELEASE wb_object");
    }
    Sql.execute(connection, "COMMIT");
    return made;
  }

  private static void make(Connection connection, SchemaObject object) throws SQLException {
    Sql.execute(connection, object.sql());
    String now =
        Sql.text(
            connection,
            "SELECT sql FROM main.sqlite_schema WHERE type = %s AND name = %s"
                .formatted(Sql.literal(object.type()), Sql.literal(object.name())));
    if (!now.equals(object.sql())) {
      throw new SQLException(
          "the %s %s could not be made again".formatted(object.type(), object.name()),
          null,
          SQLiteErrorCode.SQLITE_ERROR.code);
    }
  }
}
