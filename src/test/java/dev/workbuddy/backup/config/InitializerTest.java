package dev.workbuddy.backup.config;

import static dev.workbuddy.backup.config.DatabaseFinderTest.sqlite;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitializerTest {
  @TempDir private Path dir;

  @Test
  void init_nothingToSearch_writesAnExplainedConfiguration() throws IOException {
    InitResult result = init(null);

    assertThat(result)
        .isEqualTo(
            new InitResult(
                true,
                dir.resolve("config.yaml"),
                "work-buddy",
                dir.resolve(".data/db"),
                Applications.workBuddyIn(dir).databases(),
                false,
                List.of(),
                List.of()))
        .returns(Status.DONE, InitResult::status);
    assertThat(Files.readString(dir.resolve("config.yaml")))
        .isEqualTo(
            """
            # What wb-backup saves, and how much history it keeps.
            # Values for this machine alone go into config.local.yaml, which is laid over this file.

            paths:
              # Holds the live databases and the snapshots; relative to this file, or absolute.
              data_root: .data
              # The directory of the live databases below data_root.
              db_dir: db

            backups:
              # How often a snapshot is expected, in minutes.
              cadence_minutes: 60

              # The SQLite files to save are work-buddy's, wherever its version keeps them, with its own
              # migrations; `wb-backup config show` lists them. A section databases adds to them.
              profile: work-buddy

              # gzip opens everywhere; zstd is faster and smaller.
              compression: gzip

              # How many snapshots to keep, the newest of each period: a number, or unbounded; 0 is none.
              retention:
                hourly: 24
                daily: 7
                weekly: 4
                monthly: 12
                annual: unbounded
                # Those that a person asked for; they count apart from the others.
                manual: 20
                # Those that an agent asked for; they never take the place of others.
                agent: 20

              # Deleting old snapshots never leaves fewer good ones than this.
              minimum_keep: 3

              # A table that loses more than this part of its rows raises an alarm, if it had min_rows or more.
              guard:
                max_shrink_percent: 30
                min_rows: 20

              # Where copies go off this machine, one or several; docs/remotes.md says how to begin.
              # github: { repo: owner/name }              # a private repository, through gh
              # rclone: { remote: "b2:bucket/path" }      # whatever rclone reaches
              # directory: { path: /mnt/nas/wb, marker: .mounted }
            """);
  }

  @Test
  void init_nothingToSearch_loadsToTheDefaults() throws IOException {
    init(null);
    Settings written = load();

    Files.writeString(dir.resolve("config.yaml"), "");

    assertThat(written).isEqualTo(load());
  }

  @Test
  void init_directoryWithoutDatabases_isRefused() {
    assertThat(failure(dir).text()).endsWith(": there is no SQLite database below it.");
    assertThat(dir.resolve("config.yaml")).doesNotExist();
  }

  @Test
  void init_databasesBelowOneSubdirectory_makesItTheLiveDirectory() throws IOException {
    sqlite(dir, "app/store/a.db");
    sqlite(dir, "app/store/sub/b.sqlite3");

    InitResult result = init(dir.resolve("app"));

    Settings settings = load();
    assertThat(settings.dataRoot()).isEqualTo(dir.resolve("app"));
    assertThat(settings.dbDir()).isEqualTo(dir.resolve("app/store")).isEqualTo(result.dbDir());
    assertThat(settings.databases())
        .containsExactly(
            new VitalDatabase("a", "a.db", null), new VitalDatabase("b", "sub/b.sqlite3", null))
        .isEqualTo(result.databases());
    assertThat(Files.readString(dir.resolve("config.yaml"))).contains("data_root: app\n");
  }

  @Test
  void init_scatteredDatabases_makesTheDirectoryItselfTheLiveOne() throws IOException {
    sqlite(dir, "app/a.db");
    sqlite(dir, "app/sub/b.db");

    init(dir.resolve("app"));

    assertThat(load().dataRoot()).isEqualTo(dir);
    assertThat(load().dbDir()).isEqualTo(dir.resolve("app"));
    assertThat(Files.readString(dir.resolve("config.yaml"))).contains("data_root: .\n");
  }

  @Test
  void init_databasesDeepDown_makesTheirOwnDirectoryTheLiveOne() throws IOException {
    sqlite(dir, ".data/db/tasks/a.db");
    sqlite(dir, ".data/db/b.db");

    init(dir);

    assertThat(load().dataRoot()).isEqualTo(dir.resolve(".data"));
    assertThat(load().dbDir()).isEqualTo(dir.resolve(".data/db"));
  }

  @Test
  void init_databasesBesideTheConfiguration_isRefused() throws IOException {
    sqlite(dir, "a.db");

    assertThatThrownBy(() -> init(dir))
        .isInstanceOfSatisfying(
            BackupException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.USAGE))
        .hasMessageContaining("a restore replaces the directory as a whole");
    assertThat(dir.resolve("config.yaml")).doesNotExist();
  }

  @Test
  void init_dataElsewhere_writesItsAbsolutePath(@TempDir Path elsewhere) throws IOException {
    sqlite(elsewhere, "db/a.db");

    init(elsewhere);

    assertThat(load().dataRoot()).isEqualTo(elsewhere);
  }

  @Test
  void init_relativePaths_areRelativeToTheWorkingDirectory() throws IOException {
    sqlite(dir, "app/db/a.db");

    InitResult result = new Initializer(dir).init(Path.of("conf"), Path.of("app"));

    assertThat(result.configFile()).isEqualTo(dir.resolve("conf/config.yaml")).exists();
    assertThat(result.dbDir()).isEqualTo(dir.resolve("app/db"));
  }

  @Test
  void init_namesThatNoConfigurationCanHold_areLeftOut() throws IOException {
    sqlite(dir, "app/db/good.db");
    sqlite(dir, "app/db/back\\slash.db");
    sqlite(dir, "app/db/MANIFEST.json");
    sqlite(dir, "app/db/GOOD.db");

    assertThat(init(dir.resolve("app")).leftOut())
        .extracting(ExcludedFile::path)
        .containsExactly("MANIFEST.json", "back\\slash.db", "good.db");
    assertThat(load().databases()).extracting(VitalDatabase::path).containsExactly("GOOD.db");
  }

  @Test
  void init_existingConfiguration_isRefusedAndUntouched() throws IOException {
    Files.writeString(dir.resolve("config.yaml"), "mine: 1");

    BackupException failure = failure(null);

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_EXISTS);
    assertThat(failure.text())
        .isEqualTo("There is a configuration already: " + dir.resolve("config.yaml") + ".");
    assertThat(Files.readString(dir.resolve("config.yaml"))).isEqualTo("mine: 1");

    Files.writeString(dir.resolve("config.yaml"), "backups: { cadence: 5 }");
    assertThat(failure(null).code()).as("its problems").isEqualTo(ErrorCode.CONFIG_INVALID);
  }

  @Test
  void init_searchedDirectoryIsNotThere_isRefused() {
    BackupException failure = failure(dir.resolve("gone"));

    assertThat(failure.code()).isEqualTo(ErrorCode.USAGE);
    assertThat(failure.text())
        .isEqualTo("Cannot set up backups for " + dir.resolve("gone") + ": it is not a directory.");
    assertThat(dir.resolve("config.yaml")).doesNotExist();
  }

  @Test
  void init_scatteredDatabasesInADirectoryNamedBackups_isRefused() throws IOException {
    sqlite(dir, "backups/a.db");

    assertThat(failure(dir.resolve("backups")).text())
        .isEqualTo(
            "Cannot set up backups for the databases in "
                + dir.resolve("backups")
                + ": a live database directory cannot have this name.");
  }

  @Test
  void init_unwritableTarget_isExplained() throws IOException {
    Path file = Files.createFile(dir.resolve("file"));

    BackupException failure =
        Objects.requireNonNull(
            catchThrowableOfType(
                BackupException.class, () -> new Initializer(dir).init(file.resolve("x"), null)));

    assertThat(failure.code()).isEqualTo(ErrorCode.IO_FAILED);
  }

  private InitResult init(@Nullable Path searched) {
    return new Initializer(dir).init(dir, searched);
  }

  private BackupException failure(@Nullable Path searched) {
    return Objects.requireNonNull(
        catchThrowableOfType(BackupException.class, () -> init(searched)));
  }

  private Settings load() {
    return new ConfigLoader(Map.of(), dir).load(null).settings();
  }
}
