package dev.workbuddy.backup.signals;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileModes;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.HookReport;
import dev.workbuddy.backup.runs.LastGood;
import dev.workbuddy.backup.runs.Phase;
import dev.workbuddy.backup.runs.RemoteReport;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.SnapshotId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Prometheus learns of a run, by the textfile collector of node_exporter. What is not known is
 * left out: a zero would say that somebody had looked.
 */
final class Metrics {
  private static final int READABLE = 0644;

  private final Settings settings;

  Metrics(Settings settings) {
    this.settings = settings;
  }

  /** Replaces the file as a whole, so that a scrape never sees half of it. */
  void write(Path file, RunRecord run) throws IOException {
    // The collector reads all names that end in .prom, and the temporary one does not.
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    DurableFiles.writeForOthers(fresh, text(run).getBytes(StandardCharsets.UTF_8));
    FileModes.set(fresh, READABLE);
    DurableFiles.rename(fresh, file);
  }

  String text(RunRecord run) {
    PrometheusText all = new PrometheusText();
    all.gauge(
        "wb_backup_cadence_seconds",
        "How often a snapshot is expected.",
        settings.cadence().toSeconds());
    run(all, run);
    snapshot(all, run);
    manifest(run).ifPresent(manifest -> content(all, manifest));
    remotes(all, run);
    drills(all);
    if (settings.guard().on()) {
      all.gauge(
          "wb_backup_alarms_open", "Alarms that nobody has acknowledged.", run.alarms().size());
    }
    return all.text();
  }

  private static void run(PrometheusText all, RunRecord run) {
    for (Status status : List.of(Status.DONE, Status.INCOMPLETE, Status.FAILED)) {
      all.gauge(
          "wb_backup_last_run_status",
          "How the last run ended: 1 for the status that it has.",
          Map.of("status", status.word()),
          run.status().equals(status.word()) ? 1 : 0);
    }
    all.millis(
        "wb_backup_last_run_timestamp_seconds",
        "When the last run ended.",
        run.latest().toEpochMilli());
    all.millis(
        "wb_backup_last_run_duration_seconds", "How long the last run took.", run.durationMillis());
    for (Phase phase : run.phases()) {
      all.millis(
          "wb_backup_last_run_phase_duration_seconds",
          "How long each phase of the last run took.",
          Map.of("phase", phase.name()),
          phase.millis());
    }
    all.gauge(
        "wb_backup_last_run_hook_failures",
        "How many commands of hooks failed in the last run.",
        run.hooks().stream().filter(hook -> !hook.isDone()).map(HookReport::hook).count());
  }

  private static void snapshot(PrometheusText all, RunRecord run) {
    run.lastGood()
        .ifPresent(
            good ->
                all.millis(
                    "wb_backup_last_success_timestamp_seconds",
                    "When the newest complete snapshot was finished.",
                    good.at().toEpochMilli()));
    if (run.snapshotId() != null) {
      all.gauge(
              "wb_backup_snapshot_size_bytes",
              "The tarball of the last run's snapshot.",
              run.bytes())
          .gauge(
              "wb_backup_snapshot_database_bytes",
              "The databases of the last run's snapshot before packing.",
              run.databaseBytes())
          .gauge(
              "wb_backup_snapshot_missing_databases",
              "Vital databases that the last run's snapshot lacks.",
              run.missing().size());
    }
  }

  private static void content(PrometheusText all, Manifest manifest) {
    manifest
        .databases()
        .forEach(
            (name, database) ->
                all.gauge(
                    "wb_backup_database_size_bytes",
                    "Each database in the newest snapshot, before packing.",
                    Map.of("database", name),
                    database.bytes()));
    manifest
        .rowCounts()
        .forEach(
            (database, tables) ->
                tables.forEach((table, count) -> rows(all, database, table, count)));
  }

  private static void rows(PrometheusText all, String database, String table, long rows) {
    all.gauge(
        "wb_backup_table_rows",
        "Rows of each table in the newest snapshot.",
        Map.of("database", database, "table", table),
        rows);
  }

  private static void remotes(PrometheusText all, RunRecord run) {
    for (RemoteReport remote : run.remotes()) {
      Map<String, String> label = Map.of("remote", remote.name());
      all.gauge(
              "wb_backup_remote_up",
              "Whether the last run left the remote as it should be.",
              label,
              remote.isDone() ? 1 : 0)
          .gauge(
              "wb_backup_remote_waiting_snapshots",
              "Snapshots that the remote should hold and does not.",
              label,
              remote.waiting())
          .millis(
              "wb_backup_remote_push_duration_seconds",
              "How long the last run was busy with the remote.",
              label,
              remote.millis())
          .gauge(
              "wb_backup_remote_sent_bytes",
              "How much the last run sent to the remote.",
              label,
              remote.bytes());
    }
    for (Map.Entry<String, LastGood> remote : run.remotesLastGood().entrySet()) {
      all.millis(
          "wb_backup_remote_last_success_timestamp_seconds",
          "When a run last left the remote as it should be.",
          Map.of("remote", remote.getKey()),
          remote.getValue().at().toEpochMilli());
    }
  }

  private void drills(PrometheusText all) {
    new DrillHistory(settings.backupsDir())
        .readIfPossible()
        .lastProven()
        .forEach(
            (place, at) ->
                all.millis(
                    "wb_backup_drill_last_success_timestamp_seconds",
                    "When a restore was last rehearsed and proven.",
                    Map.of("remote", place),
                    at.toEpochMilli()));
  }

  /** The run's own snapshot, or the newest complete one. */
  private Optional<Manifest> manifest(RunRecord run) {
    String id = run.snapshotId() == null ? run.lastGoodSnapshotId() : run.snapshotId();
    return Optional.ofNullable(id).flatMap(SnapshotId::parse).flatMap(this::manifest);
  }

  private Optional<Manifest> manifest(SnapshotId id) {
    LocalStore store = new LocalStore(settings.backupsDir());
    try {
      return store.read(id, store.directory().resolve(id.toString())).readManifest();
    } catch (IOException swept) {
      return Optional.empty();
    }
  }
}
