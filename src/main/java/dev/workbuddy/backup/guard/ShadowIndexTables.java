package dev.workbuddy.backup.guard;

import dev.workbuddy.backup.sqlite.Sql;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tables in which SQLite's own virtual tables keep indexes. They shrink whenever an index is
 * merged, and can be made anew. Known by their names, which say it in every snapshot ever taken.
 * What may be the only copy of something is not among them: {@code _content}, {@code _rowid}.
 */
final class ShadowIndexTables {
  /**
   * The tables of one kind of virtual table.
   *
   * @param sign endings that always come together
   * @param indexes endings of tables that hold nothing but an index
   */
  private record Kind(List<String> sign, List<String> indexes) {
    boolean hasIndex(String table, Set<String> all) {
      return indexes.stream()
          .filter(table::endsWith)
          .map(ending -> table.substring(0, table.length() - ending.length()))
          .anyMatch(stem -> isOf(stem, all));
    }

    boolean isOf(String stem, Set<String> all) {
      return sign.stream().allMatch(ending -> all.contains(stem + ending));
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(
              List.of("_data", "_idx", "_config"), List.of("_data", "_idx", "_config", "_docsize")),
          new Kind(
              List.of("_segments", "_segdir"),
              List.of("_segments", "_segdir", "_docsize", "_stat")),
          new Kind(List.of("_node", "_parent", "_rowid"), List.of("_node", "_parent")));

  /** In which a virtual table keeps what may be the only copy of its rows. */
  private static final List<String> CONTENTS = List.of("_content", "_rowid");

  private ShadowIndexTables() {}

  /** The virtual tables whose rows are in one of a database's tables, by that table. */
  static Map<String, String> keepers(Set<String> tables) {
    Map<String, String> keepers = new TreeMap<>(Sql.BY_NAME);
    for (String ending : CONTENTS) {
      for (String table : tables) {
        String stem =
            table.endsWith(ending) ? table.substring(0, table.length() - ending.length()) : "";
        boolean virtual =
            !stem.isEmpty() && KINDS.stream().anyMatch(kind -> kind.isOf(stem, tables));
        if (virtual) {
          keepers.put(table, stem);
        }
      }
    }
    return keepers;
  }

  /** Those among a database's tables. */
  static Set<String> of(Set<String> tables) {
    return tables.stream()
        .filter(table -> KINDS.stream().anyMatch(kind -> kind.hasIndex(table, tables)))
        .collect(Collectors.toSet());
  }
}
