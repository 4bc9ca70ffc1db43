package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigProblemsTest {
  @TempDir private Path dir;
  private ConfigFixture config;

  @BeforeEach
  void makeFixture() {
    config = new ConfigFixture(dir);
  }

  @Test
  void load_manyProblems_reportsAllInOneMessage() {
    config.shared(
        """
        path: { data_root: x }
        backups:
          cadence_minute: 5
          cadence_minutes: often
          compression:
          compression: gzip
          databases:
            tasks: { path: ../tasks.db }
            notes: { owner: 7 }
            -bad: { path: b.db }
            other: here.db
          retention: [24, 7]
          weekly: 3
          ping_url: ftp://secret
        """);
    config.local(
        """
        backups:
          minimum_keep: 0
          hooks: { on_failure: "rm -rf" }
        """);

    BackupException failure = config.failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(failure.text())
        .isEqualTo(
            """
            The configuration has 15 problems:
              config.yaml:1: path: unknown key; did you mean paths?
              config.yaml:3: backups.cadence_minute: unknown key; did you mean cadence_minutes?
              config.yaml:4: backups.cadence_minutes: must be a whole number from 1 to 525600, not "often"
              config.yaml:5: backups.compression: has no value, but must be gzip or zstd
              config.yaml:6: backups.compression: given twice; the first is in line 5
              config.yaml:8: backups.databases.tasks.path: must not climb with ..
              config.yaml:9: backups.databases.notes.path: is missing
              config.yaml:9: backups.databases.notes.owner: must be text, not 7 (quotes make it text)
              config.yaml:10: backups.databases.-bad: a name consists of A-Z a-z 0-9 _ . - and begins with none of . -
              config.yaml:11: backups.databases.other: must be a section, not "here.db"
              config.yaml:12: backups.retention: must be a section, not a list
              config.yaml:13: backups.weekly: unknown key; did you mean backups.retention.weekly?
              config.yaml:14: backups.ping_url: must be an http or https address
              config.local.yaml:2: backups.minimum_keep: must be a whole number from 1 to 1000000, not 0
              config.local.yaml:3: backups.hooks.on_failure: must be a list of a command and its arguments, not "rm -rf"\
            """);
    assertThat(failure.hint())
        .isEqualTo(
            "Edit "
                + dir.resolve("config.yaml")
                + ". Edit "
                + dir.resolve("config.local.yaml")
                + ".");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/abs.db        | must be a relative path, not \"/abs.db\"",
        "C:/a.db        | must be a relative path, not \"C:/a.db\"",
        "a/../b.db      | must not climb with ..",
        "MANIFEST.json  | must not be MANIFEST.json, the manifest's own name",
        "manifest.JSON  | must not be MANIFEST.json, the manifest's own name",
        ".              | must name something below the directory",
        "TASKS/one.db   | is also the path of first",
        "tasks//one.db  | is also the path of first",
        "tasks          | is the directory of tasks/one.db, the file of first",
        "tasks/one.db/x | lies below tasks/one.db, the file of first",
        "tasks/one.db-wal | is a name that SQLite uses beside tasks/one.db",
        "tasks/one.db-SHM | is a name that SQLite uses beside tasks/one.db",
        "tasks/one.db-journal | is a name that SQLite uses beside tasks/one.db",
      })
  void load_unusableDatabasePath_isExplained(String path, String problem) {
    config.shared(
        """
        backups:
          databases:
            first: { path: tasks/one.db }
            second: { path: '%s' }
        """
            .formatted(path));

    assertThat(config.problems())
        .containsExactly("config.yaml:4: backups.databases.second.path: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "migrations: m, migrate_command: [x, '{db}'] | migrate_command: cannot go with migrations:"
            + " a database has one ladder",
        "migrate_command: [x, '{db}'] | migrate_command: needs max_schema_version, the version that"
            + " the command leads to",
        "migrate_command: [x], max_schema_version: 3 | migrate_command: must hold {db}, which"
            + " becomes the file",
        "max_schema_version: 3 | max_schema_version: goes with migrate_command only",
        "migrations: m, max_schema_version: 3 | max_schema_version: goes with migrate_command only",
        "migrate_command: [x, '{db}'], max_schema_version: 0 | max_schema_version: must be a whole"
            + " number from 1 to 2147483647, not 0",
        "migrations: ~/m | migrations: ~ is not expanded; write the whole path",
      })
  void load_ladderThatCannotBeOne_isExplained(String keys, String problem) {
    config.shared("backups: { databases: { a: { path: a.db, %s } } }".formatted(keys));

    assertThat(config.problems()).containsExactly("config.yaml:1: backups.databases.a." + problem);
  }

  @Test
  void load_migrationsInAJar_areJava() {
    config.shared("backups: { databases: { a: { path: a.db, migrations: lib/../m/A.JAR } } }");

    assertThat(config.load().settings().databases().getFirst().ladder())
        .isEqualTo(new LadderSource.JavaClasses(dir.resolve("m/A.JAR")));
  }

  @Test
  void load_companionBeforeItsDatabase_isExplained() {
    config.shared("backups: { databases: { a: { path: x.db-wal }, b: { path: x.db } } }");

    assertThat(config.problems())
        .containsExactly(
            "config.yaml:1: backups.databases.b.path: is a name that SQLite uses beside x.db-wal");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"a\\nb.db\" | must not hold control characters",
        "\"a\\0b.db\" | must not hold control characters",
        "'  '         | must not be empty",
        "[[a.db]]     | must be text, not a list",
        "true         | must be text, not true (quotes make it text)",
      })
  void load_oddDatabasePath_isExplained(String yaml, String problem) {
    config.shared("backups: { databases: { a: { path: " + yaml + " } } }");

    assertThat(config.problems())
        .containsExactly("config.yaml:1: backups.databases.a.path: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/db           | must be a relative path, not \"/db\"",
        "..            | must not climb with ..",
        ".             | must name something below the directory",
        "backups       | must not lie in backups, where the snapshots are kept",
        "Backups/live  | must not lie in backups, where the snapshots are kept",
        "db.staging_1  | must not begin like a directory that a restore makes",
        "db.pre_restore_x/y | must not begin like a directory that a restore makes",
      })
  void load_unusableLiveDirectory_isExplained(String path, String problem) {
    config.shared("paths: { db_dir: " + path + " }");

    assertThat(config.problems()).containsExactly("config.yaml:1: paths.db_dir: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cadence_minutes: 0       | cadence_minutes: must be a whole number from 1 to 525600, not"
            + " 0",
        "cadence_minutes: 525601  | cadence_minutes: must be a whole number from 1 to 525600, not"
            + " 525601",
        "cadence_minutes: 1.5     | cadence_minutes: must be a whole number from 1 to 525600, not"
            + " 1.5",
        "cadence_minutes: '5'     | cadence_minutes: must be a whole number from 1 to 525600, not"
            + " \"5\"",
        "cadence_minutes: 99999999999999999999 | cadence_minutes: must be a whole number from 1 to"
            + " 525600, not 99999999999999999999",
        "compression: lz4         | compression: must be gzip or zstd, not \"lz4\"",
        "compression: ~           | compression: must be gzip or zstd, not \"~\"",
        "databases:               | databases: must name a database; without this key it is"
            + " work-buddy's",
        "databases: {}            | databases: must name a database; without this key it is"
            + " work-buddy's",
        "retention: { hourly: -1 } | retention.hourly: must be a whole number from 0 to 1000000 or"
            + " unbounded, not -1",
        "retention: { annual: all } | retention.annual: must be a whole number from 0 to 1000000 or"
            + " unbounded, not \"all\"",
        "guard: { max_shrink_percent: 101 } | guard.max_shrink_percent: must be a whole number from"
            + " 0 to 100, not 101",
        "guard: on                | guard: must be off or a section, not \"on\"",
        "guard: { max_shrink_percen: 5 } | guard.max_shrink_percen: unknown key; did you mean"
            + " max_shrink_percent?",
        "guard: { tables: { task: { queue: {} } } } | guard.tables.task: is not a configured"
            + " database; did you mean tasks?",
        "guard: { tables: { tasks: { queue: 100 } } } | guard.tables.tasks.queue: must be a"
            + " section, not 100",
        "guard: { tables: { tasks: { '*': { min_row: 1 } } } } | guard.tables.tasks.*.min_row:"
            + " unknown key; did you mean min_rows?",
        "github: { repo: a/b/c }  | github.repo: must be a repository as owner/name, or as a name"
            + " of one's own, not \"a/b/c\"",
        "github: { allow_public: true } | github.repo: is missing",
        "{ cadence_minutes: 60, github: { cadence_minutes: 15 } } | github.cadence_minutes: is 15,"
            + " and backups.cadence_minutes is 60 (config.yaml:2): leave one of them out",
        "rclone: { remote: b2 }   | rclone.remote: must be an rclone remote as name:path, not"
            + " \"b2\"",
        "directory: { path: ~/x } | directory.path: ~ is not expanded; write the whole path",
        "hooks: { on_failure: [] } | hooks.on_failure: must be a list of a command and its"
            + " arguments, not a list",
        "hooks: { on_failure: [a, 1] } | hooks.on_failure: must be text, not 1 (quotes make it"
            + " text)",
        "hooks: { on_failur: [a] } | hooks.on_failur: unknown key; did you mean on_failure?",
        "qqqqqqqqqqqqq: 1         | qqqqqqqqqqqqq: unknown key",
      })
  void load_unusableValue_isExplained(String yaml, String problem) {
    config.shared("backups:\n  " + yaml + "\n");

    assertThat(config.problems()).containsExactly("config.yaml:2: backups." + problem);
  }

  @Test
  void load_featureThatIsNeitherTrueNorFalse_isExplained() {
    config.shared("features: { github_backups: { wanted: yes } }");

    assertThat(config.problems())
        .containsExactly(
            "config.yaml:1: features.github_backups.wanted: must be true, false or undecided, not"
                + " \"yes\"");
  }

  @Test
  void load_controlCharactersInAKey_doNotReachTheTerminal() {
    config.shared("backups: { \"a\\e[31m\\nb\": 1 }");

    assertThat(config.problems())
        .containsExactly("config.yaml:1: backups.a\\u{1b}[31m\\u{a}b: unknown key");
  }

  @Test
  void load_liveDirectoryHoldsTheConfiguration_isRefused() {
    String name = config.directory().getFileName().toString();
    config.shared("paths: { data_root: .., db_dir: \"" + name + "\" }\n");

    assertThat(config.problems())
        .containsExactly(
            "config.yaml:1: paths.db_dir: must not hold the configuration: a restore replaces this"
                + " directory as a whole");
  }
}
