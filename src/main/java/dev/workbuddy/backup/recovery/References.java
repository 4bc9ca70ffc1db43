package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.sqlite.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The foreign keys of the live schema, and the order that they ask for. */
final class References {
  private final Map<String, List<Reference>> byTable = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  private References() {}

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

  /** Reads those of the tables. */
  static References of(Connection connection, Collection<String> tables) throws SQLException {
    References references = new References();
    for (String table : tables) {
      references.byTable.put(table, read(connection, table));
    }
    return references;
  }

  private static List<Reference> read(Connection connection, String table) throws SQLException {
    Map<Integer, Reference> references = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("PRAGMA main.foreign_key_list(" + Sql.quote(table) + ")")) {
      while (rows.next()) {
        String parent = rows.getString("table");
        Reference reference =
            references.computeIfAbsent(
                rows.getInt("id"),
                _ -> new Reference(table, parent, new ArrayList<>(), new ArrayList<>()));
        reference.from().add(rows.getString("from"));
        @Nullable String to = rows.getString("to");
        if (to != null) {
          reference.to().add(to);
        }
      }
    }
    return List.copyOf(references.values());
  }

  /** The foreign keys of one table. */
  List<Reference> from(String table) {
    return byTable.getOrDefault(table, List.of());
  }

  /** The foreign keys to one table. */
  List<Reference> to(String table) {
    return byTable.values().stream()
        .flatMap(List::stream)
        .filter(reference -> reference.parent().equalsIgnoreCase(table))
        .toList();
  }

  /**
   * The tables, each after those that it refers to; those that refer to each other in a circle
   * share a group.
   */
  List<List<String>> parentsFirst(Collection<String> tables) {
    Set<String> wanted = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    wanted.addAll(tables);
    Set<String> ordered = new LinkedHashSet<>();
    wanted.forEach(table -> visit(table, wanted, new LinkedHashSet<>(), ordered));
    List<List<String>> groups = new ArrayList<>();
    Set<String> open = new LinkedHashSet<>(ordered);
    for (String table : ordered) {
      List<String> circle = ordered.stream().filter(other -> inCircle(table, other)).toList();
      open.remove(table);
      if (circle.stream().noneMatch(open::contains)) { // All that it depends on went before.
        groups.add(circle);
      }
    }
    return groups;
  }

  /** Whether rows of the table may refer to rows of the same table, at once or by way of others. */
  boolean circular(String table) {
    return ancestors(table).contains(table);
  }

  private boolean inCircle(String one, String other) {
    return one.equals(other) || (ancestors(one).contains(other) && ancestors(other).contains(one));
  }

  private Set<String> ancestors(String table) {
    Set<String> found = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<String> todo = new ArrayList<>(List.of(table));
    while (!todo.isEmpty()) {
      for (Reference reference : from(todo.removeLast())) {
        if (found.add(reference.parent())) {
          todo.add(reference.parent());
        }
      }
    }
    return found;
  }

  private void visit(String table, Set<String> wanted, Set<String> path, Set<String> ordered) {
    if (ordered.contains(table) || !path.add(table)) {
      return;
    }
    for (Reference reference : from(table)) {
      wanted.stream()
          .filter(reference.parent()::equalsIgnoreCase)
          .findFirst()
          .ifPresent(parent -> visit(parent, wanted, path, ordered));
    }
    ordered.add(table);
  }
}
