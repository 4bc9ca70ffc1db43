package dev.workbuddy.backup.recovery;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Divides what comes back into transactions. */
final class Portions {
  private final Map<String, LostRows> tables = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
  private final RescueOptions options;

  private Portions(Collection<LostRows> lost, RescueOptions options) {
    lost.forEach(rows -> tables.put(rows.mapping().live().name(), rows));
    this.options = options;
  }

  /**
   * All at once; or parents first in batches, but tables that refer in a circle undivided.
   *
   * @return for each transaction its portions
   */
  static List<List<Portion>> of(
      Collection<LostRows> lost, References references, RescueOptions options) throws SQLException {
    Portions portions = new Portions(lost, options);
    return options.batch() == 0
        ? List.of(portions.whole(references.parentsFirst(portions.tables.keySet())))
        : portions.batches(references);
  }

  private List<Portion> whole(List<List<String>> groups) throws SQLException {
    List<Portion> all = new ArrayList<>();
    for (List<String> group : groups) {
      for (String table : group) {
        all.addAll(of(table, Long.MAX_VALUE));
      }
    }
    return all;
  }

  private List<List<Portion>> batches(References references) throws SQLException {
    List<List<Portion>> batches = new ArrayList<>();
    for (List<String> group : references.parentsFirst(tables.keySet())) {
      if (references.circular(group.getFirst())) {
        batches.add(whole(List.of(group)));
      } else {
        of(group.getFirst(), options.batch()).forEach(portion -> batches.add(List.of(portion)));
      }
    }
    batches.removeIf(List::isEmpty);
    return batches;
  }

  private List<Portion> of(String table, long size) throws SQLException {
    return Portion.of(Objects.requireNonNull(tables.get(table)), size).stream()
        .filter(portion -> portion.missing() || options.includeChanged())
        .toList();
  }
}
