package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.SignalSettings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.runs.LastRun;
import dev.workbuddy.backup.runs.RunRecord;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.snapshot.ManifestJson;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** A data root with an application's databases, and runs on it. */
final class Scene {
  static final List<VitalDatabase> FIVE =
      List.of(
          new VitalDatabase("tasks", "tasks/task_metadata.db", null),
          new VitalDatabase("projects", "projects.db", null),
          new VitalDatabase("messages", "messages.db", null),
          new VitalDatabase("threads", "threads/threads.db", null),
          new VitalDatabase("entities", "entities.db", null));

  final ObedientClock clock = new ObedientClock("2026-11-22T10:00:00.250Z");
  final Settings settings;

  Scene(Path scratch, List<VitalDatabase> databases, Compression compression) throws IOException {
    Path root = Files.createDirectories(scratch.resolve("data"));
    settings =
        new Settings(
            Files.createDirectories(scratch.resolve("application")),
            root,
            root.resolve("db"),
            Duration.ofHours(1),
            databases,
            compression,
            RetentionSettings.defaults());
  }

  static Scene five(Path scratch) throws IOException {
    return new Scene(scratch, FIVE, Compression.GZIP);
  }

  /** Creates the databases, by turns in WAL mode and with a rollback journal. */
  Scene withDatabases() throws Exception {
    for (int i = 0; i < settings.databases().size(); i++) {
      Databases.forWriter(file(i), i % 2 == 0 ? "wal" : "delete");
    }
    return this;
  }

  Path file(int database) {
    return settings.databases().get(database).in(settings.dbDir());
  }

  Path backups() {
    return settings.backupsDir();
  }

  LocalStore store() {
    return new LocalStore(backups());
  }

  BackupResult take() throws IOException, InterruptedException {
    return take(Progress.silent());
  }

  BackupResult take(Progress progress) throws IOException, InterruptedException {
    return take(settings, clock, clock, progress);
  }

  /** The same with others to learn of runs. */
  Scene with(SignalSettings signals) {
    return new Scene(settings.withSignals(signals));
  }

  private Scene(Settings settings) {
    this.settings = settings;
  }

  static BackupResult take(
      Settings settings, InstantSource clock, Sleeper sleeper, Progress progress)
      throws IOException, InterruptedException {
    return new TakeSnapshot(
            settings,
            new Manifest.Tool("wb-backup", "0.1.0", "3.54.1"),
            Machines.of("testhost", clock, sleeper))
        .run(new BackupRequest(false, null), progress);
  }

  static Manifest manifest(BackupResult result) throws IOException {
    Path file = Path.of(result.directory()).resolve(Manifest.FILE_NAME);
    return ManifestJson.read(Files.readAllBytes(file), "the manifest");
  }

  LastRun lastRun() {
    return LastRun.read(backups(), "testhost", clock.instant());
  }

  /** The last run's record, whose end was told. */
  RunRecord lastRecord() {
    if (lastRun() instanceof LastRun.Finished(RunRecord run)) {
      return run;
    }
    throw new AssertionError("not finished: " + lastRun());
  }
}
