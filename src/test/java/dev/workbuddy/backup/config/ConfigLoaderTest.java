package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {
  @TempDir private Path dir;
  private ConfigFixture config;

  @BeforeEach
  void makeFixture() {
    config = new ConfigFixture(dir);
  }

  @Test
  void load_emptyFile_givesAllDefaults() {
    Settings settings = config.shared("").load().settings();

    assertThat(settings.databases())
        .map(database -> new VitalDatabase(database.name(), database.path(), database.owner()))
        .containsExactly(
            new VitalDatabase("tasks", "tasks/task_metadata.db", "obsidian/tasks-plugin"),
            new VitalDatabase("projects", "projects.db", "projects/"),
            new VitalDatabase("messages", "messages.db", "messaging/"),
            new VitalDatabase("threads", "threads.db", "threads/"),
            new VitalDatabase("entities", "entities.db", "entities/"));
    assertThat(settings.dormant())
        .extracting(VitalDatabase::name)
        .containsExactly("settings", "truth_registry");
    assertThat(settings)
        .isEqualTo(
            new Settings(
                dir,
                dir.resolve(".data"),
                dir.resolve(".data/db"),
                Duration.ofMinutes(60),
                settings.databases(),
                Compression.GZIP,
                new RetentionSettings(24, 7, 4, 12, RetentionSettings.UNBOUNDED, 20, 20, 3),
                GuardSettings.defaults(),
                RemoteSettings.NONE,
                SignalSettings.NONE,
                DrillSettings.defaults(),
                FeatureSettings.NONE,
                settings.dormant()));
  }

  @Test
  void load_emptyFile_showsEveryDefault() {
    LoadedConfig loaded = config.shared("# nothing yet\n").load();

    assertThat(lines(loaded))
        .filteredOn(line -> !line.contains("_command ") && !line.contains(".optional"))
        .containsExactly(
            "paths.data_root = .data (default)",
            "paths.db_dir = db (default)",
            "backups.cadence_minutes = 60 (default)",
            "backups.profile = work-buddy (default)",
            "backups.programs.python = python3 (profile work-buddy)",
            "backups.databases.tasks.path = tasks/task_metadata.db (profile work-buddy)",
            "backups.databases.tasks.owner = obsidian/tasks-plugin (profile work-buddy)",
            "backups.databases.projects.path = projects.db (profile work-buddy)",
            "backups.databases.projects.owner = projects/ (profile work-buddy)",
            "backups.databases.messages.path = messages.db (profile work-buddy)",
            "backups.databases.messages.owner = messaging/ (profile work-buddy)",
            "backups.databases.threads.path = threads.db (profile work-buddy)",
            "backups.databases.threads.owner = threads/ (profile work-buddy)",
            "backups.databases.entities.path = entities.db (profile work-buddy)",
            "backups.databases.entities.owner = entities/ (profile work-buddy)",
            "backups.databases.settings.path = settings.db (profile work-buddy)",
            "backups.databases.settings.owner = settings/ (profile work-buddy)",
            "backups.databases.truth_registry.path = truth_registry.db (profile work-buddy)",
            "backups.databases.truth_registry.owner = truth/ (profile work-buddy)",
            "backups.compression = gzip (default)",
            "backups.retention.hourly = 24 (default)",
            "backups.retention.daily = 7 (default)",
            "backups.retention.weekly = 4 (default)",
            "backups.retention.monthly = 12 (default)",
            "backups.retention.annual = unbounded (default)",
            "backups.retention.manual = 20 (default)",
            "backups.retention.agent = 20 (default)",
            "backups.minimum_keep = 3 (default)",
            "backups.guard.max_shrink_percent = 30 (default)",
            "backups.guard.min_rows = 20 (default)",
            "backups.hooks.time_limit_seconds = 300 (default)",
            "backups.drill.window_days = 30 (default)",
            "backups.drill.time_limit_seconds = 300 (default)");
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void load_emptySections_giveDefaults() {
    LoadedConfig loaded =
        config.shared("paths:\nbackups:\n  retention:\n  guard:\n  hooks: {}\nfeatures:\n").load();

    assertThat(lines(loaded))
        .hasSizeGreaterThan(27)
        .allMatch(line -> line.endsWith("(default)") || line.endsWith("(profile work-buddy)"));
    assertThat(loaded.warnings()).isEmpty();
  }

  @Test
  void load_localFileOnly_isEnough() {
    assertThat(config.local("backups: { compression: zstd }").load().settings().compression())
        .isEqualTo(Compression.ZSTD);
  }

  @Test
  void load_localFile_mergesSectionsAndReplacesValues() {
    config.shared(
        """
        backups:
          cadence_minutes: 30
          databases:
            a: { path: a.db, owner: me }
          retention: { hourly: 1, daily: 2 }
        """);
    config.local(
        """
        backups:
          databases:
            a: { path: sub/a.db }
            b: { path: b.db }
          retention: { daily: 9 }
        paths:
        """);

    LoadedConfig loaded = config.load();

    assertThat(loaded.settings().databases())
        .containsExactly(
            new VitalDatabase("a", "sub/a.db", "me"), new VitalDatabase("b", "b.db", null));
    assertThat(lines(loaded))
        .contains(
            "backups.cadence_minutes = 30 (config.yaml:2)",
            "backups.databases.a.path = sub/a.db (config.local.yaml:3)",
            "backups.databases.a.owner = me (config.yaml:4)",
            "backups.retention.hourly = 1 (config.yaml:5)",
            "backups.retention.daily = 9 (config.local.yaml:5)",
            "backups.retention.weekly = 4 (default)");
  }

  @Test
  void load_emptySectionInLocalFile_leavesSharedSectionAlone() {
    config.shared("backups: { minimum_keep: 9 }").local("backups:\n");

    assertThat(config.load().settings().retention().minimumKeep()).isEqualTo(9);
  }

  @Test
  void load_noFile_namesInit() {
    BackupException failure = config.failure();

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_MISSING);
    assertThat(failure.text())
        .isEqualTo(
            "No configuration in " + dir + ": neither config.yaml nor config.local.yaml is there.");
    assertThat(failure.hint()).contains("`wb-backup init DIR`");
  }

  @Test
  void load_dataDirVariable_overridesDataRoot() {
    config.shared("paths: { data_root: elsewhere }");

    LoadedConfig loaded = config.load(Map.of("WORK_BUDDY_DATA_DIR", "from-env"));

    assertThat(loaded.settings().dataRoot()).isEqualTo(dir.resolve("from-env"));
    assertThat(loaded.settings().dbDir()).isEqualTo(dir.resolve("from-env/db"));
    assertThat(lines(loaded))
        .contains(
            "paths.data_root = " + dir.resolve("from-env") + " (environment WORK_BUDDY_DATA_DIR)");
  }

  @Test
  void load_emptyVariables_countAsUnset() {
    config.shared("");

    Settings settings =
        config.load(Map.of("WORK_BUDDY_DATA_DIR", "", "WORK_BUDDY_CONFIG_DIR", "")).settings();

    assertThat(settings.dataRoot()).isEqualTo(dir.resolve(".data"));
  }

  @Test
  void load_tildeInVariable_isAProblemOfTheVariable() {
    BackupException failure = config.shared("").failure(Map.of("WORK_BUDDY_DATA_DIR", "~/data"));

    assertThat(failure.text())
        .isEqualTo(
            """
            The configuration has a problem:
              environment WORK_BUDDY_DATA_DIR: paths.data_root: ~ is not expanded; write the whole path\
            """);
    assertThat(failure.hint())
        .isEqualTo("Correct or unset the environment variable WORK_BUDDY_DATA_DIR.");
  }

  @Test
  void load_configDir_optionBeatsVariableBeatsWorkingDirectory() throws IOException {
    Path option = Files.createDirectory(dir.resolve("option"));
    Path variable = Files.createDirectory(dir.resolve("variable"));
    for (Path each : List.of(option, variable, dir)) {
      new ConfigFixture(each).shared("");
    }
    ConfigLoader withVariable = new ConfigLoader(Map.of("WORK_BUDDY_CONFIG_DIR", "variable"), dir);

    assertThat(withVariable.load(Path.of("x/../option")).settings().configDir()).isEqualTo(option);
    assertThat(withVariable.load(null).settings().configDir()).isEqualTo(variable);
    assertThat(new ConfigLoader(Map.of(), dir).load(null).settings().configDir()).isEqualTo(dir);
  }

  @Test
  void load_absoluteAndClimbingDataRoot_isAllowed() {
    Path absolute = dir.resolve("abs");
    config.shared("paths: { data_root: '" + absolute + "', db_dir: a/./b }");
    assertThat(config.load().settings().dbDir()).isEqualTo(absolute.resolve("a/b"));

    config.shared("paths: { data_root: ../up }");
    assertThat(config.load().settings().dataRoot())
        .isEqualTo(Objects.requireNonNull(dir.getParent()).resolve("up"));
  }

  @Test
  void load_pingUrl_isListedWithoutItsSecretParts() {
    config.shared("backups: { ping_url: 'https://me:pw@example.org:8443/secret?also=secret' }");

    assertThat(lines(config.load()))
        .contains("backups.ping_url = https://example.org:8443/… (config.yaml:1)");
  }

  @Test
  void load_anchorsAndAliases_work() {
    config.shared("backups: { retention: { hourly: &n 5, daily: *n } }");

    assertThat(config.load().settings().retention().daily()).isEqualTo(5);
  }

  @Test
  void load_byteOrderMark_isPassedOver() {
    assertThat(config.shared("\uFEFFbackups: { minimum_keep: 7 }").load().settings().retention())
        .returns(7, RetentionSettings::minimumKeep);
  }

  @Test
  void load_impossibleConfigDirVariable_isRefused() {
    ConfigLoader loader = new ConfigLoader(Map.of("WORK_BUDDY_CONFIG_DIR", "a\0b"), dir);

    BackupException failure =
        Objects.requireNonNull(
            catchThrowableOfType(BackupException.class, () -> loader.load(null)));

    assertThat(failure.code()).isEqualTo(ErrorCode.CONFIG_INVALID);
  }

  private static List<String> lines(LoadedConfig loaded) {
    return loaded.effective().stream()
        .map(each -> each.key() + " = " + each.value() + " (" + each.origin() + ")")
        .toList();
  }
}
