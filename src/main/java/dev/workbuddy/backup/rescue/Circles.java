package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Orders tables by what they refer to: Tarjan's strongly connected components, which come out in
 * the order wanted, in time that follows the number of references. Without recursion, as a chain of
 * tables may be long.
 */
final class Circles {
  private final Map<String, String> wanted = new TreeMap<>(Sql.BY_NAME);
  private final Function<String, List<String>> parents;
  private final Map<String, Integer> index = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> open = new ArrayDeque<>();
  private final Set<String> isOpen = new HashSet<>();
  private final List<List<String>> groups = new ArrayList<>();

  private Circles(Collection<String> tables, Function<String, List<String>> parents) {
    tables.forEach(table -> wanted.put(table, table));
    this.parents = parents;
  }

  /**
   * The tables in groups: each table stands after those that it refers to, by way of any others of
   * them, and shares a group with those that refer back to it.
   */
  static List<List<String>> parentsFirst(
      Collection<String> tables, Function<String, List<String>> parents) {
    Circles circles = new Circles(tables, parents);
    for (String table : circles.wanted.values()) {
      if (!circles.index.containsKey(table)) {
        circles.visit(table);
      }
    }
    return circles.groups;
  }

  private record Visit(String table, Deque<String> todo) {}

  private Visit begin(String table) {
    index.put(table, index.size());
    lowest.put(table, index.size() - 1);
    open.push(table);
    isOpen.add(table);
    Deque<String> todo = new ArrayDeque<>();
    for (String parent : parents.apply(table)) {
      String known = wanted.get(parent);
      if (known != null) {
        todo.add(known);
      }
    }
    return new Visit(table, todo);
  }

  private void visit(String first) {
    Deque<Visit> path = new ArrayDeque<>(List.of(begin(first)));
    while (!path.isEmpty()) {
      Visit visit = path.element();
      String next = visit.todo().poll();
      if (next == null) {
        path.pop();
        end(visit.table());
        Visit below = path.peek();
        if (below != null) {
          lower(below.table(), lowest.getOrDefault(visit.table(), 0));
        }
      } else if (!index.containsKey(next)) {
        path.push(begin(next));
      } else if (isOpen.contains(next)) {
        lower(visit.table(), index.getOrDefault(next, 0));
      }
    }
  }

  private void lower(String table, int to) {
    lowest.merge(table, to, Math::min);
  }

  private void end(String table) {
    if (!Objects.equals(lowest.get(table), index.get(table))) {
      return;
    }
    List<String> group = new ArrayList<>();
    String member;
    do {
      member = open.pop();
      isOpen.remove(member);
      group.add(member);
    } while (!member.equals(table));
    Collections.sort(group);
    groups.add(group);
  }
}
