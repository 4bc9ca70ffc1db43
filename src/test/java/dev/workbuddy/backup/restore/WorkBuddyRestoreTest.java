package dev.workbuddy.backup.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.config.ConfigLoader;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.OriginalWorkBuddy;
import dev.workbuddy.backup.testing.Tools;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores under work-buddy's profile, with a stand-in of its code that has its migrations. */
class WorkBuddyRestoreTest {
  private static final String ID = "snap-2026-05-11T14-23-00Z";

  @TempDir private Path root;

  @BeforeEach
  void makeConfiguration() throws IOException {
    Tools.require("python3");
    configure("backups: { profile: work-buddy }");
    Files.createDirectories(live());
    Files.createDirectories(root.resolve("work_buddy"));
    Files.createFile(root.resolve("work_buddy/paths.py"));
  }

  private Path live() {
    return root.resolve(".data/db");
  }

  private void configure(String yaml) throws IOException {
    Files.writeString(root.resolve("config.yaml"), yaml);
  }

  /** As it is now: where files are is looked at each time. */
  private Site site() {
    Settings settings = new ConfigLoader(Map.of(), root).load(null).settings();
    return new Site(settings, new TickingClock(Instant.parse("2026-06-01T00:00:00Z")));
  }

  /** The part of the application that the profile asks. */
  private void code(int top) throws IOException {
    Path module = root.resolve("work_buddy/obsidian/tasks/migrations.py");
    Files.createDirectories(Objects.requireNonNull(module.getParent()));
    Files.writeString(
        module,
        """
        print("loading")
        class Migrations:
            target_version = %d
            def run(self, connection):
                connection.execute("CREATE TABLE climbed (a)")
                connection.execute("PRAGMA user_version = %d")
        TASK_MIGRATIONS = Migrations()
        """
            .formatted(top, top));
  }

  private void database(String path, int version) throws Exception {
    Path file = live().resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    Databases.run(
        file,
        "CREATE TABLE task (id)",
        "INSERT INTO task VALUES (1), (2)",
        "PRAGMA user_version = " + version);
  }

  private void originalSnapshot(String... databases) throws IOException {
    Path directory = Files.createDirectories(root.resolve(".data/backups").resolve(ID));
    OriginalWorkBuddy.pack(
        directory.resolve("work-buddy-backup.tar.gz"), 0, true, List.of(databases));
  }

  private List<String> tasks(String path) throws Exception {
    return Databases.ask(live().resolve(path), "SELECT id FROM task ORDER BY id");
  }

  @Test
  void run_fileWhereTheCodeHasIt_isRestoredThereAndMigratedByTheCode() throws Exception {
    code(2);
    database("task_metadata.db", 2);
    BackupResult snapshot = site().snapshot();
    Databases.run(live().resolve("task_metadata.db"), "DELETE FROM task");
    code(3);

    RestoreResult result = site().restore(snapshot.snapshotId());

    assertThat(tasks("task_metadata.db")).containsExactly("1", "2");
    assertThat(Databases.askOne(live().resolve("task_metadata.db"), "PRAGMA user_version"))
        .isEqualTo("3");
    assertThat(result.migrated()).containsOnlyKeys("tasks");
    assertThat(live().resolve("tasks")).doesNotExist();
    assertThat(site().settings().databases()).hasSize(5);
  }

  @Test
  void run_snapshotBeyondTheCode_isRefusedByTheCodesOwnLadder() throws Exception {
    code(9);
    database("task_metadata.db", 9);
    BackupResult snapshot = site().snapshot();
    code(8);

    BackupException refusal = Refusals.of(() -> site().restore(snapshot.snapshotId()));

    assertThat(refusal.code()).isEqualTo(ErrorCode.SCHEMA_TOO_NEW);
    assertThat(refusal.text()).contains("schema version 9", "migrations end at 8");
  }

  @Test
  void run_codeThatCannotBeAsked_fallsBackToWhatIsKnownHere() throws Exception {
    database("task_metadata.db", 9);
    BackupResult snapshot = site().snapshot();

    RestoreResult result = site().restore(snapshot.snapshotId());
    assertThat(result.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning).contains("tasks: max_schema_version_command", "work_buddy"));

