package dev.workbuddy.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.testing.Companion;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Jars;
import dev.workbuddy.backup.testing.Listing;
import dev.workbuddy.backup.testing.Tools;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Migrations as a user meets them. The fixture's databases are at schema version 3. */
class MigrateTest {
  private static final String PROJECTS = "projects.db";
  private static final String TASKS = "tasks/task_metadata.db";

  @TempDir private Path directory;
  private CommandLineFixture cli;

  @BeforeEach
  void configure() throws Exception {
    cli = new CommandLineFixture(directory).withDatabases();
    ladder("tasks", 3);
    ladder("projects", 4);
    configure(
        """
        backups:
          databases:
            tasks: { migrations: migrations/tasks }
            projects: { migrations: migrations/projects }
        """);
  }

  private void configure(String local) throws Exception {
    Files.writeString(directory.resolve("config.local.yaml"), local);
  }

  private void ladder(String name, int top) throws Exception {
    for (int version = 1; version <= top; version++) {
      step(name, version, "CREATE TABLE step_%d (a);".formatted(version));
    }
  }

  private void step(String name, int version, String sql) throws Exception {
    Path ladder = Files.createDirectories(directory.resolve("migrations").resolve(name));
    Files.writeString(ladder.resolve("%03d_step_%d.sql".formatted(version, version)), sql);
  }

  private String version(String file) throws Exception {
    return Databases.askOne(cli.live(file), "PRAGMA user_version");
  }

  /** Everything below the directory with checksums, but for what locking leaves. */
  private Map<String, String> everything() throws Exception {
    Map<String, String> all = new TreeMap<>();
    for (String name : Listing.of(directory)) {
      Path path = directory.resolve(name);
      if (!path.equals(cli.backups().resolve("lock"))) {
        all.put(name, Files.isDirectory(path) ? "directory" : Checksums.sha256(path));
      }
    }
    return all;
  }

