package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RescuePropertyTest {
  @TempDir private Path root;

  static LongStream seeds() {
    return Seeds.of(25);
  }

  /**
   * Deletes at random, writes at random afterwards; every deleted row must be back, and no other.
   */
  @ParameterizedTest
  @MethodSource("seeds")
  void run_afterRandomDeletions_bringsBackExactlyThose(long seed) throws Exception {
    Random random = new Random(seed);
    RecoverySite site = RecoverySite.in(root);
    List<RandomTable> tables = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RandomTable table = new RandomTable(random, "t" + i);
      tables.add(table);
      site.sql(table.create());
      site.sql(many(random.nextInt(40), table::insert));
    }
    String snapshot = site.snapshot();
    Map<RandomTable, Map<String, Long>> whole = contents(site, tables);
    for (RandomTable table : tables) {
      site.sql(many(random.nextInt(8), table::delete));
    }
    Map<RandomTable, Map<String, Long>> damaged = contents(site, tables);
    RescueRequest request =
        new RescueRequest(
            snapshot,
            Set.of("tasks"),
            Set.of(),
            null,
            new RescueOptions(false, false, true, false, false, 0));

    RescueResult planned = site.rescue().plan(request, Progress.silent());
    assertThat(contents(site, tables)).isEqualTo(damaged);
    RescueResult result = site.rescue().run(request, Progress.silent());

    Map<RandomTable, Map<String, Long>> rescued = contents(site, tables);
    for (RandomTable table : tables) {
      assertThat(rescued.get(table)).as(table.create()).isEqualTo(whole.get(table));
    }
    assertThat(result.status()).isEqualTo(Status.DONE);
    assertThat(missing(result)).isEqualTo(missing(planned));
    result
        .databases()
        .forEach(
            database ->
                database.tables().forEach(t -> assertThat(t.restored()).isEqualTo(t.missing())));
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(missing(site.rescue().plan(request, Progress.silent())).values()).containsOnly(0L);
  }

  private interface Statement {
    String next();
  }

  private static String[] many(int count, Statement statement) {
    String[] statements = new String[count];
    for (int i = 0; i < count; i++) {
      statements[i] = statement.next();
    }
    return statements;
  }

  private static Map<String, Long> missing(RescueResult result) {
    Map<String, Long> missing = new TreeMap<>();
    result
        .databases()
        .forEach(db -> db.tables().forEach(table -> missing.put(table.table(), table.missing())));
    return missing;
  }

  private static Map<RandomTable, Map<String, Long>> contents(
      RecoverySite site, List<RandomTable> tables) throws Exception {
    Map<RandomTable, Map<String, Long>> contents = new HashMap<>();
    for (RandomTable table : tables) {
      contents.put(table, NaiveTable.rows(site.tasks(), table));
    }
    return contents;
  }
}
