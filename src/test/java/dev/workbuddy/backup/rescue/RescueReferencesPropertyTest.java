package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables that refer to each other and to themselves at random, with circles; deletions that take
 * children along; newer rows that took the unique values of lost ones.
 */
class RescueReferencesPropertyTest {
  private static final int TABLES = 4;

  @TempDir private Path root;

  static LongStream seeds() {
    return Seeds.of(40);
  }

  /** A row of {@code table}, what it refers to, and its unique value. */
  private record Row(String id, String unique, List<String> references) {}

  @ParameterizedTest
  @MethodSource("seeds")
  void run_afterDeletionsAndNewerRows_bringsBackAllThatCanStand(long seed) throws Exception {
    Random random = new Random(seed);
    RecoverySite site = RecoverySite.in(root);
    List<List<Integer>> parents = new ArrayList<>();
    for (int table = 0; table < TABLES; table++) {
      parents.add(random.ints(random.nextInt(3), 0, TABLES).boxed().toList());
      site.sql(create(table, parents.get(table)));
    }
    site.sql(fill(random, parents));
    Map<String, Row> whole = rows(site, parents);
    String snapshot = site.snapshot();
    site.sql(damage(random));
    Map<String, Row> damaged = rows(site, parents);
    boolean overwrite = random.nextInt(4) == 0;
    RescueOptions options =
        new RescueOptions(
            false, overwrite, false, false, false, List.of(0, 1, 3).get(random.nextInt(3)));
    RescueRequest request = new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, options);
    long planned = coming(site.rescue().plan(request, Progress.silent()));

    RescueResult result = site.rescue().run(request, Progress.silent());

    Map<String, Row> expected = expected(whole, damaged, overwrite);
    assertThat(rows(site, parents)).isEqualTo(expected);
    assertThat(planned).isEqualTo(restored(result));
    assertThat(result.status())
        .isEqualTo(expected.keySet().containsAll(whole.keySet()) ? Status.DONE : Status.INCOMPLETE);
    assertThat(site.ask("PRAGMA foreign_key_check")).isEmpty();
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
  }

  private static String create(int table, List<Integer> parents) {
    StringBuilder columns = new StringBuilder("id INTEGER PRIMARY KEY AUTOINCREMENT, u UNIQUE");
    for (int i = 0; i < parents.size(); i++) {
      columns.append(", r%d REFERENCES t%d ON DELETE CASCADE".formatted(i, parents.get(i)));
    }
    return "CREATE TABLE t%d (%s)".formatted(table, columns);
  }

  private static String[] fill(Random random, List<List<Integer>> parents) {
    List<String> statements = new ArrayList<>(List.of("PRAGMA foreign_keys = OFF"));
    int rows = 3 + random.nextInt(12);
    for (int table = 0; table < TABLES; table++) {
      for (int id = 1; id <= rows; id++) {
        StringBuilder values = new StringBuilder(id + ", 'u" + id + "'");
        for (int i = 0; i < parents.get(table).size(); i++) {
          values.append(", ").append(random.nextBoolean() ? "NULL" : 1 + random.nextInt(rows));
        }
        statements.add("INSERT INTO t%d VALUES (%s)".formatted(table, values));
      }
    }
    return statements.toArray(String[]::new);
  }

  private static String[] damage(Random random) {
    List<String> statements = new ArrayList<>(List.of("PRAGMA foreign_keys = ON"));
    for (int i = 1 + random.nextInt(6); i > 0; i--) {
      statements.add(
          "DELETE FROM t%d WHERE id = %d"
              .formatted(random.nextInt(TABLES), 1 + random.nextInt(10)));
    }
    for (int i = random.nextInt(5); i > 0; i--) {
      statements.add(
          "INSERT OR IGNORE INTO t%d (u) VALUES ('u%d')"
              .formatted(random.nextInt(TABLES), 1 + random.nextInt(10)));
    }
    return statements.toArray(String[]::new);
  }

  /** Every row by the table's number and its id. */
  private static Map<String, Row> rows(RecoverySite site, List<List<Integer>> parents)
      throws Exception {
    Map<String, Row> rows = new TreeMap<>();
    for (int table = 0; table < TABLES; table++) {
      List<Integer> to = parents.get(table);
      StringBuilder columns = new StringBuilder("id || ',' || u");
      for (int i = 0; i < to.size(); i++) {
        columns.append(" || ',' || coalesce('%d:' || r%d, '-')".formatted(to.get(i), i));
      }
      for (String line : site.ask("SELECT %s FROM t%d".formatted(columns, table))) {
        List<String> parts = List.of(line.split(","));
        String id = table + ":" + parts.getFirst();
        rows.put(
            id,
            new Row(
                id,
                table + parts.get(1),
                parts.subList(2, parts.size()).stream().filter(r -> !r.equals("-")).toList()));
      }
    }
    return rows;
  }

  /** All lost rows without a conflict, less and less until all of them have their parents. */
  private static Map<String, Row> expected(
      Map<String, Row> whole, Map<String, Row> damaged, boolean overwrite) {
    Set<String> taken = new TreeSet<>();
    damaged.values().forEach(row -> taken.add(row.unique()));
    Map<String, Row> expected = new TreeMap<>(damaged);
    whole.forEach(
        (id, row) -> {
          if (!damaged.containsKey(id) && (overwrite || !taken.contains(row.unique()))) {
            expected.put(id, row);
          }
        });
    if (overwrite) {
      Set<String> old = new TreeSet<>();
      whole.values().forEach(row -> old.add(row.unique()));
      expected.values().removeIf(row -> !whole.containsKey(row.id()) && old.contains(row.unique()));
    }
    boolean fewer;
    do {
      fewer = expected.values().removeIf(row -> !expected.keySet().containsAll(row.references()));
    } while (fewer);
    return expected;
  }

  private static long coming(RescueResult plan) {
    return plan.databases().stream()
        .flatMap(database -> database.tables().stream())
        .mapToLong(RescueResult.TableRescue::coming)
        .sum();
  }

  private static long restored(RescueResult result) {
    return result.databases().stream()
        .flatMap(database -> database.tables().stream())
        .mapToLong(RescueResult.TableRescue::restored)
        .sum();
  }
}
