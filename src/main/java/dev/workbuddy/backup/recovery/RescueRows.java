package dev.workbuddy.backup.recovery;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.DataRoot;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.recovery.RescueResult.DatabaseRescue;
import dev.workbuddy.backup.recovery.SnapshotDatabases.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The use case of bringing back rows that the live databases lost, while they are in use. */
public final class RescueRows {
  private static final String LABEL = "before rescue";

  private final Settings settings;
  private final TakeSnapshot takeSnapshot;
  private final SnapshotDatabases snapshots;
  private final Waiting waiting;

  /**
   * For the databases that the settings name.
   *
   * @param waiting between batches
   */
  public RescueRows(
      Settings settings, TakeSnapshot takeSnapshot, InstantSource clock, Waiting waiting) {
    this.settings = settings;
    this.takeSnapshot = takeSnapshot;
    this.waiting = waiting;
    this.snapshots = new SnapshotDatabases(settings, clock);
  }

  /** What {@link #run} would do; reads both sides and changes nothing. */
  public RescueResult plan(RescueRequest request, Progress progress) throws IOException {
    try (Rescues rescues = open(request, progress)) {
      List<DatabaseRescue> planned = rescues.plan(true, progress);
      requireTables(request, planned);
      return new RescueResult(rescues.source.id(), true, null, planned, rescues.warnings);
    }
  }

  /**
   * Looks for lost rows, takes a manual snapshot if there are any, and brings them back: each
   * database in one transaction, or in batches if the request wants that.
   */
  public RescueResult run(RescueRequest request, Progress progress)
      throws IOException, InterruptedException {
    DataRoot.prepare(settings);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "rescue");
        Rescues rescues = open(request, progress)) {
      List<DatabaseRescue> planned = rescues.plan(false, progress);
      requireTables(request, planned);
      Set<String> changing = new TreeSet<>();
      planned.stream().filter(DatabaseRescue::finds).forEach(d -> changing.add(d.database()));
      String before = changing.isEmpty() ? null : snapshot(changing, rescues.warnings, progress);
      List<DatabaseRescue> done = rescues.apply(planned, changing, progress);
      return new RescueResult(rescues.source.id(), false, before, done, rescues.warnings);
    }
  }

  private Rescues open(RescueRequest request, Progress progress) throws IOException {
    requireOneTable(request);
    Source source = snapshots.find(request.snapshot());
    List<String> warnings = new ArrayList<>();
    Map<String, Path> live = live(source, request, warnings);
    Map<String, Path> old =
        snapshots.files(source, live.keySet(), DatabaseCache.Trust.CHECKSUM, progress);
    Rescues rescues = new Rescues(source, warnings);
    try {
      live.forEach(
          (name, file) ->
              rescues.databases.put(
                  name,
                  LiveRescue.open(
                      name,
                      file,
                      Objects.requireNonNull(old.get(name)),
                      request,
                      warnings,
                      waiting)));
      return rescues;
    } catch (RuntimeException e) {
      rescues.close();
      throw e;
    }
  }

  /** The databases that take part, opened. */
  private static final class Rescues implements AutoCloseable {
    private final Source source;
    private final List<String> warnings;
    private final Map<String, LiveRescue> databases = new LinkedHashMap<>();

    Rescues(Source source, List<String> warnings) {
      this.source = source;
      this.warnings = warnings;
    }

    List<DatabaseRescue> plan(boolean lookForChanges, Progress progress) {
      List<DatabaseRescue> planned = new ArrayList<>();
      databases.forEach(
          (name, rescue) -> {
            progress.step("looking for lost rows in " + name);
            planned.add(rescue.plan(lookForChanges));
          });
      return planned;
    }

    /** Those that lost nothing stay untouched, and are told as they were planned. */
    List<DatabaseRescue> apply(
        List<DatabaseRescue> planned, Set<String> changing, Progress progress)
        throws InterruptedException {
      List<DatabaseRescue> done = new ArrayList<>();
      for (DatabaseRescue plan : planned) {
        LiveRescue rescue = Objects.requireNonNull(databases.get(plan.database()));
        try {
          done.add(changing.contains(plan.database()) ? rescue.apply(progress) : plan);
        } catch (BackupException e) {
          throw after(done, changing, e);
        }
      }
      return done;
    }

    private static BackupException after(
        List<DatabaseRescue> done, Set<String> changing, BackupException failure) {
      List<String> names =
          done.stream().map(DatabaseRescue::database).filter(changing::contains).toList();
      return names.isEmpty()
          ? failure
          : new BackupException(
              failure.code(),
              failure.text() + " (already brought back: " + String.join(", ", names) + ")",
              failure.hint(),
              failure);
    }

    @Override
    public void close() {
      databases.values().forEach(LiveRescue::close);
    }
  }

  private static void requireOneTable(RescueRequest request) {
    if (request.where() != null && request.tables().size() != 1) {
      throw new BackupException(
          ErrorCode.USAGE,
          "--where speaks of the rows of one table",
          "Name it with --table; rescue other tables in a second call.");
    }
  }

  /** A live file that is not there stops what was asked for by name, and nothing else. */
  private Map<String, Path> live(Source source, RescueRequest request, List<String> warnings) {
    Map<String, Path> files = new LinkedHashMap<>();
    Set<String> wanted = new TreeSet<>(request.databases());
    wanted.forEach(source::item);
    for (String name : wanted.isEmpty() ? new TreeSet<>(source.names()) : wanted) {
      try {
        files.put(name, new LiveFiles(settings).file(name));
      } catch (BackupException e) {
        if (!wanted.isEmpty()) {
          throw e;
        }
        warnings.add(e.text() + ". " + e.hint());
      }
    }
    return files;
  }

  private static void requireTables(RescueRequest request, List<DatabaseRescue> planned) {
    for (String table : request.tables()) {
      boolean found =
          planned.stream()
              .flatMap(database -> database.tables().stream())
              .anyMatch(t -> t.table().equalsIgnoreCase(table));
      if (!found) {
        throw new BackupException(
            ErrorCode.TABLE_UNKNOWN,
            "the snapshot has no table '" + table + "'",
            "`wb-backup show " + request.snapshot() + "` lists the tables.");
      }
    }
  }

  /** Nothing is changed that the snapshot does not have. */
  private String snapshot(Set<String> changing, List<String> warnings, Progress progress)
      throws IOException, InterruptedException {
    BackupResult taken = takeSnapshot.runUnderLock(new BackupRequest(true, LABEL), progress);
    Set<String> lacking = new TreeSet<>(changing);
    taken.databases().forEach(saved -> lacking.remove(saved.name()));
    if (!lacking.isEmpty()) {
      throw new BackupException(
          ErrorCode.NO_DATABASE_SAVED,
          "nothing is brought back: the snapshot %s lacks %s"
              .formatted(taken.snapshotId(), String.join(", ", lacking)),
          "`wb-backup show " + taken.snapshotId() + "` says why.");
    }
    taken.missing().forEach(m -> warnings.add("the snapshot lacks " + m.database()));
    warnings.addAll(taken.warnings());
    return taken.snapshotId();
  }
}
