package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import dev.workbuddy.backup.tables.TableShape;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The foreign keys of a rescue's tables, and the order that they ask for. */
final class References {
  private final Map<String, List<Reference>> byChild;
  private final Map<String, List<Reference>> byParent = new TreeMap<>(Sql.BY_NAME);

  private References(Map<String, List<Reference>> byChild) {
    this.byChild = byChild;
    byChild
        .values()
        .forEach(
            list ->
                list.forEach(
                    reference ->
                        byParent
                            .computeIfAbsent(reference.parent(), _ -> new ArrayList<>())
                            .add(reference)));
  }

  /**
   * A foreign key.
   *
   * @param to the parent's columns; empty where its primary key is meant
   */
  record Reference(String child, String parent, List<String> from, List<String> to) {

    /** Whether rows that came back bring all of its columns. */
    boolean isCoveredBy(TableMapping mapping) {
      return from.stream()
          .allMatch(name -> mapping.common().stream().anyMatch(column -> column.isNamed(name)));
    }

    /** Whether it means the parent's primary key, which an old value never changes. */
    boolean isToKeyOf(TableShape table) {
      return to.isEmpty()
          || to.stream().allMatch(name -> table.key().stream().anyMatch(k -> k.isNamed(name)));
    }
  }

  /**
   * Reads those of the live tables, and of tables that are to be made again.
   *
   * @param again the names of the latter, which only the snapshot has
   */
  static References of(Connection connection, Collection<String> again) throws SQLException {
    Map<String, List<Reference>> all = read(connection, "main");
    if (!again.isEmpty()) {
      Map<String, List<Reference>> old = read(connection, "snapshot");
      again.forEach(table -> all.put(table, old.getOrDefault(table, List.of())));
    }
    return new References(all);
  }

  private static Map<String, List<Reference>> read(Connection connection, String schema)
      throws SQLException {
    record Id(String table, int number) {}
    Map<Id, Reference> references = new LinkedHashMap<>();
    String query =
        """
        SELECT l.name, f.id, f."table", f."from", f."to"
        FROM pragma_table_list AS l CROSS JOIN pragma_foreign_key_list(l.name, l.schema) AS f
        WHERE l.schema = ? AND l.type = 'table' ORDER BY l.name, f.id, f.seq
        """;
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, schema);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          String child = rows.getString(1);
          String parent = rows.getString(3);
          Reference reference =
              references.computeIfAbsent(
                  new Id(child, rows.getInt(2)),
                  _ -> new Reference(child, parent, new ArrayList<>(), new ArrayList<>()));
          reference.from().add(rows.getString(4));
          @Nullable String to = rows.getString(5);
          if (to != null) {
            reference.to().add(to);
          }
        }
      }
    }
    Map<String, List<Reference>> byChild = new TreeMap<>(Sql.BY_NAME);
    references
        .values()
        .forEach(r -> byChild.computeIfAbsent(r.child(), _ -> new ArrayList<>()).add(r));
    return byChild;
  }

  /** The foreign keys of one table. */
  List<Reference> from(String table) {
    return byChild.getOrDefault(table, List.of());
  }

  /** The foreign keys to one table. */
  List<Reference> to(String table) {
    return byParent.getOrDefault(table, List.of());
  }

  /**
   * The tables, each after those that it refers to; those that refer to each other in a circle
   * share a group.
   */
  List<List<String>> parentsFirst(Collection<String> tables) {
    return Circles.parentsFirst(
        tables, table -> from(table).stream().map(Reference::parent).toList());
  }

  /** Whether rows of the tables may refer to rows of the same ones. */
  boolean isCircular(List<String> group) {
    return group.size() > 1
        || from(group.getFirst()).stream()
            .anyMatch(reference -> Sql.isSameName(reference.parent(), group.getFirst()));
  }
}
