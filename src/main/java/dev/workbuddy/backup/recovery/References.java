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
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Foreign keys: in which order tables come back, and whose parents are not there. */
final class References {
  private final Connection connection;
  private final Map<String, TableShape> live;
  private final Map<String, TableShape> old;

  References(Connection connection, Map<String, TableShape> live, Map<String, TableShape> old) {
    this.connection = connection;
    this.live = live;
    this.old = old;
  }

  /**
   * A foreign key.
   *
   * @param to the parent's columns; empty where its primary key is meant
   */
  record Reference(String parent, List<String> from, List<String> to) {}

  /** The tables, each after those that it refers to; circles are broken anywhere. */
  List<String> parentsFirst(Collection<String> tables) throws SQLException {
    Map<String, Set<String>> parents = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String table : tables) {
      Set<String> others = new LinkedHashSet<>();
      of(table).forEach(reference -> others.add(reference.parent()));
      parents.put(table, others);
    }
    Set<String> ordered = new LinkedHashSet<>();
    parents.keySet().forEach(table -> visit(table, parents, new LinkedHashSet<>(), ordered));
    return List.copyOf(ordered);
  }

  private static void visit(
      String table, Map<String, Set<String>> parents, Set<String> path, Set<String> ordered) {
    if (ordered.contains(table) || !path.add(table)) {
      return;
    }
    for (String parent : parents.getOrDefault(table, Set.of())) {
      parents.keySet().stream()
          .filter(parent::equalsIgnoreCase)
          .findFirst()
          .ifPresent(known -> visit(known, parents, path, ordered));
    }
    ordered.add(table);
  }

  private List<Reference> of(String table) throws SQLException {
    Map<Integer, Reference> references = new LinkedHashMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("PRAGMA main.foreign_key_list(" + Sql.quote(table) + ")")) {
      while (rows.next()) {
        String parent = rows.getString("table");
        Reference reference =
            references.computeIfAbsent(
                rows.getInt("id"),
                _ -> new Reference(parent, new ArrayList<>(), new ArrayList<>()));
        reference.from().add(rows.getString("from"));
        @Nullable String to = rows.getString("to");
        if (to != null) {
          reference.to().add(to);
        }
      }
    }
    return List.copyOf(references.values());
  }

  /**
   * Rows that came back, and whose parent did not.
   *
   * @param parent the parent's table
   * @param hadParent how many of them had one in the snapshot
   * @param orphans how many had none there either
   */
  record Broken(String table, String parent, long hadParent, long orphans) {}

  /** Looks for the parents of the rows noted in a temporary table. */
  List<Broken> broken(TableMapping mapping, String noted) throws SQLException {
    List<Broken> broken = new ArrayList<>();
    for (Reference reference : of(mapping.live().name())) {
      if (!covered(mapping, reference)) {
        continue; // A column that the snapshot lacks takes its default, which is seldom a key.
      }
      String lost =
          "SELECT count(*) FROM %s AS M CROSS JOIN %s AS S ON %s WHERE M.conflict IS NULL AND %s"
                  .formatted(noted, mapping.oldName(), mapping.found(), given(reference))
              + " AND NOT "
              + exists(reference, live, "main");
      long all = Sql.number(connection, lost);
      if (all > 0) {
        long hadParent =
            old.containsKey(reference.parent())
                ? Sql.number(connection, lost + " AND " + exists(reference, old, "snapshot"))
                : all;
        broken.add(
            new Broken(mapping.live().name(), reference.parent(), hadParent, all - hadParent));
      }
    }
    return broken;
  }

  private static boolean covered(TableMapping mapping, Reference reference) {
    return reference.from().stream()
        .allMatch(from -> mapping.common().stream().anyMatch(column -> column.isNamed(from)));
  }

  private static String given(Reference reference) {
    return reference.from().stream()
        .map(column -> "S." + Sql.quote(column) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }

  /** The plus takes the child's type away, so that the parent's rules compare, as SQLite does. */
  private static String exists(Reference reference, Map<String, TableShape> tables, String schema) {
    Optional<TableShape> parent = Optional.ofNullable(tables.get(reference.parent()));
    List<String> to =
        reference.to().isEmpty()
            ? parent.map(p -> p.key().stream().map(Column::name).toList()).orElse(List.of())
            : reference.to();
    if (parent.isEmpty() || to.size() != reference.from().size()) {
      return "0";
    }
    String same =
        IntStream.range(0, to.size())
            .mapToObj(
                i ->
                    "P.%s = +S.%s"
                        .formatted(Sql.quote(to.get(i)), Sql.quote(reference.from().get(i))))
            .collect(Collectors.joining(" AND "));
    return "EXISTS (SELECT 1 FROM %s.%s AS P WHERE %s)"
        .formatted(Sql.quote(schema), Sql.quote(parent.get().name()), same);
  }
}
