package dev.workbuddy.backup.signals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Json;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.runs.HookReport;
import dev.workbuddy.backup.runs.OngoingRun;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.runs.RunError;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.runs.RunRecords;
import dev.workbuddy.backup.runs.TakenSnapshot;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import dev.workbuddy.backup.testing.Tools;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
  private static final String ID = "snap-2026-11-22T10-00-00Z";
  private static final String ODD = "a \"b\" \\ c\nd, {e=\"f\"} é";
  private static final String SHOWN = ODD.replace("\n", "\\u{a}");
  private static final Path MONITORING = Path.of("docs", "monitoring");

  @TempDir Path root;
  private final ObedientClock clock = new ObedientClock("2026-11-22T10:00:00.500Z");
  private Settings settings;
  private RunRecords records;

  @BeforeEach
  void place() throws Exception {
    settings =
        new Settings(
            root,
            root,
            root.resolve("db"),
            Duration.ofHours(1),
            List.of(new VitalDatabase("tasks", "tasks.db", null)),
            Compression.GZIP,
            RetentionSettings.defaults());
    Files.createDirectories(settings.backupsDir().resolve(ID));
    records = new RunRecords(settings.backupsDir(), Machines.of("testhost", clock, clock));
    Files.write(
        settings.backupsDir().resolve(ID).resolve(Manifest.FILE_NAME),
        ManifestJson.write(manifest()));
  }

  private static Manifest manifest() {
    Manifest.Copy copy = new Manifest.Copy("wal-read", 1, 0, 0);
    return new Manifest(
        1,
        "2026-11-22T10:00:00Z",
        "testhost",
        null,
        null,
        null,
        null,
        Map.of("tasks", 1),
        Map.of("tasks", Map.of(ODD, 144L, "plain", 0L)),
        new Manifest.Tool("wb-backup", "1", "3"),
        false,
        false,
        null,
        "db",
        Map.of(
            "tasks",
            new Manifest.Database(
                "tasks.db",
                4096,
                "0".repeat(64),
                4096,
                1,
                "wal",
                0,
                copy,
                null,
                List.of(),
                List.of())),
        List.of(),
        0,
        List.of(),
        null,
        null,
        null);
  }

  private RunRecord everything() throws Exception {
    OngoingRun run = new OngoingRun(records, false);
    run.begin();
    run.enter(Phase.COPY);
    clock.moveTo("2026-11-22T10:00:02Z");
    run.taken(new TakenSnapshot(ID, 5_000_000_000L, 12_345, List.of(), List.of()));
    run.pushed(
        List.of(
            new RemoteReport(
                ODD,
                RemoteReport.DONE,
                null,
                "",
                "",
                List.of(ID),
                2,
                List.of(),
                List.of(),
                List.of(),
                77,
                1234)));
    run.ran(List.of(new HookReport("after_snapshot", "x", HookReport.FAILED, 1, 1, "")));
    return run.end(Status.DONE, null, List.of());
  }

  private Map<String, Map<Map<String, String>, Double>> read(RunRecord run) {
    return StrictExposition.read(new Metrics(settings).text(run));
  }

  @Test
  void text_everything_isReadByTheRulesOfTheFormat() throws Exception {
    var metrics = read(everything());
    assertThat(metrics.get("wb_backup_table_rows"))
        .isEqualTo(
            Map.of(
                Map.of("database", "tasks", "table", SHOWN), 144.0,
                Map.of("database", "tasks", "table", "plain"), 0.0));
    assertThat(metrics.get("wb_backup_remote_last_success_timestamp_seconds"))
        .isEqualTo(Map.of(Map.of("remote", SHOWN), 1795341602.0));
    assertThat(metrics.get("wb_backup_last_run_duration_seconds")).isEqualTo(Map.of(Map.of(), 1.5));
    assertThat(metrics.get("wb_backup_snapshot_size_bytes")).isEqualTo(Map.of(Map.of(), 5e9));
    assertThat(metrics.get("wb_backup_last_run_hook_failures")).isEqualTo(Map.of(Map.of(), 1.0));
    assertThat(metrics.get("wb_backup_last_run_status"))
        .containsEntry(Map.of("status", "done"), 1.0)
        .containsEntry(Map.of("status", "failed"), 0.0);
  }

  @Test
  void text_failedAfterASuccess_keepsWhenThatWasAndItsRows() throws Exception {
    everything();
    clock.moveTo("2026-11-22T12:00:00Z");
    OngoingRun run = new OngoingRun(records, false);
    run.begin();
    RunRecord failed = run.end(Status.FAILED, new RunError("io-failed", "", ""), List.of());
    var metrics = read(failed);
    assertThat(metrics.get("wb_backup_last_success_timestamp_seconds"))
        .isEqualTo(Map.of(Map.of(), 1795341602.0));
    assertThat(metrics)
        .containsKeys("wb_backup_table_rows")
        .doesNotContainKey("wb_backup_remote_up");
    assertThat(metrics.get("wb_backup_last_run_status"))
        .containsEntry(Map.of("status", "failed"), 1.0);
  }

  @Test
  void text_rehearsedRestores_tellsWhenEachRemoteWasProvenLast() throws Exception {
    DrillHistory drills = new DrillHistory(settings.backupsDir());
    drills.add(drill("2026-11-20T10:00:00Z", ODD, Status.DONE));
    drills.add(drill("2026-11-21T10:00:00Z", ODD, Status.DAMAGED));
    drills.add(drill("2026-11-21T10:00:00Z", "never", Status.FAILED));
    assertThat(read(everything()).get("wb_backup_drill_last_success_timestamp_seconds"))
        .isEqualTo(
            Map.of(
                Map.of("remote", SHOWN),
                (double) Instant.parse("2026-11-20T10:00:00Z").getEpochSecond()));
  }

  private static DrillRecord drill(String at, String place, Status status) {
    return new DrillRecord(
        Instant.parse(at), place, status, ID, null, true, 3, 1, 2, 0, 60, 1, 2, 3, null, List.of());
  }

  @Test
  void text_neverASuccess_leavesItOut() throws Exception {
    OngoingRun run = new OngoingRun(records, false);
    run.begin();
    RunRecord failed = run.end(Status.FAILED, new RunError("io-failed", "", ""), List.of());
    String text = new Metrics(settings).text(failed);
    assertThat(StrictExposition.read(text))
        .doesNotContainKeys(
            "wb_backup_last_success_timestamp_seconds",
            "wb_backup_table_rows",
            "wb_backup_snapshot_size_bytes");
  }

  @Test
  void write_fileIsThere_replacesItForAllToReadAndLeavesNothingBeside() throws Exception {
    Path directory = Files.createDirectory(root.resolve("collector"));
    Path file = directory.resolve("wb.prom");
    Files.writeString(file, "old");
    new Metrics(settings).write(file, everything());
    assertThat(StrictExposition.read(Files.readString(file))).isNotEmpty();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-r--r--");
    try (var names = Files.list(directory)) {
      assertThat(names).containsExactly(file);
    }
  }

  @Test
  void monitoring_everyMetricThatItNames_isThere() throws Exception {
    new DrillHistory(settings.backupsDir()).add(drill("2026-11-20T10:00:00Z", ODD, Status.DONE));
    Set<String> written = read(everything()).keySet();
    for (String document : List.of("alerts.yaml", "grafana-dashboard.json")) {
      Set<String> named = new TreeSet<>();
      Matcher name =
          Pattern.compile("wb_backup_\\w+").matcher(Files.readString(MONITORING.resolve(document)));
      while (name.find()) {
        named.add(name.group());
      }
      assertThat(named).as(document).hasSizeGreaterThan(7).isSubsetOf(written);
    }
    assertThat(Json.parse(Files.readAllBytes(MONITORING.resolve("grafana-dashboard.json"))).size())
        .isPositive();
  }

  @Test
  void text_everything_isWhatPrometheusAccepts() throws Exception {
    Tools.require("promtool", "sh");
    Path file = root.resolve("wb.prom");
    new DrillHistory(settings.backupsDir()).add(drill("2026-11-20T10:00:00Z", ODD, Status.DONE));
    new Metrics(settings).write(file, everything());
    String complaints =
        Tools.run(root, List.of("sh", "-c", "promtool check metrics <\"$0\"", file.toString()));
    assertThat(complaints).isEmpty();
  }

  @Test
  void monitoring_alerts_fireWhenTheyShouldAndOnlyThen() throws Exception {
    Tools.require("promtool");
    Path here = Path.of("").toAbsolutePath();
    Path rules = MONITORING.resolve("alerts.yaml");
    Path cases = Path.of("src", "test", "resources", "monitoring", "alerts-test.yaml");
    assertThat(Tools.run(here, List.of("promtool", "check", "rules", rules.toString())))
        .contains("SUCCESS");
    assertThat(Tools.run(here, List.of("promtool", "test", "rules", cases.toString())))
        .contains("SUCCESS");

    Matcher alert = Pattern.compile("- alert: (\\w+)").matcher(Files.readString(rules));
    int alerts = 0;
    while (alert.find()) {
      alerts++;
      assertThat(Files.readString(cases))
          .containsPattern("alertname: " + alert.group(1) + "\\s+exp_alerts: \\[]")
          .containsPattern("alertname: " + alert.group(1) + "\\s+exp_alerts:\\s+- ");
    }
    assertThat(alerts).isGreaterThan(10);
  }
}
