package dev.workbuddy.backup.rescue;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.diff.DiffDatabases;
import dev.workbuddy.backup.diff.DiffRequest;
import dev.workbuddy.backup.diff.DiffResult;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.query.QueryRequest;
import dev.workbuddy.backup.query.QueryResult;
import dev.workbuddy.backup.query.QuerySnapshot;
import dev.workbuddy.backup.restore.RestoreSnapshot;
import dev.workbuddy.backup.restore.VerifySnapshots;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.testing.Databases;
import dev.workbuddy.backup.testing.Machines;
import dev.workbuddy.backup.testing.ObedientClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A data root with the databases {@code tasks} and {@code notes}, and the use cases on it. */
public record RecoverySite(Settings settings, ObedientClock clock) {
  public static RecoverySite in(Path root) throws IOException {
    return in(root, "2026-05-12T12:00:00Z");
  }

  public static RecoverySite in(Path root, String now) throws IOException {
    Path dataRoot = root.resolve("data");
    Files.createDirectories(dataRoot.resolve("backups"));
    Files.createDirectories(dataRoot.resolve("db"));
    return new RecoverySite(
        new Settings(
            root,
            dataRoot,
            dataRoot.resolve("db"),
            Duration.ofHours(1),
            List.of(
                new VitalDatabase("tasks", "tasks.db", null),
                new VitalDatabase("notes", "sub/notes's 1%.db", null)),
            Compression.GZIP,
            RetentionSettings.defaults()),
        new ObedientClock(now));
  }

  public Path tasks() {
    return settings.dbDir().resolve("tasks.db");
  }

  public Path notes() {
    return settings.dbDir().resolve("sub/notes's 1%.db");
  }

  /** Runs statements on the live tasks. */
  public RecoverySite sql(String... statements) throws SQLException, IOException {
    Databases.run(tasks(), statements);
    return this;
  }

  List<String> ask(String query) throws SQLException {
    return Databases.ask(tasks(), query);
  }

  TakeSnapshot snapshots() {
    Manifest.Tool tool = new Manifest.Tool("wb-backup", "test", "test");
    return new TakeSnapshot(settings, tool, Machines.of("host", clock, clock));
  }

  public String snapshot() throws IOException, InterruptedException {
    BackupResult taken = snapshots().run(new BackupRequest(false, null), Progress.silent());
    clock.sleep(Duration.ofHours(25)); // So that no sweep takes it.
    return taken.snapshotId();
  }

  public DiffResult diff(String before, String after, boolean rows) throws IOException {
    DiffRequest request = new DiffRequest(before, after, Set.of("tasks"), Set.of(), rows, 3, null);
    return new DiffDatabases(settings, clock).run(request, Progress.silent());
  }

  VerifySnapshots verifier() {
    return new VerifySnapshots(settings, clock);
  }

  RestoreSnapshot restorer() {
    return new RestoreSnapshot(
        settings,
        Machines.of("host", clock, clock),
        DirectoryExchange.ofSystem(),
        new Hooks(settings, System.getenv(), clock));
  }

  RescueRows rescue() {
    return new RescueRows(settings, snapshots(), clock, clock);
  }

  public QueryResult query(String sql, String... neighbours)
      throws IOException, InterruptedException {
    QueryRequest request =
        new QueryRequest("latest", "tasks", sql, Set.of(neighbours), 5, Duration.ofSeconds(20));
    return new QuerySnapshot(settings, clock).run(request, Progress.silent());
  }
}
