package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.testing.Listing;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Migrations as a user meets them. */
class MigrateTest extends MigrateScene {
  @Test
  void status_eachSituation_isShown() throws Exception {
    Files.delete(cli.live("threads.db"));
    assertThat(cli.ok("migrate", "status").out())
        .isEqualToNormalizingNewlines(
            """
            DATABASE  STATE          VERSION  TOP  STEPS
            tasks     current              3    3
            projects  pending              3    4  pending: 4 step 4
            messages  no-migrations        -    -
            threads   no-migrations        -    -
            entities  no-migrations        -    -
            """);
    cli.sql(TASKS, "PRAGMA user_version = 9");
    cli.sql(PROJECTS, "PRAGMA user_version = 0");
    var tooNew = cli.run("migrate", "status");
    assertThat(tooNew.exitCode()).isEqualTo(3);
    assertThat(tooNew.out())
        .contains("too-new")
        .contains("to be taken as it is")
        .contains("task_metadata.db has schema version 9, and the migrations end at 3");
  }

  @Test
  void status_editedStep_is3WithItsProblemInJson() throws Exception {
    cli.ok("migrate", "run", "--no-snapshot");
    step("projects", 4, "CREATE TABLE another (b);");
    var ran = cli.run("migrate", "status", "--json");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out())
        .contains("\"status\" : \"refused\"")
        .contains("\"state\" : \"edited\"")
        .contains("\"code\" : \"migration-edited\"");
  }

  @Test
  void status_databasesThatCannotBeRead_areShownBesideTheOthers() throws Exception {
    cli.ok("migrate", "run", "--no-snapshot");
    cli.sql(PROJECTS, "PRAGMA user_version = 0");
    Files.writeString(directory.resolve("migrations/tasks/007_x.sql"), "SELECT 1");
    var ran = cli.run("migrate", "status");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out())
        .containsPattern("tasks +unreadable")
        .containsPattern("projects +unreadable")
        .containsPattern("messages +no-migrations")
        .contains("step 4 is missing", "its history says 4, the file's version is 0");
    assertThat(refused(1, "migrate", "run", "--only", "projects"))
        .contains("its history says 4, the file's version is 0");
  }

  @Test
  void run_pendingStep_isAppliedAfterAManualSnapshot() throws Exception {
    var ran = cli.ok("migrate", "run");

    assertThat(ran.out())
        .containsPattern("The snapshot from before is snap-\\S+-manual")
        .contains("migrated from schema version 3 to 4", "4  step 4")
        .doesNotContain("tasks");
    assertThat(version(PROJECTS)).isEqualTo("4");
    assertThat(cli.ok("list").out()).contains("before migrate");
    assertThat(cli.ok("migrate", "run").out()).isEqualTo("Nothing to migrate.\n");
    assertThat(Listing.of(cli.backups()).stream().filter(n -> n.endsWith(".tar.gz"))).hasSize(1);
  }

  @Test
  void run_dryOrWithoutSnapshotOrOnlyOne_doesJustThat() throws Exception {
    Map<String, String> before = everything();
    assertThat(cli.ok("migrate", "run", "--dry-run").out())
        .contains("to migrate from schema version 3 to 4");
    assertThat(everything()).isEqualTo(before);

    assertThat(cli.ok("migrate", "run", "--only", "tasks").out()).contains("Nothing to migrate");
    cli.ok("migrate", "run", "--no-snapshot");
    assertThat(version(PROJECTS)).isEqualTo("4");
    assertThat(cli.ok("list").out()).doesNotContain("snap-");

    assertThat(refused(2, "migrate", "run", "--only", "tusks")).contains("tusks");
    assertThat(refused(2, "migrate", "run", "--only", "messages")).contains("messages");
  }

  @Test
  void run_stepThatFails_isUndoneAndTheSnapshotIsHeld() throws Exception {
    step("projects", 5, "DELETE FROM notes; INSERT INTO absent VALUES (1);");

    String error = refused(1, "migrate", "run");

    assertThat(error)
        .contains("projects.db", "step 5 (step 5)", "line 1: no such table: absent")
        .contains("The snapshot from before is held: snap-");
    assertThat(version(PROJECTS)).isEqualTo("4");
    assertThat(cli.rows(PROJECTS)).isEqualTo(3);
    assertThat(cli.ok("list").out()).contains("the migration of projects failed after it");
  }

  @Test
  void run_firstStepFails_holdsNoSnapshot() throws Exception {
    step("projects", 4, "DELETE FROM notes; INSERT INTO absent VALUES (1);");
    assertThat(refused(1, "migrate", "run")).doesNotContain("is held");
    assertThat(cli.ok("list").out()).doesNotContain("failed after it");
  }

  @Test
  void run_secondDatabaseFails_saysThatTheFirstIsMigrated() throws Exception {
    cli.sql(TASKS, "PRAGMA user_version = 2");
    step("projects", 4, "INSERT INTO absent VALUES (1);");
    assertThat(refused(1, "migrate", "run", "--no-snapshot")).contains("already migrated: tasks");
    assertThat(version(TASKS)).isEqualTo("3");
    cli.sql(
        TASKS, "DROP TABLE step_3", "PRAGMA user_version = 2", "DELETE FROM _migration_history");
    assertThat(cli.run("migrate", "run", "--json").out())
        .contains("already migrated: tasks", "is held: snap-");
  }

  @Test
  void run_commandThatIsNotThere_isRefusedBeforeASnapshotIsTaken() throws Exception {
    configure(
        """
        backups:
          databases:
            projects: { migrate_command: [no-such-program, "{db}"], max_schema_version: 4 }
        """);
    assertThat(refused(1, "migrate", "run")).contains("there is no program no-such-program");
    assertThat(cli.ok("list").out()).doesNotContain("snap-");
  }

  @Test
  void run_whatCannotBeClimbed_isRefusedBeforeASnapshotIsTaken() throws Exception {
    cli.sql(TASKS, "PRAGMA user_version = 4");
    assertThat(refused(3, "migrate", "run")).contains("schema version 4, and the migrations end");
    cli.sql(TASKS, "PRAGMA user_version = 3");
    Files.delete(directory.resolve("migrations/projects/002_step_2.sql"));
    assertThat(refused(2, "migrate", "run")).contains("step 2 is missing");
    assertThat(cli.ok("list").out()).doesNotContain("snap-");
  }

  @Test
  void run_editedStep_isRefused() throws Exception {
    cli.ok("migrate", "run", "--no-snapshot");
    step("projects", 4, "CREATE TABLE step_4 (a, b);");
    assertThat(refused(3, "migrate", "run")).contains("edited").contains("4 (step 4)");
    assertThat(cli.run("migrate", "status").out()).contains("edited since: 4 step 4");
    step("projects", 4, "-- a remark\nCREATE  TABLE step_4 (a)");
    assertThat(cli.ok("migrate", "status").out()).doesNotContain("edited");
  }

  @Test
  void run_readOnlyDatabase_saysSo() throws Exception {
    cli.sql(PROJECTS, "PRAGMA journal_mode = DELETE");
    try (RandomAccessFile raw = new RandomAccessFile(cli.live(PROJECTS).toFile(), "rw")) {
      raw.seek(18); // A file format that this SQLite reads but does not write.
      raw.write(3);
    }
    assertThat(refused(1, "migrate", "run", "--no-snapshot")).contains("cannot be written");
  }

  @Test
  void run_anotherRunGoingOn_is6() throws Exception {
    cli.ok("now");
    try (RunLock _ = RunLock.acquire(cli.backups().resolve("lock"), "test")) {
      refused(6, "migrate", "run");
    }
    assertThat(version(PROJECTS)).isEqualTo("3");
  }

  @Test
  void run_databaseThatTheSnapshotLacks_isNotMigrated() throws Exception {
    Files.delete(cli.live(TASKS));
    var ran = cli.ok("migrate", "run");
    assertThat(ran.out()).contains("Warning: tasks is not there", "the snapshot lacks tasks");
    assertThat(cli.live(TASKS)).doesNotExist();
  }

  @Test
  void add_nextStep_isNumberedAndNamedSafely() throws Exception {
    var ran = cli.ok("migrate", "new", "Add a due date!", "--db", "tasks");
    Path file = directory.resolve("migrations/tasks/004_add_a_due_date.sql");
    assertThat(ran.out()).isEqualTo("Wrote " + file + "\n");
    assertThat(file).content().startsWith("-- tasks: step 4, add a due date\n");

    assertThat(refused(2, "migrate", "new", "x", "--db", "messages")).contains("messages");
    assertThat(refused(2, "migrate", "new", "x", "--db", "nothing")).contains("nothing");
    assertThat(refused(2, "migrate", "new", "///", "--db", "tasks")).contains("cannot be named");
  }
}
