package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of an application, and what the configuration makes of it. */
class ProfileTest {
  @TempDir private Path dir;
  private ConfigFixture config;

  @BeforeEach
  void makeFixture() {
    config = new ConfigFixture(dir);
  }

  private Path file(String path, String text) throws IOException {
    Path file = dir.resolve(path);
    Files.createDirectories(Objects.requireNonNull(file.getParent()));
    return Files.writeString(file, text);
  }

  private static String path(LoadedConfig loaded, String name) {
    return loaded.settings().database(name).orElseThrow().path();
  }

  @Test
  void load_fileAtEitherPlace_isFoundThere() throws IOException {
    config.shared("");
    assertThat(path(config.load(), "tasks")).isEqualTo("tasks/task_metadata.db");

    Path flat = file(".data/db/task_metadata.db", "x");
    assertThat(path(config.load(), "tasks")).isEqualTo("task_metadata.db");

    Files.delete(flat);
    file(".data/db/tasks/task_metadata.db", "x");
    assertThat(path(config.load(), "tasks")).isEqualTo("tasks/task_metadata.db");
  }

  @Test
  void load_filesAtBothPlaces_isAQuestion() throws IOException {
    config.shared("");
    Path flat = file(".data/db/task_metadata.db", "four");
    Path deep = file(".data/db/tasks/task_metadata.db", "sixsix");

    BackupException failure = config.failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
    assertThat(failure.text())
        .contains(deep + " (6 bytes", flat + " (4 bytes", "backups.databases.tasks.path");
    config.local(
        "backups: { profile: work-buddy, databases: { tasks: { path: task_metadata.db }}}");
    assertThat(path(config.load(), "tasks")).isEqualTo("task_metadata.db");
  }

  @Test
  void load_oneFileAtBothPlaces_isOne() throws IOException {
    config.shared("");
    Path flat = file(".data/db/task_metadata.db", "four");
    Files.createDirectories(dir.resolve(".data/db/tasks"));
    Files.createSymbolicLink(dir.resolve(".data/db/tasks/task_metadata.db"), flat);

    assertThat(path(config.load(), "tasks")).isEqualTo("tasks/task_metadata.db");
  }

  @Test
  void load_optionalDatabase_isVitalOnceItIsThere() throws IOException {
    config.shared("");
    assertThat(config.load().settings().databases()).hasSize(5);

    file(".data/db/settings.db", "x");

    Settings settings = config.load().settings();
    assertThat(settings.databases()).extracting(VitalDatabase::name).contains("settings");
    assertThat(settings.dormant())
        .extracting(VitalDatabase::name)
        .containsExactly("truth_registry");
  }

  @Test
  void load_databasesWithoutProfile_areAllThereIs() {
    config.shared("backups: { databases: { a: { path: a.db } } }");

    Settings settings = config.load().settings();
    assertThat(settings.known()).containsExactly(new VitalDatabase("a", "a.db", null));
  }

  @Test
  void load_databasesBesideAProfile_addAndOverride() {
    config.shared(
        """
        backups:
          profile: work-buddy
          databases:
            notes: { path: notes.db }
            projects: { owner: me }
        """);

    LoadedConfig loaded = config.load();

    assertThat(loaded.settings().databases()).hasSize(6);
    assertThat(loaded.settings().database("notes")).isPresent();
    assertThat(loaded.settings().database("projects").orElseThrow().owner()).isEqualTo("me");
    assertThat(loaded.effective())
        .contains(
            new EffectiveSetting("backups.profile", "work-buddy", "config.yaml:2"),
            new EffectiveSetting("backups.databases.projects.owner", "me", "config.yaml:5"),
            new EffectiveSetting(
                "backups.databases.projects.path", "projects.db", "profile work-buddy"));
  }