  private String refused(int exitCode, String... arguments) throws Exception {
    var ran = cli.run(arguments);
    assertThat(ran.exitCode()).as(ran.out() + ran.err()).isEqualTo(exitCode);
    assertThat(ran.err()).doesNotContain("\tat ", "Exception");
    return ran.err();
  }

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
  void run_applicationsOwnCommand_works() throws Exception {
    Tools.require("python3");
    Files.writeString(
        directory.resolve("migrate.py"),
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute('ALTER TABLE notes ADD COLUMN colour TEXT')
        db.execute('PRAGMA user_version = 4')
        db.commit()
        """);
    configure(
        """
        backups:
          databases:
            projects:
              migrate_command: [python3, migrate.py, "{db}"]
              max_schema_version: 4
        """);
    assertThat(cli.ok("migrate", "run").out()).contains("4  python3 migrate.py {db}");
    assertThat(version(PROJECTS)).isEqualTo("4");
    cli.sql(PROJECTS, "PRAGMA user_version = 3");
    assertThat(refused(1, "migrate", "run"))
        .contains("duplicate column name: colour")
        .doesNotContain("is held");
    Files.writeString(
        directory.resolve("migrate.py"),
        """
        import sqlite3, sys
        db = sqlite3.connect(sys.argv[1])
        db.execute('DELETE FROM notes')
        db.commit()
        sys.exit('no luck')
        """);
    assertThat(refused(1, "migrate", "run")).contains("no luck", "is held: snap-");
  }

  @Test
  void run_javaStepThatPrints_leavesTheDocumentAlone() throws Exception {
    Jars.compile(
        directory,
        "Talker",
        """
        package app;
        import dev.workbuddy.backup.migration.*;
        import java.util.List;
        public class Talker implements LadderProvider {
          public String database() { return "projects"; }
          public List<Step> steps() {
            return List.of(Step.java(1, "talk", connection -> System.out.println("hello")));
          }
        }
        """);
    cli.sql(PROJECTS, "DROP TABLE notes", "PRAGMA user_version = 0");
    configure("backups: { databases: { projects: { migrations: ladders.jar } } }");
    String said;
    try (Companion program =
        Companion.java(
            Main.class, "--config-dir", directory, "migrate", "run", "--no-snapshot", "--json")) {
      said = program.hearAll();
    }
    assertThat(said).containsOnlyOnce("hello").endsWith("exit 0");
    String document = said.substring(said.indexOf('{'), said.lastIndexOf('}') + 1);
    assertThat(document).contains("\"projects\"").doesNotContain("hello");
  }

  @Test
  void run_terminated_endsTheApplicationsCommandAndWhatThatStarted() throws Exception {
    Tools.require("python3");
    Files.writeString(
        directory.resolve("migrate.py"),
        """
        import os, subprocess, sys
        subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'],
                         stdin=subprocess.PIPE)
        with open('command.pid.new', 'w') as f: f.write(str(os.getpid()))
        os.rename('command.pid.new', 'command.pid')
        sys.stdin = os.fdopen(os.pipe()[0])
        sys.stdin.read()
        """);
    configure(
        """
        backups:
          databases:
            projects:
              migrate_command: [python3, migrate.py, "{db}"]
              max_schema_version: 4
        """);
    Path pid = directory.resolve("command.pid");
    try (Companion program =
        Companion.java(
            Main.class, "--config-dir", directory, "migrate", "run", "--no-snapshot", "--quiet")) {
      while (!Files.exists(pid) && ProcessHandle.of(program.pid()).isPresent()) {
        Thread.onSpinWait();
      }
      ProcessHandle command = ProcessHandle.of(Long.parseLong(Files.readString(pid))).orElseThrow();
      List<ProcessHandle> all = Stream.concat(Stream.of(command), command.descendants()).toList();
      assertThat(all).hasSize(2).allMatch(ProcessHandle::isAlive);

      program.terminate();

      assertThat(program.hearAll()).endsWith("exit 143");
      assertThat(all).noneMatch(ProcessHandle::isAlive);
    }
    try (RunLock _ = RunLock.acquire(cli.backups().resolve("lock"), "test")) {
      assertThat(version(PROJECTS)).isEqualTo("3");
    }
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

  @Test
  void restore_olderSnapshot_showsItsWayInPlanAndResult() throws Exception {
    cli.ok("now");
    String way = "from schema version 3 to 4";
    assertThat(cli.ok("restore", "latest", "--dry-run").out())
        .contains("to migrate " + way, "4  step 4");
    assertThat(cli.ok("restore", "latest").out()).contains("migrated " + way, "4  step 4");
    assertThat(version(PROJECTS)).isEqualTo("4");
  }

  @Test
  void restore_quietAndATableIsGone_warnsAndSaysNothingElse() throws Exception {
    cli.ok("now");
    step("projects", 4, "DROP TABLE notes;");
    var ran = cli.ok("restore", "latest", "--quiet");
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err())
        .isEqualToNormalizingNewlines(
            "Warning: projects: the migration removed table notes, which had 3 rows\n");
  }

  @Test
  void restore_snapshotFromTheFuture_is3AndNothingOnDiskChanges() throws Exception {
    cli.sql(PROJECTS, "PRAGMA user_version = 5");
    cli.ok("now");
    cli.sql(PROJECTS, "PRAGMA user_version = 4", "DELETE FROM notes");
    Map<String, String> before = everything();

    for (String[] command :
        List.of(
            new String[] {"restore", "latest"}, new String[] {"restore", "latest", "--dry-run"})) {
      assertThat(refused(3, command))
          .contains("projects has schema version 5, and the migrations end at 4");
      assertThat(everything()).isEqualTo(before);
    }
    assertThat(cli.ok("restore", "latest", "--force").out()).contains("as forced");
    assertThat(version(PROJECTS)).isEqualTo("5");
  }
}
