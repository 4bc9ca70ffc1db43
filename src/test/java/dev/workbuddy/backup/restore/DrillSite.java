package dev.workbuddy.backup.restore;

import static dev.workbuddy.backup.restore.Site.NOTES;
import static dev.workbuddy.backup.restore.Site.PROJECTS;
import static dev.workbuddy.backup.restore.Site.TASKS;

import dev.workbuddy.backup.backup.PushRequest;
import dev.workbuddy.backup.backup.PushSnapshots;
import dev.workbuddy.backup.config.DrillSettings;
import dev.workbuddy.backup.config.RemoteSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.drill.DrillRequest;
import dev.workbuddy.backup.drill.DrillRestore;
import dev.workbuddy.backup.drill.DrillResult;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.runs.DrillHistory;
import dev.workbuddy.backup.runs.DrillRecord;
import dev.workbuddy.backup.testing.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A site with a copy of each snapshot in another directory. */
record DrillSite(Site site, Path disk, Settings settings) {
  static final DrillRequest LATEST =
      new DrillRequest(null, "latest", DrillRequest.History.LEFT_OUT);
  static final DrillRequest LOCAL = new DrillRequest(null, "latest", DrillRequest.History.ALONE);

  static DrillSite in(Path root) throws IOException {
    return of(Site.in(root), root.resolve("disk"));
  }

  private static DrillSite of(Site site, Path disk) {
    RemoteSettings remotes =
        new RemoteSettings("laptop", null, null, new RemoteSettings.Directory(disk, null));
    return new DrillSite(site, disk, site.settings().withRemotes(remotes));
  }

  /** Live databases, and nothing saved of them yet. */
  DrillSite withDatabases() throws IOException {
    Files.createDirectories(disk);
    Databases.create(site.file(TASKS), "wal", 1);
    Databases.create(site.file(PROJECTS), "delete", 2);
    Databases.create(site.file(NOTES), "wal", 3);
    return this;
  }

  DrillSite with(VitalDatabase... databases) {
    return of(site.with(databases), disk);
  }

  DrillSite withSmoke(Duration limit, String... command) {
    DrillSettings drill = new DrillSettings(Duration.ofDays(30), List.of(command), limit);
    return new DrillSite(site, disk, settings.withDrill(drill));
  }

  DrillSite with(RemoteSettings remotes) {
    return new DrillSite(site, disk, settings.withRemotes(remotes));
  }

  /** Takes a snapshot and pushes it; returns its id. */
  String snapshot() throws IOException, InterruptedException {
    String id = site.snapshot().snapshotId();
    new PushSnapshots(settings, machine()).run(PushRequest.allMissing(), Progress.silent());
    return id;
  }

  DrillResult drill() throws IOException, InterruptedException {
    return drill(LATEST);
  }

  DrillResult drill(DrillRequest request) throws IOException, InterruptedException {
    return new DrillRestore(settings, machine()).run(request, Progress.silent());
  }

  Machine machine() {
    return Machines.of("test-host", site.clock(), site.clock()::advance);
  }

  Path copy(String id) {
    return disk.resolve("laptop").resolve(id);
  }

  List<DrillRecord> records() throws IOException {
    return new DrillHistory(site.backups()).read().records();
  }

  /** All but what a drill may leave. */
  Map<String, String> untouchable() throws IOException {
    Map<String, String> tree = Tree.of(site.settings().dataRoot());
    tree.keySet()
        .removeIf(name -> name.matches("backups/(drill\\.lock|drills\\.jsonl|push\\.lock)"));
    tree.remove("backups");
    return tree;
  }
}
