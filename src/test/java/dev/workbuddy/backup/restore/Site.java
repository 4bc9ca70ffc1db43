package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Compression;
import dev.workbuddy.backup.config.RetentionSettings;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.config.VitalDatabase;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.runs.RestoreHistory;
import dev.workbuddy.backup.runs.RestoreRecord;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.snapshot.Manifest;
import dev.workbuddy.backup.testing.Machines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A data root with live databases, and the use cases working on it. */
record Site(Settings settings, TickingClock clock) {
  static final VitalDatabase TASKS = new VitalDatabase("tasks", "tasks/task_metadata.db", null);
  static final VitalDatabase PROJECTS = new VitalDatabase("projects", "projects.db", null);
  static final VitalDatabase NOTES =
      new VitalDatabase("notes", "deep/er/Nöte's  %41#1: \"-wal\".sqlite3", null);
  static final List<VitalDatabase> DATABASES = List.of(TASKS, PROJECTS, NOTES);

  private static final String HOST = "test-host";
  private static final List<String> RECORDS =
      List.of("lock", "runs.lock", "restores.jsonl", "last_run.json");
  private static final Instant START = Instant.parse("2026-05-11T14:23:00Z");

  /** An empty site: its data root is there, its live directory not yet. */
  static Site in(Path root) throws IOException {
    return in(root, DATABASES, START);
  }

  static Site in(Path root, List<VitalDatabase> databases, Instant start) throws IOException {
    Path dataRoot = root.resolve("data");
    Files.createDirectories(dataRoot.resolve("backups"));
    return new Site(
        new Settings(
            root,
            dataRoot,
            dataRoot.resolve("db"),
            Duration.ofHours(1),
            databases,
            Compression.GZIP,
            RetentionSettings.defaults()),
        new TickingClock(start));
  }

  /** The same data root under a configuration with other databases. */
  Site with(VitalDatabase... databases) {
    return new Site(
        new Settings(
            settings.configDir(),
            settings.dataRoot(),
            settings.dbDir(),
            settings.cadence(),
            List.of(databases),
            settings.compression(),
            settings.retention()),
        clock);
  }

  Path db() {
    return settings.dbDir();
  }

  Path file(VitalDatabase database) {
    return database.in(db());
  }

  Path backups() {
    return settings.backupsDir();
  }

  Path directoryOf(BackupResult snapshot) {
    return backups().resolve(snapshot.snapshotId());
  }

  BackupResult snapshot() throws IOException, InterruptedException {
    Manifest.Tool tool = new Manifest.Tool("wb-backup", "test", "test");
    return new TakeSnapshot(settings, tool, machine())
        .run(new BackupRequest(false, null), Progress.silent());
  }

  Machine machine() {
    return Machines.of(HOST, clock, clock::advance);
  }

  /** What every command does first. */
  Optional<String> recover() throws IOException {
    String words = String.join("; ", Recovery.run(settings, machine()));
    return Optional.of(words).filter(text -> !text.isEmpty());
  }

  SwapRecovery cutShort() {
    LiveDirectory live = LiveDirectory.of(settings);
    RestoreRecorder recorder = new RestoreRecorder(settings, live, machine());
    return new SwapRecovery(live, recorder, new SwapCompletion(live, recorder));
  }

  /** How restores and rollbacks ended, oldest first. */
  List<RestoreRecord> recorded() throws IOException {
    return new RestoreHistory(backups()).read();
  }

  private Hooks hooks() {
    return new Hooks(settings, System.getenv(), clock);
  }

  RestoreSnapshot restorer() {
    return restorer(DirectoryExchange.ofSystem());
  }

  RestoreSnapshot restorer(Optional<DirectoryExchange> exchange) {
    return restorer(exchange, clock::advance);
  }

  RestoreSnapshot restorer(Optional<DirectoryExchange> exchange, Sleeper sleeper) {
    return new RestoreSnapshot(settings, Machines.of(HOST, clock, sleeper), exchange, hooks());
  }

  RestoreResult restore(String snapshot) throws IOException {
    return restorer().run(request(snapshot), Progress.silent());
  }

  RollbackResult rollBack() throws IOException {
    return rollBack(DirectoryExchange.ofSystem(), Progress.silent());
  }

  RollbackResult rollBack(Optional<DirectoryExchange> exchange, Progress progress)
      throws IOException {
    return new RollBackRestore(settings, machine(), exchange, hooks()).run(null, progress);
  }

  VerifySnapshots verifier() {
    return new VerifySnapshots(settings, clock);
  }

  static RestoreRequest request(String snapshot) {
    return new RestoreRequest(snapshot, false, Set.of(), null);
  }

  static RestoreRequest forced(String snapshot) {
    return new RestoreRequest(snapshot, true, Set.of(), null);
  }

  static RestoreRequest only(String snapshot, String... names) {
    return new RestoreRequest(snapshot, false, Set.of(names), null);
  }

  static RestoreRequest to(String snapshot, @Nullable Path target) {
    return new RestoreRequest(snapshot, false, Set.of(), target);
  }

  /** What all live databases hold; those that are not there are left out. */
  Map<String, List<String>> content() throws IOException {
    return content(db());
  }

  /** What the databases hold in a directory laid out like the live one. */
  Map<String, List<String>> content(Path directory) throws IOException {
    Map<String, List<String>> content = new TreeMap<>();
    for (VitalDatabase database : settings.databases()) {
      if (Files.exists(database.in(directory))) {
        content.put(database.name(), Databases.content(database.in(directory)));
      }
    }
    return content;
  }

  /** Everything below the data root that a failed restore must leave alone; not its record. */
  Map<String, String> untouchable() throws IOException {
    Map<String, String> tree = Tree.of(settings.dataRoot());
    RECORDS.forEach(name -> tree.remove("backups/" + name));
    return tree;
  }

  /** The data that restores replaced, oldest first. */
  List<Path> kept() throws IOException {
    return beside("db.pre_restore_");
  }

  /** Restored data that was refused although somebody had written into it. */
  List<Path> refused() throws IOException {
    return beside("db.refused_");
  }

  /** What no ended restore may leave beside the live directory, and inside it. */
  List<String> leftovers() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path path : beside("")) {
      String name = path.getFileName().toString();
      if (!name.equals("db") && !name.equals("backups") && !name.startsWith("db.pre_restore_")) {
        found.add(name);
      }
    }
    Tree.of(db()).keySet().stream().filter(n -> n.contains(".wb-backup")).forEach(found::add);
    return found;
  }

  private List<Path> beside(String prefix) throws IOException {
    try (Stream<Path> entries = Files.list(settings.dataRoot())) {
      return entries.filter(e -> e.getFileName().toString().startsWith(prefix)).sorted().toList();
    }
  }
}
