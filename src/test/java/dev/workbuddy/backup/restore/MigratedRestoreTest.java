package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.LadderSource;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.StepSummary;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Snapshots of older schemas become databases of today's; those of newer ones are refused. */
@Timeout(120)
class MigratedRestoreTest {
  private static final Migration ONE_TO_FOUR =
      new Migration(
          1,
          4,
          false,
          List.of(
              new StepSummary(2, "step 2"),
              new StepSummary(3, "step 3"),
              new StepSummary(4, "step 4")));

  @TempDir private Path root;
  private LadderFiles ladder;
  private Site site;

  @BeforeEach
  void makeSite() throws Exception {
    ladder = LadderFiles.in(root);
    site = Site.in(root).with(ladder.of(Site.TASKS));
  }

  private Path file() {
    return site.file(Site.TASKS);
  }

  private List<String> ask(String query) throws Exception {
    return Databases.ask(file(), query);
  }

  private List<String> items() throws Exception {
    return ask("SELECT id || '|' || name || '|' || quote(data) FROM item ORDER BY id");
  }

  /** A live database at the ladder's top with some rows. */
  private void liveDatabase(String journalMode) throws Exception {
    Databases.run(file(), "PRAGMA journal_mode = " + journalMode);
    if (!Files.exists(file())) {
      Files.createFile(file());
    }
    ladder.climb(file());
    Databases.run(
        file(),
        """
        INSERT INTO item (name, data)
        WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)
        SELECT 'näme; ' || i, randomblob(i % 40) FROM n
        """);
  }

  private BackupException refused(ErrorCode code) throws Exception {
    Map<String, String> before = site.untouchable();
    BackupException refusal = Refusals.of(() -> site.restore("latest"));
    assertThat(refusal.code()).as(refusal.text()).isEqualTo(code);
    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(site.leftovers()).isEmpty();
    return refusal;
  }

  private RestoreResult forced() throws Exception {
    return site.restorer().run(Site.forced("latest"), Progress.silent());
  }

  @Test
  void restore_snapshotAtVersion1UnderALadderOf4_isMigratedWithItsDataIntact() throws Exception {
    for (String journalMode : List.of("wal", "delete")) {
      Files.deleteIfExists(file());
      new LadderFiles(ladder.directory()).upTo(1);
      for (int later = 2; later <= 4; later++) {
        Files.deleteIfExists(
            ladder.directory().resolve("00%d_step_%d.sql".formatted(later, later)));
      }
      liveDatabase(journalMode);
      List<String> items = items();
      site.snapshot();
      ladder.upTo(4).climb(file());
      Databases.run(file(), "DELETE FROM tag", "DELETE FROM item");

      RestoreResult result = site.restore("latest");

      assertThat(result.migrated()).isEqualTo(Map.of("tasks", ONE_TO_FOUR));
      assertThat(items()).isEqualTo(items).hasSize(500);
      assertThat(ask("SELECT DISTINCT colour FROM item")).containsExactly("none");
      assertThat(ask("SELECT count(*) FROM tag")).containsExactly("500");
      assertThat(ask("PRAGMA user_version")).containsExactly("4");
      assertThat(ask("SELECT version FROM _migration_history")).containsExactly("1", "2", "3", "4");
      assertThat(ask("PRAGMA journal_mode")).containsExactly(journalMode);
      assertThat(site.leftovers()).isEmpty();
      assertThat(Tree.of(site.db()).keySet())
          .containsExactlyInAnyOrder("", "tasks", Site.TASKS.path());
    }
  }

  @Test
  void plan_olderSnapshot_listsEachStepAndChangesNothing() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.upTo(4);
    Map<String, String> before = Tree.of(root);

    RestoreResult plan = site.restorer().plan(Site.request("latest"));