    Databases.run(live().resolve("task_metadata.db"), "PRAGMA user_version = 8");
    assertThat(Refusals.of(() -> site().restore(snapshot.snapshotId())).text())
        .contains("newest known here is 8");
  }

  @Test
  void run_noFileThere_goesToWhereTheSnapshotHadItAndSaysSo() throws Exception {
    database("task_metadata.db", 0);
    BackupResult snapshot = site().snapshot();
    Files.delete(live().resolve("task_metadata.db"));

    RestoreResult result = site().restore(snapshot.snapshotId());

    assertThat(tasks("task_metadata.db")).containsExactly("1", "2");
    assertThat(live().resolve("tasks")).doesNotExist();
    assertThat(result.warnings())
        .anySatisfy(
            warning ->
                assertThat(warning)
                    .contains("tasks goes to task_metadata.db", "tasks/task_metadata.db or"));
  }

  @Test
  void run_fileMovedSinceTheSnapshot_isRestoredToWhereItIsNow() throws Exception {
    database("tasks/task_metadata.db", 0);
    BackupResult snapshot = site().snapshot();
    Files.move(live().resolve("tasks/task_metadata.db"), live().resolve("task_metadata.db"));
    Databases.run(live().resolve("task_metadata.db"), "DELETE FROM task");

    site().restore(snapshot.snapshotId());

    assertThat(tasks("task_metadata.db")).containsExactly("1", "2");
    assertThat(live().resolve("tasks/task_metadata.db")).doesNotExist();
  }

  @Test
  void run_originalsSnapshotOnAFreshMachine_goesToWhereTheOriginalHasItsFiles() throws Exception {
    database("task_metadata.db", 0);
    database("settings.db", 0);
    originalSnapshot(
        "tasks=" + live().resolve("task_metadata.db"),
        "settings=" + live().resolve("settings.db"),
        "threads=" + live().resolve("threads.db"));
    Files.delete(live().resolve("task_metadata.db"));
    Files.delete(live().resolve("settings.db"));

    RestoreResult result = site().restore(ID);

    assertThat(tasks("task_metadata.db")).containsExactly("1", "2");
    assertThat(tasks("settings.db")).containsExactly("1", "2");
    assertThat(result.plan().missing()).extracting("database").contains("threads");
    assertThat(result.plan().missing()).extracting("database").doesNotContain("truth_registry");
  }

  @Test
  void run_originalsSnapshotWithMoreThanIsConfigured_restoresTheRestOnRequest() throws Exception {
    configure("backups: { databases: { tasks: { path: tasks/mine.db } } }");
    database("tasks/mine.db", 0);
    database("task_metadata.db", 0);
    database("settings.db", 0);
    database("other.db", 0);
    originalSnapshot(
        "tasks=" + live().resolve("task_metadata.db"),
        "settings=" + live().resolve("settings.db"),
        "other=" + live().resolve("other.db"));
    for (String file : List.of("task_metadata.db", "settings.db", "other.db")) {
      Files.delete(live().resolve(file));
    }
    Databases.run(live().resolve("tasks/mine.db"), "DELETE FROM task");

    assertThat(site().verifier().one(ID, Progress.silent()).status()).isEqualTo(Status.DONE);
    RestoreResult known = site().restore(ID);

    assertThat(tasks("tasks/mine.db")).containsExactly("1", "2");
    assertThat(known.status()).isEqualTo(Status.DONE);
    assertThat(known.warnings())
        .anyMatch(warning -> warning.contains("--also settings"))
        .anyMatch(warning -> warning.contains("--also other"));
    assertThat(live().resolve("settings.db")).doesNotExist();

    site()
        .restorer()
        .run(
            new RestoreRequest(ID, false, Set.of("settings"), Set.of("settings"), true, null),
            Progress.silent());
    assertThat(tasks("settings.db")).containsExactly("1", "2");
    assertThat(live().resolve("other.db")).doesNotExist();
  }

  @Test
  void run_optionalDatabaseThatIsGone_isMissedOnceASnapshotHadIt() throws Exception {
    database("task_metadata.db", 0);
    database("settings.db", 0);
    Site site = site();
    site.snapshot();
    Files.delete(live().resolve("settings.db"));

    assertThat(site().settings().missing(Set.of("settings")).databases())
        .extracting("name")
        .contains("settings");
    assertThat(site().settings().databases()).extracting("name").doesNotContain("settings");
  }
}
