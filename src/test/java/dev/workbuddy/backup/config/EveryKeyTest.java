package dev.workbuddy.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.YamlNode.Mapping;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every key, each with a value other than its default. A new key must be added here. */
class EveryKeyTest {
  private static final String ALL =
      """
      paths:
        data_root: data
        db_dir: live/db
      backups:
        cadence_minutes: 15
        profile: mine.yaml
        programs:
          python: /usr/bin/app-python
        databases:
          notes:
            path: sub/notes.db
            optional: true
            owner: notes team
            migrations: migrations/notes
          people:
            path: people.db
            migrate_command: [python, -m, app.migrate, "{db}"]
            max_schema_version: 7
            max_schema_version_command: ["{python}", -m, app.version]
        compression: zstd
        retention:
          hourly: 1
          daily: 2
          weekly: 3
          monthly: 4
          annual: 5
          manual: unbounded
          agent: 7
        minimum_keep: 6
        guard:
          max_shrink_percent: 31
          min_rows: 21
          tables:
            notes:
              queue:
                max_shrink_percent: 100
                min_rows: 5
            people:
              "cache *":
                min_rows: 7
        namespace: my-machine
        github:
          repo: me/my-data
          cadence_minutes: 15
          allow_public: true
          allow_unencrypted_private_content: true
        rclone:
          remote: "b2:bucket/path"
        directory:
          path: /mnt/nas/wb
          marker: .mounted
        hooks:
          before_snapshot: [one]
          after_snapshot: [two, 2 words]
          before_restore: [three]
          after_restore: [four]
          on_failure: [[five, by mail], [six]]
          time_limit_seconds: 60
        ping_url: https://example.org/…
        metrics_file: /var/lib/metrics/wb.prom
        drill:
          window_days: 14
          smoke_command: [app, check, "{db_dir}"]
          time_limit_seconds: 45
        agent_command: [claude, --model, best]
      features:
        github_backups:
          wanted: true
          reason: safe
      """;

  @TempDir private Path dir;

  @BeforeEach
  void writeProfile() throws IOException {
    Files.writeString(dir.resolve("mine.yaml"), "name: mine\n");
  }

  @Test
  void load_everyKey_reachesItsSetting() {
    assertThat(new ConfigFixture(dir).shared(ALL).load().settings())
        .isEqualTo(
            new Settings(
                dir,
                dir.resolve("data"),
                dir.resolve("data/live/db"),
                Duration.ofMinutes(15),
                List.of(
                    new VitalDatabase(
                        "people",
                        "people.db",
                        null,
                        new LadderSource.Command(
                            List.of("python", "-m", "app.migrate", "{db}"),
                            7,
                            List.of("/usr/bin/app-python", "-m", "app.version")))),
                Compression.ZSTD,
                new RetentionSettings(1, 2, 3, 4, 5, RetentionSettings.UNBOUNDED, 7, 6),
                new GuardSettings(
                    true,
                    new GuardSettings.Limits(31, 21),
                    List.of(
                        new GuardSettings.TableRule(
                            "notes", "queue", new GuardSettings.Limits(100, 5)),
                        new GuardSettings.TableRule(
                            "people", "cache *", new GuardSettings.Limits(31, 7)))),
                new RemoteSettings(
                    "my-machine",
                    new RemoteSettings.Github("me/my-data", true),
                    "b2:bucket/path",
                    new RemoteSettings.Directory(Path.of("/mnt/nas/wb"), ".mounted")),
                new SignalSettings(
                    new HookSettings(
                        Map.of(
                            Hook.BEFORE_SNAPSHOT, List.of(List.of("one")),
                            Hook.AFTER_SNAPSHOT, List.of(List.of("two", "2 words")),
                            Hook.BEFORE_RESTORE, List.of(List.of("three")),
                            Hook.AFTER_RESTORE, List.of(List.of("four")),
                            Hook.ON_FAILURE, List.of(List.of("five", "by mail"), List.of("six"))),
                        Duration.ofSeconds(60)),
                    new PingAddress(URI.create("https://example.org/…")),
                    Path.of("/var/lib/metrics/wb.prom")),
                new DrillSettings(
                    Duration.ofDays(14),
                    List.of("app", "check", "{db_dir}"),
                    Duration.ofSeconds(45)),
                new FeatureSettings(
                    Map.of("github_backups", new Preference(Preference.Choice.WANTED, "safe")),
                    List.of("claude", "--model", "best")),
                List.of(
                    new VitalDatabase(
                        "notes",
                        "sub/notes.db",
                        "notes team",
                        new LadderSource.SqlFiles(dir.resolve("migrations/notes")),
                        List.of("sub/notes.db"),
                        true))));
  }

  @Test
  void load_everyKey_isShownWithItsLine() {
    List<EffectiveSetting> effective = new ConfigFixture(dir).shared(ALL).load().effective();
    List<String> lines = ALL.lines().toList();

    assertThat(effective).hasSize(49);
    for (EffectiveSetting setting : effective) {
      int line = Integer.parseInt(setting.origin().replace("config.yaml:", ""));
      String key = setting.key().substring(setting.key().lastIndexOf('.') + 1);
      String written = lines.get(line - 1).strip().replace("\"", "");
      assertThat(written).isEqualTo(key + ": " + setting.value());
    }
  }

  @Test
  void read_everyKnownKey_isInThisTest() {
    Problems problems = new Problems(dir, List.of("config.yaml"));
    ReadContext context = new ReadContext(problems);
    Mapping root = new YamlReader("config.yaml", problems).read(ALL).orElseThrow();
    new SettingsReader(dir, context).read(root);
    problems.throwIfAny();

    List<String> shown =
        context.effective().stream().map(EffectiveSetting::key).map(EveryKeyTest::ofAny).toList();

    assertThat(context.knownKeys().stream().map(EveryKeyTest::ofAny))
        .allMatch(key -> shown.stream().anyMatch(each -> (each + ".").startsWith(key + ".")));
  }

  /** One database cannot have all keys, so several together do. */
  private static String ofAny(String key) {
    return key.replaceFirst("^backups\\.databases\\.\\w+", "backups.databases.any")
        .replaceFirst("^(backups\\.guard\\.tables)\\.\\w+\\.[a-z *]+", "$1.any.any");
  }

  @Test
  void read_everyKeyWithADefault_differsFromItHere() {
    Map<String, String> defaults =
        new ConfigFixture(dir)
            .shared("").load().effective().stream()
                .collect(Collectors.toMap(EffectiveSetting::key, EffectiveSetting::value));
    Map<String, EffectiveSetting> here =
        new ConfigFixture(dir)
            .shared(ALL).load().effective().stream()
                .collect(Collectors.toMap(EffectiveSetting::key, Function.identity()));

    assertThat(defaults.keySet())
        .filteredOn(key -> !key.startsWith("backups.databases."))
        .allSatisfy(
            key -> assertThat(here.get(key)).matches(it -> !it.value().equals(defaults.get(key))));
  }

  @Test
  void load_everyKey_hasAnEffect() {
    assertThat(new ConfigFixture(dir).shared(ALL).load().warnings()).isEmpty();
  }
}
