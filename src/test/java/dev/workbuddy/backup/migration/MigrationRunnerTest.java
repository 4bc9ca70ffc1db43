package dev.workbuddy.backup.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.SQLiteConfig;

@Timeout(60)
class MigrationRunnerTest {
  private static final Step TASKS =
      Step.sql(
          1,
          "initial",
          """
          CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT);
          INSERT INTO task (title) VALUES ('one; two'), ('three');
          """);
  private static final Step DUE = Step.sql(2, "due", "ALTER TABLE task ADD COLUMN due TEXT;");
  private static final Step TAGS =
      Step.sql(3, "tags", "CREATE TABLE tag (task_id INTEGER REFERENCES task (id), name TEXT)");

  @TempDir private Path scratch;
  private Path file;

  @BeforeEach
  void makeEmptyDatabase() throws Exception {
    file = Files.createFile(scratch.resolve("tasks.db"));
  }

  private static MigrationRunner runner() {
    return new MigrationRunner(new ObedientClock("2026-05-06T07:08:09Z"), Duration.ofMillis(100));
  }

  private static StepLadder ladder(Step... steps) {
    return new StepLadder(List.of(steps));
  }

  private Migration run(Step... steps) throws Exception {
    return runner().run(file, ladder(steps), EditedSteps.REFUSE);
  }

  private BackupException refused(ErrorCode code, Step... steps) {
    return Refused.with(code, () -> run(steps));
  }

  private String version() throws Exception {
    return Databases.askOne(file, "PRAGMA user_version");
  }

  private List<String> ask(String query) throws Exception {
    return Databases.ask(file, query);
  }

  @Test
  void run_emptyDatabase_climbsFromTheGroundAndRecordsEachStep() throws Exception {
    assertThat(run(TASKS, DUE))
        .isEqualTo(new Migration(0, 2, false, List.of(TASKS.rung(), DUE.rung())));

    assertThat(version()).isEqualTo("2");
    assertThat(ask("SELECT title FROM task")).containsExactly("one; two", "three");
    assertThat(
            ask(
                "SELECT version || '|' || description || '|' || applied_at || '|' || hash_format"
                    + " || '|' || length(code_hash) FROM _migration_history"))
        .containsExactly(
            "1|initial|2026-05-06T07:08:09Z|wb-backup-sql-1|64",
            "2|due|2026-05-06T07:08:09Z|wb-backup-sql-1|64");
  }

