package dev.workbuddy.backup.rescue;

import static dev.workbuddy.backup.rescue.Rescuing.all;
import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Companion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that writes all the time waits for a rescue no longer than it can. */
class PatientWriterTest {
  private static final double PATIENCE_SECONDS = 2;

  /** Writes one row after the other, and says at the end how long it waited at most. */
  private static final String WRITER =
      """
      import select, sqlite3, sys, time
      db = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)
      longest = 0
      db.execute('INSERT INTO mine DEFAULT VALUES')
      print('writing')
      while not select.select([sys.stdin], [], [], 0.002)[0]:
          begun = time.monotonic()
          db.execute('INSERT INTO mine DEFAULT VALUES')
          longest = max(longest, time.monotonic() - begun)
      print(longest)
      """;

  @TempDir private Path root;

  @ParameterizedTest
  @CsvSource({"wal,flat", "wal,tree", "delete,flat"})
  void rescueOf100000Rows_letsTheWriterWaitLessThanTwoSeconds(String mode, String shape)
      throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("PRAGMA journal_mode = " + mode);
    site.sql(
        "CREATE TABLE mine (id INTEGER PRIMARY KEY)",
        "CREATE TABLE t (id INTEGER PRIMARY KEY, up"
            + (shape.equals("tree") ? " REFERENCES t" : "")
            + ", a TEXT, b TEXT)",
        "CREATE INDEX by_a ON t (a)",
        "CREATE INDEX by_up ON t (up)",
        "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000)"
            + " SELECT i, nullif(i / 2, 0), hex(randomblob(10)), 'some text of row ' || i FROM n");
    List<String> whole = site.ask("SELECT sum(id) || count(*) || max(b) FROM t");
    String snapshot = site.snapshot();
    site.sql("DELETE FROM t");
    RescueRows rescue =
        new RescueRows(site.settings(), site.snapshots(), site.clock(), Sleeper.real());
    try (Companion writer = Companion.python(WRITER, site.tasks())) {
      assertThat(writer.hear()).isEqualTo("writing");

      RescueResult result = rescue.run(all(snapshot), Progress.silent());

      writer.say("stop");
      assertThat(Double.parseDouble(writer.hear())).isLessThan(PATIENCE_SECONDS);
      assertThat(result.status()).isEqualTo(Status.DONE);
    }
    assertThat(site.ask("SELECT sum(id) || count(*) || max(b) FROM t")).isEqualTo(whole);
    assertThat(site.ask("PRAGMA foreign_key_check")).isEmpty();
  }
}