    assertThat(plan.plan().databases().getFirst().migration()).isEqualTo(ONE_TO_FOUR);
    assertThat(plan.migrated()).isEmpty();
    assertThat(Tree.of(root)).isEqualTo(before);
  }

  @Test
  void restore_snapshotAtVersion5UnderALadderOf4_isRefusedAndNothingOnDiskChanges()
      throws Exception {
    ladder.upTo(4).step(5, "CREATE TABLE future (a)");
    liveDatabase("wal");
    site.snapshot();
    Files.delete(ladder.directory().resolve("005_step_5.sql"));

    BackupException refusal = refused(ErrorCode.SCHEMA_TOO_NEW);

    assertThat(refusal.code().status().exitCode()).isEqualTo(3);
    assertThat(refusal.text()).contains("tasks has schema version 5, and the migrations end at 4");
    assertThat(Refusals.of(() -> site.restorer().plan(Site.request("latest"))).code())
        .isEqualTo(ErrorCode.SCHEMA_TOO_NEW);
  }

  @Test
  void restore_forcedFromTheFuture_isRestoredAsItIsAndSaysSo() throws Exception {
    ladder.upTo(4);
    liveDatabase("wal");
    site.snapshot();
    Files.delete(ladder.directory().resolve("004_step_4.sql"));

    RestoreResult result = forced();

    assertThat(result.warnings()).anyMatch(text -> text.contains("schema version 4, and the"));
    assertThat(result.migrated()).isEmpty();
    assertThat(ask("PRAGMA user_version")).containsExactly("4");
  }

  @Test
  void restore_snapshotAtTheTop_changesNothingInIt() throws Exception {
    ladder.upTo(2);
    liveDatabase("delete");
    site.snapshot();
    List<String> items = items();
    List<String> history = ask("SELECT * FROM _migration_history");
    Databases.run(file(), "DELETE FROM item");

    RestoreResult result = site.restore("latest");

    assertThat(result.migrated()).isEqualTo(Map.of("tasks", new Migration(2, 2, false, List.of())));
    assertThat(items()).isEqualTo(items);
    assertThat(ask("SELECT * FROM _migration_history")).isEqualTo(history).hasSize(2);
  }

  @Test
  void restore_stepThatFails_leavesLiveDataAlone() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.upTo(2).step(3, "DELETE FROM item; CREATE TABLE TABLE;");
    assertThat(refused(ErrorCode.MIGRATION_FAILED).text()).contains("step 3", "syntax error");

    ladder.step(3, "CREATE TABLE t (i INTEGER REFERENCES item (id)); INSERT INTO t VALUES (-1)");
    assertThat(refused(ErrorCode.MIGRATION_FAILED).text()).contains("foreign_key_check");
  }

  @Test
  void restore_stepThatFails_namesTheWayBackWhichWorks() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.upTo(2).step(3, "CREATE TABLE TABLE;");
    assertThat(refused(ErrorCode.MIGRATION_FAILED).hint()).contains("--no-migrate", "--to");

    RestoreResult restored =
        site.restorer()
            .run(new RestoreRequest("latest", false, Set.of(), false, null), Progress.silent());

    assertThat(restored.migrated()).isEmpty();
    assertThat(restored.warnings()).anyMatch(text -> text.contains("--no-migrate"));
    assertThat(ask("PRAGMA user_version")).containsExactly("1");
  }

  @Test
  void restore_ladderThatCannotBeUsed_isRefusedFirst() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.step(3, "SELECT 1");
    assertThat(refused(ErrorCode.LADDER_INVALID).text()).contains("step 2 is missing");
  }

  @Test
  void restore_stepThatDeletesRows_isRefusedUnlessForced() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.step(2, "DELETE FROM item WHERE id % 2 = 0");

    assertThat(refused(ErrorCode.ROWS_LOST).text())
        .isEqualTo("tasks: table item has 250 rows after migrating, 500 before");

    assertThat(forced().warnings()).anyMatch(text -> text.contains("250 rows after migrating"));
    assertThat(items()).hasSize(250);
  }

  @Test
  void restore_stepThatRemovesATable_warns() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.step(2, "CREATE TABLE thing AS SELECT * FROM item; DROP TABLE item");

    assertThat(site.restore("latest").warnings())
        .containsExactly("tasks: the migration removed table item, which had 500 rows");
    assertThat(ask("SELECT count(*) FROM thing")).containsExactly("500");
  }

  @Test
  void restore_tableRebuiltInOtherLetters_isComparedAllTheSame() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    ladder.step(
        2,
        "CREATE TABLE n AS SELECT * FROM item WHERE id < 3; DROP TABLE item;"
            + " ALTER TABLE n RENAME TO Item");
    assertThat(refused(ErrorCode.ROWS_LOST).text())
        .isEqualTo("tasks: table item has 2 rows after migrating, 500 before");

    ladder.step(
        2,
        "CREATE TABLE n AS SELECT * FROM item; DROP TABLE item;" + " ALTER TABLE n RENAME TO ITEM");
    assertThat(site.restore("latest").warnings()).isEmpty();
  }

  @Test
  void restore_searchIndexThatIsRebuilt_isNoLossOfRows() throws Exception {
    ladder.upTo(1).step(2, "CREATE VIRTUAL TABLE search USING fts5 (text);");
    liveDatabase("wal");
    for (int i = 0; i < 30; i++) {
      Databases.run(file(), "INSERT INTO search VALUES ('word %d')".formatted(i));
    }
    String data = "SELECT count(*) FROM search_data";
    long before = Long.parseLong(ask(data).getFirst());
    site.snapshot();
    ladder.step(3, "INSERT INTO search(search) VALUES ('optimize')");

    assertThat(site.restore("latest").warnings()).isEmpty();
    assertThat(Long.parseLong(ask(data).getFirst())).isLessThan(before);
    assertThat(ask("SELECT count(*) FROM search('word')")).containsExactly("30");
  }

  @Test
  void restore_editedStep_isRefusedUnlessForced() throws Exception {
    ladder.upTo(2);
    liveDatabase("wal");
    site.snapshot();
    ladder.upTo(3).step(2, "ALTER TABLE item ADD COLUMN colour TEXT DEFAULT 'other';");

    assertThat(refused(ErrorCode.MIGRATION_EDITED).text()).contains("2 (step 2)");

    RestoreResult result = forced();
    assertThat(result.warnings()).anyMatch(text -> text.contains("step 2 (step 2) was edited"));
    assertThat(ask("PRAGMA user_version")).containsExactly("3");
  }

  @Test
  void restore_databaseThatWasNeverOnALadder_isAdoptedWithAWarning() throws Exception {
    Databases.run(file(), "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, data BLOB)");
    site.snapshot();
    ladder.upTo(1);

    RestoreResult result = site.restore("latest");

    assertThat(result.warnings())
        .containsExactly("tasks has no schema version: it is taken to be at 1 as it is");
    assertThat(result.migrated().get("tasks")).isEqualTo(new Migration(0, 1, true, List.of()));
  }

  @Test
  void restore_snapshotFromBeforeThereWereMigrations_beginsWhereTheLiveDatabaseBegan()
      throws Exception {
    Databases.run(file(), "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, data BLOB)");
    site.snapshot();
    ladder.upTo(1).climb(file());
    ladder.upTo(3).climb(file());

    RestoreResult result = site.restore("latest");

    assertThat(result.warnings())
        .containsExactly(
            "tasks has no schema version: it is taken to be at 1, as the live database was");
    assertThat(result.migrated().get("tasks"))
        .isEqualTo(
            new Migration(
                0, 3, true, List.of(new StepSummary(2, "step 2"), new StepSummary(3, "step 3"))));
    assertThat(ask("SELECT name FROM pragma_table_info('item')")).contains("colour");
    assertThat(ask("SELECT version FROM _migration_history")).containsExactly("1", "2", "3");
  }

  @Test
  void restore_snapshotFromBeforeThereWereMigrationsWithoutABaseline_isRefusedUnlessForced()
      throws Exception {
    Databases.run(file(), "CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT, data BLOB)");
    String old = site.snapshot().snapshotId();
    ladder.upTo(1).climb(file());
    ladder.upTo(3).climb(file());
    site.snapshot();
    Files.delete(file());
    ladder.climb(Files.createFile(file()));

    Map<String, String> before = site.untouchable();
    BackupException refusal = Refusals.of(() -> site.restore(old));
    assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_UNKNOWN);
    assertThat(refusal.text()).endsWith("which of their steps it has: tasks");
    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(site.restorer().run(Site.forced(old), Progress.silent()).warnings())
        .containsExactly("tasks has no schema version: it is taken to be at 3 as it is (--force)");

    Files.delete(file());
    site.restore("latest"); // What the hint says.
    assertThat(site.restore(old).warnings()).singleElement().asString().contains("to be at 1");
    assertThat(ask("SELECT name FROM pragma_table_info('item')")).contains("colour");
  }

  @Test
  void restore_oneWithAndOneWithoutALadder_eachAsItShouldBe() throws Exception {
    ladder.upTo(1);
    site = site.with(ladder.of(Site.TASKS), Site.PROJECTS);
    liveDatabase("wal");
    Databases.run(site.file(Site.PROJECTS), "CREATE TABLE a (b)", "PRAGMA user_version = 9");
    site.snapshot();
    ladder.upTo(2);

    RestoreResult result = site.restore("latest");

    assertThat(result.migrated().keySet()).isEqualTo(Set.of("tasks"));
    assertThat(Databases.askOne(site.file(Site.PROJECTS), "PRAGMA user_version")).isEqualTo("9");
  }

  @Test
  void restore_toADirectory_keepsTheOldSchemaAndSaysSo() throws Exception {
    ladder.upTo(4);
    liveDatabase("wal");
    site.snapshot();
    Files.delete(ladder.directory().resolve("004_step_4.sql"));
    Path target = root.resolve("look");

    RestoreResult result = site.restorer().run(Site.to("latest", target), Progress.silent());

    assertThat(result.warnings())
        .containsExactly("unpacked with the schemas of the snapshot: --to does not migrate");
    assertThat(Databases.askOne(Site.TASKS.in(target), "PRAGMA user_version")).isEqualTo("4");
  }

  @Test
  void restore_migratedFile_hasTheModeOfTheOneInTheSnapshot() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    FileModes.set(file(), 0640);
    site.snapshot();
    Files.delete(file());
    ladder.upTo(2);
    site.restore("latest");
    assertThat(FileModes.of(file())).isEqualTo(0640);
  }

  private Site withCommand(String script) {
    Tools.require("python3");
    LadderSource command =
        new LadderSource.Command(
            List.of(
                "python3",
                "-c",
                "import os, sqlite3, sys\ndb = sqlite3.connect(sys.argv[1])\n" + script,
                "{db}"),
            4);
    return site.with(new VitalDatabase("tasks", Site.TASKS.path(), null, command));
  }

  @Test
  void restore_applicationsOwnCommand_migratesTheStagedFileOnly() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    String live = Objects.requireNonNull(Tree.of(site.db()).get(Site.TASKS.path()));
    site =
        withCommand(
            """
            assert 'db.staging_' in sys.argv[1], sys.argv[1]
            db.execute('ALTER TABLE item ADD COLUMN colour')
            db.execute('PRAGMA user_version = 4')
            db.commit()
            os._exit(0) # leaves the -wal file behind
            """);

    RestoreResult result = site.restore("latest");

    assertThat(Objects.requireNonNull(result.migrated().get("tasks")).to()).isEqualTo(4);
    assertThat(ask("SELECT count(colour IS NULL) FROM item")).containsExactly("500");
    assertThat(Tree.of(Path.of(Objects.requireNonNull(result.kept()))).get(Site.TASKS.path()))
        .isEqualTo(live);
  }

  @Test
  void restore_commandThatFailsOrHarms_leavesLiveDataAlone() throws Exception {
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    site = withCommand("db.execute('DELETE FROM item'); db.commit(); sys.exit('no luck')");
    assertThat(refused(ErrorCode.MIGRATE_COMMAND_FAILED).text()).contains("no luck");

    site =
        withCommand(
            "db.execute('PRAGMA user_version = 4'); db.execute('DELETE FROM item');"
                + " db.commit()");
    refused(ErrorCode.ROWS_LOST);

    for (String harm :
        List.of("open(sys.argv[1], 'w').write('junk' * 999)", "os.remove(sys.argv[1])")) {
      site = withCommand("db.close(); " + harm);
      assertThat(refused(ErrorCode.MIGRATE_COMMAND_FAILED).text())
          .contains("left no database that can be read");
    }

    site =
        withCommand(
            """
            db.execute('CREATE TABLE t (i INTEGER REFERENCES item (id))')
            db.execute('INSERT INTO t VALUES (-1)')
            db.execute('PRAGMA user_version = 4')
            db.commit()
            """);
    assertThat(refused(ErrorCode.MIGRATION_FAILED).text()).contains("1 broken reference after");
  }

  @Test
  void restore_killedWhileMigrating_leavesLiveDataAloneAndIsCleanedUp() throws Exception {
    Tools.require("python3");
    ladder.upTo(1);
    liveDatabase("wal");
    site.snapshot();
    Map<String, String> before = site.untouchable();

    try (Companion child = Companion.java(KilledWhileMigrating.class, root)) {
      assertThat(child.hearAll()).isEqualTo("exit 137");
    }
    assertThat(site.leftovers()).isNotEmpty();
    site.recover();

    assertThat(site.untouchable()).isEqualTo(before);
    assertThat(items()).hasSize(500);
  }
}