  @Test
  void run_databaseAtTheTop_changesNothingAndTakesNoLock() throws Exception {
    run(TASKS, DUE);
    byte[] before = Files.readAllBytes(file);
    try (Connection other = new SQLiteConfig().createConnection("jdbc:sqlite:" + file);
        var statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(run(TASKS, DUE)).isEqualTo(Migration.none(2));
    }
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void run_longerLadder_appliesOnlyWhatIsNew() throws Exception {
    run(TASKS);
    Databases.run(file, "DELETE FROM task WHERE title = 'three'");
    assertThat(run(TASKS, DUE, TAGS))
        .isEqualTo(new Migration(1, 3, false, List.of(DUE.rung(), TAGS.rung())));
    assertThat(ask("SELECT title FROM task")).containsExactly("one; two");
  }

  @Test
  void run_walDatabase_leavesNoSideFiles() throws Exception {
    Databases.run(file, "PRAGMA journal_mode = WAL");
    run(TASKS, DUE);
    assertThat(scratch)
        .isDirectoryNotContaining("glob:**-wal")
        .isDirectoryNotContaining("glob:**-shm");
    assertThat(ask("PRAGMA journal_mode")).containsExactly("wal");
  }

  @Test
  void run_triggerWithCase_works() throws Exception {
    run(
        TASKS,
        Step.sql(
            2,
            "trigger",
            """
            CREATE TRIGGER note AFTER INSERT ON task BEGIN
              UPDATE task SET title = CASE WHEN new.title = ';' THEN 'semicolon' ELSE new.title END
                WHERE id = new.id;
              -- END;
            END;
            INSERT INTO task (title) VALUES (';');
            """));
    assertThat(ask("SELECT title FROM task")).endsWith("semicolon");
  }

  @Test
  void run_syntaxErrorInTheLastStatement_undoesTheWholeStepAndNamesTheLine() throws Exception {
    run(TASKS);
    Step broken =
        Step.sql(
            2,
            "broken",
            "DELETE FROM task;\nCREATE TABLE more (a);\nCREAT TABLE x (a)"
                .replace("CREAT ", "CREATE TABLEAU "));
    BackupException failure = refused(ErrorCode.MIGRATION_FAILED, TASKS, broken);
    assertThat(failure.text()).contains("tasks.db", "step 2 (broken)", "line 3", "syntax error");
    assertThat(version()).isEqualTo("1");
    assertThat(ask("SELECT count(*) FROM task")).containsExactly("2");
    assertThat(ask("SELECT name FROM sqlite_schema WHERE name = 'more'")).isEmpty();
    assertThat(ask("SELECT max(version) FROM _migration_history")).containsExactly("1");
  }

  @Test
  void run_stepThatFailsHalfwayThroughTheData_undoesItAndKeepsTheStepsBefore() throws Exception {
    Step unique = Step.sql(3, "same", "UPDATE task SET id = id + 5; UPDATE task SET id = 7;");
    BackupException failure = refused(ErrorCode.MIGRATION_FAILED, TASKS, DUE, unique);
    assertThat(failure.text()).contains("step 3 (same)", "UNIQUE constraint failed");
    assertThat(version()).isEqualTo("2");
    assertThat(ask("SELECT id FROM task")).containsExactly("1", "2");
  }

  @Test
  void run_stepNeedsTheApplicationsCollation_saysThatOnlyTheApplicationHasIt() throws Exception {
    run(TASKS, DUE);
    Databases.run(
        file,
        "CREATE INDEX own ON task (id)",
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE INDEX own ON task (id COLLATE LOCALIZED)'"
            + " WHERE name = 'own'");
    Step more = Step.sql(3, "more", "DELETE FROM task WHERE id = 1;");
    BackupException failure = refused(ErrorCode.MIGRATION_FAILED, TASKS, DUE, more);
    assertThat(failure.text()).contains("step 3 (more)", "no such collation sequence: LOCALIZED");
    assertThat(failure.hint()).contains("Only the application has", "migrate_command", "--to DIR");
    assertThat(version()).isEqualTo("2");
  }

  @Test
  void run_conflictThatRollsBackByItself_isAFailedStep() throws Exception {
    run(TASKS);
    refused(
        ErrorCode.MIGRATION_FAILED,
        TASKS,
        Step.sql(2, "odd", "DELETE FROM task; INSERT OR ROLLBACK INTO task (id) VALUES (1), (1)"));
    assertThat(ask("SELECT count(*) FROM task")).containsExactly("2");
  }

  @Test
  void run_stepThatLeavesForeignKeysBroken_isUndone() throws Exception {
    run(TASKS, DUE, TAGS);
    Step orphan = Step.sql(4, "orphan", "INSERT INTO tag VALUES (99, 'lost')");
    BackupException failure = refused(ErrorCode.MIGRATION_FAILED, TASKS, DUE, TAGS, orphan);
    assertThat(failure.text()).contains("1 broken reference, 0 before");
    assertThat(ask("SELECT count(*) FROM tag")).containsExactly("0");
    assertThat(version()).isEqualTo("3");
  }

  @Test
  void run_referencesThatWereBrokenBefore_areNotTheStepsFault() throws Exception {
    run(TASKS, DUE, TAGS);
    Databases.run(file, "INSERT INTO tag VALUES (99, 'lost')");
    Step more = Step.sql(4, "more", "CREATE TABLE more (a)");
    assertThat(run(TASKS, DUE, TAGS, more).to()).isEqualTo(4);
  }

  @Test
  void run_tableRebuiltUnderReferences_keepsThem() throws Exception {
    run(TASKS, DUE, TAGS);
    Databases.run(file, "INSERT INTO tag VALUES (1, 'a')");
    Step rebuild =
        Step.sql(
            4,
            "rebuild",
            """
            CREATE TABLE new_task (id INTEGER PRIMARY KEY, title TEXT NOT NULL);
            INSERT INTO new_task SELECT id, title FROM task;
            DROP TABLE task;
            ALTER TABLE new_task RENAME TO task;
            """);
    run(TASKS, DUE, TAGS, rebuild);
    assertThat(ask("SELECT count(*) FROM tag")).containsExactly("1");
    assertThat(ask("PRAGMA foreign_key_check")).isEmpty();
  }

  @Test
  void run_ladderShorterThanTheDatabase_isRefused() throws Exception {
    run(TASKS, DUE, TAGS);
    byte[] before = Files.readAllBytes(file);
    assertThat(refused(ErrorCode.SCHEMA_TOO_NEW, TASKS, DUE).text())
        .contains("schema version 3, and the migrations end at 2");
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void run_editedStep_isRefusedUntilToldToPassOver() throws Exception {
    run(TASKS);
    Step edited = Step.sql(1, "initial", "CREATE TABLE task (id INTEGER PRIMARY KEY, name TEXT)");
    assertThat(refused(ErrorCode.MIGRATION_EDITED, edited, DUE).text()).contains("1 (initial)");
    assertThat(refused(ErrorCode.MIGRATION_EDITED, edited).text()).contains("1 (initial)");
    assertThat(version()).isEqualTo("1");

    assertThat(runner().run(file, ladder(edited, DUE), EditedSteps.PASS_OVER).to()).isEqualTo(2);
  }

  @Test
  void run_cosmeticEditOrRenamedStep_isNoEdit() throws Exception {
    run(Step.sql(1, "initial", "CREATE TABLE a (b DEFAULT 'x y');"));
    run(
        Step.sql(1, "first", "-- why\nCREATE  TABLE a(b DEFAULT 'x y')"),
        Step.sql(2, "x", "SELECT 1"));
    refused(
        ErrorCode.MIGRATION_EDITED,
        Step.sql(1, "first", "CREATE TABLE a (b DEFAULT 'x  y')"),
        Step.sql(2, "x", "SELECT 1"));
  }

  @Test
  void run_rowsOfAnotherToolsFormat_areLeftAlone() throws Exception {
    Databases.run(
        file,
        "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT)",
        "CREATE TABLE _migration_history (version INTEGER PRIMARY KEY, description TEXT,"
            + " applied_at TEXT, code_hash TEXT, hash_format TEXT)",
        "INSERT INTO _migration_history VALUES (1, 'theirs', '2020', 'abc', 'python-ast-1')",
        "PRAGMA user_version = 1");
    run(TASKS, DUE);
    assertThat(ask("SELECT description || code_hash FROM _migration_history WHERE version = 1"))
        .containsExactly("theirsabc");
    assertThat(ask("SELECT version FROM _migration_history")).containsExactly("1", "2");
  }

  @Test
  void run_databaseThatWasNeverOnALadder_isAdoptedAsItIs() throws Exception {
    Databases.run(file, "CREATE TABLE task (id INTEGER PRIMARY KEY, title TEXT)");
    assertThat(run(TASKS, DUE)).isEqualTo(new Migration(0, 2, true, List.of()));
    assertThat(version()).isEqualTo("2");
    assertThat(ask("SELECT version || description || hash_format FROM _migration_history"))
        .containsExactly("2baselinewb-backup-baseline");
    assertThat(ask("SELECT name FROM pragma_table_info('task')")).containsExactly("id", "title");

    assertThat(run(TASKS, DUE, TAGS).steps()).containsExactly(TAGS.rung());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"COMMIT", "ROLLBACK", "COMMIT; BEGIN IMMEDIATE", "RELEASE wb_backup_step"})
  void run_javaStepThatEndsItsTransaction_isFoundOut(String sql) throws Exception {
    Step escape =
        Step.java(
            1,
            "escape",
            connection -> {
              for (String each : sql.split(";", -1)) {
                try (var statement = connection.createStatement()) {
                  statement.execute(each.strip());
                }
              }
            });
    assertThat(refused(ErrorCode.MIGRATION_FAILED, escape).text())
        .contains("step 1 (escape)", "it ended the transaction");
    assertThat(version()).isEqualTo("0");
  }

  @Test
  void run_javaStepThatCommitsByJdbcOrThrows_fails() throws Exception {
    refused(ErrorCode.MIGRATION_FAILED, Step.java(1, "commits", Connection::commit));
    refused(ErrorCode.MIGRATION_FAILED, Step.java(1, "closes", Connection::close));
    refused(ErrorCode.MIGRATION_FAILED, Step.java(1, "mode", c -> c.setAutoCommit(false)));
    Step throwing =
        Step.java(
            1,
            "throws",
            connection -> {
              execute(connection, "CREATE TABLE a (b)");
              throw new IllegalStateException("no such luck");
            });
    assertThat(refused(ErrorCode.MIGRATION_FAILED, throwing).text()).contains("no such luck");
    assertThat(version()).isEqualTo("0");
    assertThat(ask("SELECT name FROM sqlite_schema")).isEmpty();
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Test
  void run_settingsOfOneStep_doNotReachTheNext() throws Exception {
    Step setting =
        Step.java(1, "setting", connection -> execute(connection, "PRAGMA cache_size = 123"));
    Step next =
        Step.java(
            2,
            "next",
            connection -> {
              execute(connection, "CREATE TABLE seen AS SELECT * FROM pragma_cache_size");
            });
    run(setting, next);
    assertThat(ask("SELECT * FROM seen")).doesNotContain("123");
  }

  @Test
  void run_readOnlyDatabase_saysSo() throws Exception {
    run(TASKS);
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      raw.seek(18); // A file format that this SQLite reads but does not write.
      raw.write(3);
    }
    byte[] before = Files.readAllBytes(file);
    assertThat(refused(ErrorCode.DATABASE_READ_ONLY, TASKS, DUE).hint()).contains(file.toString());
    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void run_databaseThatAnotherProcessWrites_isBusyAfterTheTimeout() throws Exception {
    run(TASKS);
    try (Connection other = new SQLiteConfig().createConnection("jdbc:sqlite:" + file)) {
      execute(other, "BEGIN IMMEDIATE");
      refused(ErrorCode.DATABASE_IN_USE, TASKS, DUE);
    }
    run(TASKS, DUE);
  }

  @Test
  void run_fileThatIsNotThere_isNotCreated() throws Exception {
    Files.delete(file);
    refused(ErrorCode.DATABASE_MISSING, TASKS);
    assertThat(file).doesNotExist();
  }

  @Test
  void run_fileThatIsNoDatabase_isDamaged() throws Exception {
    Files.writeString(file, "This is certainly not a database. ".repeat(100));
    refused(ErrorCode.DATABASE_DAMAGED, TASKS);
  }

  @Test
  void run_impossibleVersion_isRefused() throws Exception {
    Databases.run(file, "PRAGMA user_version = -3");
    assertThat(refused(ErrorCode.MIGRATION_FAILED, TASKS).text()).contains("-3");
  }

  @Test
  void run_historyThatCannotTakeTheStep_undoesIt() throws Exception {
    run(TASKS);
    Databases.run(
        file, "DROP TABLE _migration_history", "CREATE TABLE _migration_history (version)");
    assertThat(refused(ErrorCode.MIGRATION_FAILED, TASKS, DUE).text())
        .contains("step 2", "cannot be recorded");
    assertThat(ask("SELECT name FROM pragma_table_info('task')")).containsExactly("id", "title");
  }

  @Test
  void run_historyThatSaysMoreThanTheVersion_isRefused() throws Exception {
    run(TASKS, DUE);
    Databases.run(file, "PRAGMA user_version = 0"); // As .dump and reload leave it.
    assertThat(refused(ErrorCode.MIGRATION_FAILED, TASKS, DUE).text())
        .endsWith("its history says 2, the file's version is 0");
  }

  @Test
  void status_ofEachSituation_isTold() throws Exception {
    StepLadder both = ladder(TASKS, DUE);
    assertThat(runner().status(file, both).pending().steps()).hasSize(2);
    run(TASKS);
    assertThat(runner().status(file, both))
        .isEqualTo(
            new MigrationStatus(1, 2, new Migration(1, 2, false, List.of(DUE.rung())), List.of()));
    run(TASKS, DUE);
    MigrationStatus tooNew = runner().status(file, ladder(TASKS));
    assertThat(tooNew.isTooNew()).isTrue();
    Step edited = Step.sql(2, "due", "SELECT 2");
    assertThat(runner().status(file, ladder(TASKS, edited)).edited())
        .containsExactly(edited.rung());
  }
}
