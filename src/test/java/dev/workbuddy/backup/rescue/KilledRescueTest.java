package dev.workbuddy.backup.rescue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.testing.Companion;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KilledRescueTest {
  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({
    "wal,bringing back tasks.b",
    "wal,committing",
    "delete,bringing back tasks.b",
    "delete,committing"
  })
  void run_killedInTheMiddle_leavesWholeTransactionsAndTheNextOneBringsTheRest(
      String mode, String step) throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("PRAGMA journal_mode = " + mode);
    site.sql(
        "CREATE TABLE a (id INTEGER PRIMARY KEY, text)",
        "CREATE TABLE b (id INTEGER PRIMARY KEY, text)",
        "CREATE TRIGGER loud AFTER INSERT ON a BEGIN SELECT raise(ABORT, 'awake'); END",
        "DROP TRIGGER loud",
        "INSERT INTO a WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 30000)"
            + " SELECT i, hex(randomblob(100)) FROM n",
        "INSERT INTO b SELECT * FROM a",
        "CREATE TRIGGER loud AFTER INSERT ON a BEGIN SELECT raise(ABORT, 'awake'); END");
    List<String> whole = site.ask("SELECT text FROM a UNION ALL SELECT text FROM b ORDER BY 1");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM a", "DELETE FROM b WHERE id > 10");
    try (Companion child =
        Companion.java(KilledRescue.class, root, snapshot, step, site.clock().instant())) {
      assertThat(child.hear()).startsWith("at " + step);
      child.kill();
    }

    List<String> there = site.ask("SELECT text FROM a UNION ALL SELECT text FROM b ORDER BY 1");
    assertThat(new HashSet<>(whole).containsAll(there)).isTrue();
    // The last transaction before the end may have had the last row already.
    int most = step.equals("committing") ? whole.size() : whole.size() - 1;
    assertThat(there.size()).isBetween(10, most);
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
    assertThat(site.ask("SELECT name FROM sqlite_schema WHERE type = 'trigger'"))
        .containsExactly("loud");
    site.clock().moveTo("2026-06-12T12:00:00Z");
    site.rescue()
        .run(
            new RescueRequest(snapshot, Set.of("tasks"), Set.of(), null, RescueOptions.careful()),
            Progress.silent());
    assertThat(site.ask("SELECT text FROM a UNION ALL SELECT text FROM b ORDER BY 1"))
        .isEqualTo(whole);
    assertThat(site.ask("PRAGMA integrity_check")).containsExactly("ok");
  }
}
