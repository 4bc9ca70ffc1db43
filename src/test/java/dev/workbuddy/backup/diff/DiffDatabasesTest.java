package dev.workbuddy.backup.diff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.workbuddy.backup.diff.DiffResult.RowsDiff;
import dev.workbuddy.backup.diff.DiffResult.TableDiff;
import dev.workbuddy.backup.diff.RowChange.Kind;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.rescue.RecoverySite;
import dev.workbuddy.backup.tables.SqlValue;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.WriterProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiffDatabasesTest {
  @TempDir private Path root;

  private static RowsDiff rows(DiffResult result, String table) {
    TableDiff found =
        result.databases().getFirst().tables().stream()
            .filter(diff -> diff.table().equals(table))
            .findFirst()
            .orElseThrow();
    return Objects.requireNonNull(found.rows());
  }

  @Test
  void run_twoSnapshots_tellsSchemaCountsAndRows() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql(
        "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT, old TEXT)",
        "CREATE TABLE gone (a)",
        "CREATE INDEX by_title ON task (title)",
        "INSERT INTO task VALUES (1, 'one', 'x'), (2, 'two', 'y'), (3, 'three', 'z')");
    String before = site.snapshot();
    site.sql(
        "DROP TABLE gone",
        "DROP INDEX by_title",
        "ALTER TABLE task DROP COLUMN old",
        "ALTER TABLE task ADD COLUMN fresh TEXT DEFAULT 'f'",
        "CREATE TRIGGER watch AFTER INSERT ON task BEGIN SELECT 1; END",
        "UPDATE task SET title = 'TWO' WHERE id = 2",
        "DELETE FROM task WHERE id = 3",
        "INSERT INTO task (id, title) VALUES (4, 'four')");
    String after = site.snapshot();

    DiffResult result = site.diff(before, after, true);

    assertThat(result.databases().getFirst().schema())
        .extracting(c -> c.change().word() + " " + c.type() + " " + c.name())
        .containsExactlyInAnyOrder(
            "removed table gone",
            "removed index by_title",
            "changed table task",
            "removed column old",
            "added column fresh",
            "added trigger watch");
    RowsDiff rows = rows(result, "task");
    assertThat(List.of(rows.added(), rows.removed(), rows.changed())).containsExactly(1L, 1L, 1L);
    assertThat(rows.uncompared()).containsExactly("old", "fresh");
    RowChange changed =
        rows.changes().stream().filter(c -> c.change() == Kind.CHANGED).findFirst().orElseThrow();
    assertThat(changed.key()).hasToString("{id=Whole[value=2]}");
    assertThat(changed.before()).hasToString("{title=Text[value=two]}");
    assertThat(changed.after()).hasToString("{title=Text[value=TWO]}");
    assertThat(result.status()).isEqualTo(Status.DONE);
  }

  @Test
  void run_fullTextTable_isComparedThroughItself() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql("CREATE VIRTUAL TABLE ft USING fts5 (text)", "INSERT INTO ft VALUES ('one')");
    String before = site.snapshot();

    DiffResult same = site.diff(before, "live", true);
    site.sql("INSERT INTO ft VALUES ('two')");
    DiffResult other = site.diff(before, "live", true);

    assertThat(same.warnings()).isEmpty();
    assertThat(same.status()).isEqualTo(Status.DONE);
    assertThat(rows(other, "ft").added()).isEqualTo(1);
    assertThat(rows(other, "ft").total()).isEqualTo(1);
    assertThat(other.status()).isEqualTo(Status.DONE);
  }

  @Test
  void run_sameData_findsNothingAndUnpacksOnce() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    String before = site.snapshot();
    String after = site.snapshot();

    DiffResult result = site.diff(before, after, true);

    assertThat(result.databases().getFirst().tables()).noneMatch(TableDiff::differs);
    assertThat(Listing.of(site.settings().backupsDir().resolve("cache")))
        .filteredOn(name -> name.endsWith(".db"))
        .hasSize(1);
  }

  @Test
  void run_moreThanTheLimit_countsAllListsSomeWritesAll() throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "CREATE TABLE t (a TEXT PRIMARY KEY, b)",
                "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT"
                    + " 100) SELECT 'k' || i, i FROM n");
    String before = site.snapshot();
    site.sql("DELETE FROM t");
    Path output = root.resolve("rows.jsonl");
    DiffRequest request =
        new DiffRequest(before, "live", Set.of("tasks"), Set.of("T"), true, 3, output);

    DiffResult result =
        new DiffDatabases(site.settings(), site.clock()).run(request, Progress.silent());

    RowsDiff rows = rows(result, "t");
    assertThat(rows.removed()).isEqualTo(100);
    assertThat(rows.changes()).hasSize(3);
    assertThat(rows.leftOut()).isEqualTo(97);
    assertThat(Files.readAllLines(output))
        .hasSize(100)
        .contains(
            "{\"database\":\"tasks\",\"table\":\"t\",\"change\":\"removed\",\"key\":{\"a\":\"k7\"},"
                + "\"before\":{\"a\":\"k7\",\"b\":7},\"after\":{},\"copies\":1}");
    assertThatThrownBy(
            () -> new DiffDatabases(site.settings(), site.clock()).run(request, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_EXISTS));
  }

  @Test
  void run_applicationsOwnCollation_comparesRowsByTheirContent() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    site.sql("CREATE TABLE plain (a)", "CREATE TABLE odd (a TEXT PRIMARY KEY, b) WITHOUT ROWID");
    site.sql(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = replace(sql, 'a TEXT', 'a TEXT COLLATE theirs') WHERE name"
            + " = 'odd'");
    String before = site.snapshot();
    site.sql("INSERT INTO plain VALUES (1)");
    site.sql(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = sql || ' ' WHERE name = 'odd'");

    DiffResult result = site.diff(before, "live", true);

    assertThat(rows(result, "plain").added()).isEqualTo(1);
    assertThat(rows(result, "odd").keyed()).isFalse();
    assertThat(rows(result, "odd").total()).isZero();
    assertThat(result.status()).isEqualTo(Status.DONE);
  }

  @Test
  void run_liveWhileAnotherProcessWrites_isOneMoment() throws Exception {
    RecoverySite site = RecoverySite.in(root);
    Databases.forWriter(site.tasks(), "wal");
    String before = site.snapshot();
    try (WriterProcess writer = WriterProcess.start(5, site.tasks())) {
      writer.awaitMore(20);
      DiffRequest request =
          new DiffRequest(before, "live", Set.of("tasks"), Set.of(), true, 100_000, null);

      DiffResult result =
          new DiffDatabases(site.settings(), site.clock()).run(request, Progress.silent());

      long moved =
          rows(result, "taker").changes().stream()
              .mapToLong(c -> number(c.after()) - number(c.before()))
              .sum();
      assertThat(moved).isPositive().isEqualTo(rows(result, "transfers").added());
      writer.awaitMore(1);
      assertThat(writer.failures()).isEmpty();
    }
  }

  private static long number(Map<String, SqlValue> row) {
    return row.get("amount") instanceof SqlValue.Whole whole ? whole.value() : 0;
  }

  @Test
  void run_tableThatIsNowhere_isRefused() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql("CREATE TABLE t (a)");
    String before = site.snapshot();
    DiffRequest request =
        new DiffRequest(before, "live", Set.of("tasks"), Set.of("nowhere"), false, 3, null);

    assertThatThrownBy(
            () -> new DiffDatabases(site.settings(), site.clock()).run(request, Progress.silent()))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TABLE_UNKNOWN));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void run_fewRowsOfManyChanged_looksAtFewPages(boolean live) throws Exception {
    RecoverySite site =
        RecoverySite.in(root)
            .sql(
                "PRAGMA journal_mode = wal",
                "CREATE TABLE t (a INTEGER PRIMARY KEY, b)",
                "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT"
                    + " 20000) SELECT i, 'some text of row ' || i FROM n");
    String before = site.snapshot();
    site.sql("UPDATE t SET b = 'x' WHERE a IN (7, 19000)", "DELETE FROM t WHERE a = 10000");
    String after = live ? "live" : site.snapshot();
    Steps steps = new Steps();
    DiffRequest request = new DiffRequest(before, after, Set.of(), Set.of(), true, 9, null);

    DiffResult result = new DiffDatabases(site.settings(), site.clock()).run(request, steps);

    RowsDiff rows = rows(result, "t");
    assertThat(List.of(rows.added(), rows.removed(), rows.changed())).containsExactly(0L, 1L, 2L);
    assertThat(steps.all)
        .anyMatch(step -> step.matches("comparing tasks: 3 of \\d{3} pages differ"));
    assertThat(Listing.of(site.settings().backupsDir().resolve("cache")))
        .noneMatch(name -> name.contains("partial"));
  }

  private static final class Steps implements Progress {
    private final List<String> all = new ArrayList<>();

    @Override
    public void step(String what) {
      all.add(what);
    }

    @Override
    public void advance(long done, long total) {}
  }

  @Test
  void run_samePagesButAnotherDefault_findsTheRows() throws Exception {
    RecoverySite site = RecoverySite.in(root).sql("CREATE TABLE t (a)", "INSERT INTO t VALUES (1)");
    Path plain = Files.copy(site.tasks(), root.resolve("plain.db"));
    site.sql("ALTER TABLE t ADD COLUMN b DEFAULT 1");
    String before = site.snapshot();
    Files.copy(plain, site.tasks(), StandardCopyOption.REPLACE_EXISTING);
    site.sql("ALTER TABLE t ADD COLUMN b DEFAULT 2");

    RowsDiff rows = rows(site.diff(before, "live", true), "t");

    assertThat(rows.total()).isEqualTo(2);
  }
}