  @Test
  void load_profileOfAnotherApplication_isReadFromItsFile() throws IOException {
    Path python = file("env/bin/python", "");
    file("app.cfg", "");
    assertThat(python.toFile().setExecutable(true)).isTrue();
    file(
        "app/backup-profile.yaml",
        """
        name: other
        recognised_by: [app.cfg]
        programs: { python: [missing/python, env/bin/python, python3] }
        databases:
          main:
            path: [new.db, old.db]
            migrate_command: ["{python}", up.py, "{db}"]
            max_schema_version_command: ["{python}", top.py]
        """);
    config.shared("backups: { profile: app/backup-profile.yaml }");

    assertThat(config.load().settings().databases())
        .containsExactly(
            new VitalDatabase(
                "main",
                "new.db",
                null,
                new LadderSource.Command(
                    List.of(python.toString(), "up.py", "{db}"),
                    null,
                    List.of(python.toString(), "top.py")),
                List.of("new.db", "old.db"),
                false));
    config.local("backups: { programs: { python: /opt/python } }");
    assertThat(config.load().settings().databases().getFirst().ladder())
        .isEqualTo(
            new LadderSource.Command(
                List.of("/opt/python", "up.py", "{db}"), null, List.of("/opt/python", "top.py")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nosuch      |                                | config.yaml:1: backups.profile: there is no"
            + " profile",
        "my.yaml     | name: x                        | my.yaml:1: backups.databases: is missing",
        "my.yaml     | databse: {}                    | my.yaml:1: databse: unknown key",
        "my.yaml     | databases: { a: { path: /x } } | my.yaml:1: backups.databases.a.path: must"
            + " be",
        "my.yaml     | databases: [a                  | my.yaml:1: not valid YAML",
      })
  void load_unusableProfile_isExplained(String name, String text, String problem)
      throws IOException {
    if (text != null) {
      file("my.yaml", text);
    }
    config.shared("backups: { profile: " + name + " }");

    assertThat(config.problems()).anyMatch(line -> line.startsWith(problem));
  }

  /** Nobody has to guess: what it must be, where it stands, and what was probably meant. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "work-budy       | there is no profile \"work-budy\"; did you mean work-buddy?",
        "Work-Buddy      | there is no profile \"Work-Buddy\"; did you mean work-buddy?",
        "workbuddy       | there is no profile \"workbuddy\"; did you mean work-buddy?",
        "apps/other.yaml | there is no profile \"apps/other.yaml\" and no file",
        "x%s%n           | there is no profile \"x%s%n\" and no file",
        "null            | has no value, but must be work-buddy, or a profile's file",
        "~               | ~ is not expanded; write the whole path",
        "7               | must be work-buddy, or a profile's file, not 7",
        "true            | must be work-buddy, or a profile's file, not true",
        "[work-buddy]    | must be work-buddy, or a profile's file, not a list",
        "{ a: b }        | must be work-buddy, or a profile's file, not a section",
        "'\"\"'            | must be work-buddy, or a profile's file, not \"\"",
        "'\"\\0\"'          | is not a possible path here",
        "~/profile.yaml  | ~ is not expanded; write the whole path",
      })
  void load_profileThatIsNone_isOneProblemWithItsPlaceAndAHint(String value, String problem) {
    config.shared("backups:\n  profile: " + Objects.toString(value, "") + "\n");

    assertThat(config.problems())
        .singleElement()
        .asString()
        .startsWith("config.yaml:2: backups.profile: " + problem);
    assertThat(config.failure().hint()).isEqualTo("Edit " + dir.resolve("config.yaml") + ".");
  }

  @Test
  void load_ladders_areTheApplicationsWhereItIsAndTheUsersWhereNamed() throws IOException {
    config.shared("");
    assertThat(config.load().settings().known()).allMatch(known -> known.ladder() == null);

    file("work_buddy/paths.py", "");
    config.local("backups: { profile: work-buddy, databases: { tasks: { migrations: steps } } }");

    Settings settings = config.load().settings();
    assertThat(settings.database("tasks").orElseThrow().ladder())
        .isEqualTo(new LadderSource.SqlFiles(dir.resolve("steps")));
    assertThat(settings.database("projects").orElseThrow().ladder())
        .isInstanceOf(LadderSource.Command.class);
    assertThat(settings.database("messages").orElseThrow().ladder()).isNull();
  }

  @Test
  void load_noFileAndNoDatabase_asksForAConfiguration() {
    assertThat(config.failure().code()).isEqualTo(ErrorCode.CONFIG_MISSING);
  }

  @Test
  void load_noFileButADatabaseInItsUsualPlace_takesTheDefaultsAndSaysSo() throws IOException {
    file(".data/db/task_metadata.db", "x");

    LoadedConfig loaded = config.load();

    assertThat(path(loaded, "tasks")).isEqualTo("task_metadata.db");
    assertThat(loaded.warnings())
        .singleElement()
        .asString()
        .contains("no config.yaml in " + dir, dir.resolve(".data/db").toString(), "wb-backup init");
  }

  @Test
  void load_noFileButADatabaseBelowTheDataDirectory_takesTheDefaults() throws IOException {
    file("elsewhere/db/projects.db", "x");

    LoadedConfig loaded =
        config.load(Map.of("WORK_BUDDY_DATA_DIR", dir.resolve("elsewhere").toString()));

    assertThat(loaded.settings().dbDir()).isEqualTo(dir.resolve("elsewhere/db"));
    Assertions.assertThat(loaded.warnings()).hasSize(1);
  }

  @Test
  void init_besideTheApplicationsConfiguration_leavesItAndSetsTheProfile() throws IOException {
    file("work_buddy/paths.py", "");
    String theirs = "vault_root: /v   # mine\npaths:\n  data_root: .data\n";
    config.shared(theirs);
    config.local("dashboard:\n  read_only: true # here\n");

    InitResult result = new Initializer(dir).init(dir, null);

    assertThat(result.configFile()).isEqualTo(dir.resolve("config.local.yaml"));
    assertThat(result.databases()).hasSize(5);
    assertThat(Files.readString(dir.resolve("config.yaml"))).isEqualTo(theirs);
    assertThat(Files.readString(dir.resolve("config.local.yaml")))
        .isEqualTo("dashboard:\n  read_only: true # here\nbackups:\n  profile: work-buddy\n");
    assertThat(config.load().settings().databases()).hasSize(5);
    assertThat(new Initializer(dir).init(dir, null))
        .returns(false, InitResult::written)
        .returns(dir.resolve("config.local.yaml"), InitResult::configFile);
  }

  /** Who switches from the original has a configuration that speaks of backups. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "backups: { github: { repo: mine } }                   | work-buddy | 5",
        "backups: { profile: work-buddy, cadence_minutes: 30 } | work-buddy | 5",
        "backups: { databases: { a: { path: a.db } } }         |            | 1",
      })
  void init_configurationThatSpeaksOfBackups_staysAndIsTold(
      String yaml, @Nullable String profile, int databases) throws IOException {
    config.shared("vault_root: /v\n" + yaml + "\n");
    String before = Files.readString(dir.resolve("config.yaml"));

    for (Path searched : new @Nullable Path[] {null, dir.resolve(".data/db"), dir}) {
      InitResult result = new Initializer(dir).init(dir, searched);

      assertThat(result.written()).isFalse();
      assertThat(result.configFile()).isEqualTo(dir.resolve("config.yaml"));
      assertThat(result.profile()).isEqualTo(profile);
      assertThat(result.databases()).hasSize(databases);
    }
    BackupException other =
        Objects.requireNonNull(
            Assertions.catchThrowableOfType(
                BackupException.class,
                () -> new Initializer(dir).init(dir, dir.resolveSibling("other"))));
    assertThat(other.code()).isEqualTo(ErrorCode.CONFIG_EXISTS);
    assertThat(other.text()).contains(dir.resolve(".data/db").toString());
    assertThat(Files.readString(dir.resolve("config.yaml"))).isEqualTo(before);
    assertThat(dir.resolve("config.local.yaml")).doesNotExist();
  }

  @Test
  void init_besideTheApplication_writesTheProfileAndNoListOfFiles() throws IOException {
    file("work_buddy/paths.py", "");
    file(".data/db/llm_call_queue.db", "SQLite format 3\0");

    new Initializer(dir).init(dir, dir.resolve(".data"));

    assertThat(Files.readString(dir.resolve("config.yaml")))
        .contains("  profile: work-buddy\n")
        .doesNotContain("llm_call_queue");
  }
}
