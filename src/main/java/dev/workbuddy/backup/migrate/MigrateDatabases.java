package dev.workbuddy.backup.migrate;

import dev.workbuddy.backup.backup.BackupRequest;
import dev.workbuddy.backup.backup.BackupResult;
import dev.workbuddy.backup.backup.TakeSnapshot;
import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.migrate.LiveLadders.Target;
import dev.workbuddy.backup.migration.EditedSteps;
import dev.workbuddy.backup.migration.Migration;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.snapshot.DataRoot;
import dev.workbuddy.backup.snapshot.Hold;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.SnapshotFinder;
import dev.workbuddy.backup.sqlite.FileState;
import java.io.IOException;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The use case of bringing the live databases to today's schemas. */
public final class MigrateDatabases {
  private final Settings settings;
  private final TakeSnapshot snapshots;
  private final MigrationRunner runner;
  private final InstantSource clock;
  private final String user;

  /**
   * For one workspace.
   *
   * @param user who is asking, for the hold of a snapshot
   */
  public MigrateDatabases(
      Settings settings,
      TakeSnapshot snapshots,
      MigrationRunner runner,
      InstantSource clock,
      String user) {
    this.settings = settings;
    this.snapshots = snapshots;
    this.runner = runner;
    this.clock = clock;
    this.user = user;
  }

  /** What {@link #run} would do; changes nothing and takes no lock. */
  public MigrateResult plan(MigrateRequest request) throws IOException {
    List<String> warnings = new ArrayList<>();
    Map<String, Migration> planned = new TreeMap<>();
    pending(request.only(), warnings).forEach((target, climb) -> planned.put(target.name(), climb));
    return new MigrateResult(true, null, planned, warnings);
  }

  /**
   * Migrates one database after the other. Where one fails, those before it stay migrated, and
   * where anything was written, the snapshot from before is held.
   */
  public MigrateResult run(MigrateRequest request, Progress progress)
      throws IOException, InterruptedException {
    DataRoot.prepare(settings);
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "migrate")) {
      List<String> warnings = new ArrayList<>();
      Set<Target> pending = pending(request.only(), warnings).keySet();
      pending.forEach(target -> runner.requireReady(target.file(), target.ladder()));
      String snapshot = request.snapshot() ? snapshot(pending, progress, warnings) : null;
      return new MigrateResult(false, snapshot, migrate(pending, snapshot, progress), warnings);
    }
  }

  /** Refuses what could not be climbed before anything is done. */
  private Map<Target, Migration> pending(Set<String> only, List<String> warnings)
      throws IOException {
    Map<Target, Migration> pending = new LinkedHashMap<>();
    LiveLadders ladders = new LiveLadders(settings);
    List<Target> targets = ladders.targets(only);
    warnings.addAll(ladders.remarks());
    for (Target target : targets) {
      if (!Files.exists(target.file())) {
        warnings.add(target.name() + " is not there: " + target.file());
        continue;
      }
      Migration climb = runner.plan(target.file(), target.ladder());
      if (climb.changes()) {
        pending.put(target, climb);
      }
    }
    return pending;
  }

  /** A database of zero bytes is about to get its first tables: there is nothing to save yet. */
  private @Nullable String snapshot(Set<Target> pending, Progress progress, List<String> warnings)
      throws IOException, InterruptedException {
    List<Target> saving = new ArrayList<>();
    for (Target target : pending) {
      if (Files.size(target.file()) > 0) {
        saving.add(target);
      }
    }
    if (saving.isEmpty()) {
      return null;
    }
    BackupResult taken = snapshots.runUnderLock(BackupRequest.before("migrate", false), progress);
    Set<String> saved =
        taken.databases().stream().map(BackupResult.Saved::name).collect(Collectors.toSet());
    for (Target target : saving) {
      if (!saved.contains(target.name())) {
        throw new BackupException(
            ErrorCode.NO_DATABASE_SAVED,
            "%s is not migrated: the snapshot %s lacks it"
                .formatted(target.name(), taken.snapshotId()),
            "`wb-backup show " + taken.snapshotId() + "` says why.");
      }
    }
    taken.missing().forEach(m -> warnings.add("the snapshot lacks " + m.database()));
    taken
        .openAlarms()
        .forEach(alarm -> warnings.add("alarm " + alarm.id() + ": " + alarm.detail()));
    warnings.addAll(taken.warnings());
    return taken.snapshotId();
  }

  private Map<String, Migration> migrate(
      Set<Target> pending, @Nullable String snapshot, Progress progress)
      throws IOException, InterruptedException {
    Map<String, Migration> migrated = new TreeMap<>();
    for (Target target : pending) {
      progress.step("migrating " + target.name());
      FileState before = FileState.of(target.file());
      try {
        migrated.put(target.name(), runner.run(target.file(), target.ladder(), EditedSteps.REFUSE));
      } catch (BackupException e) {
        boolean written = !migrated.isEmpty() || !before.equals(FileState.of(target.file()));
        throw explained(e, migrated.keySet(), snapshot, written ? target : null);
      }
    }
    return migrated;
  }

  /**
   * The failure with what the user needs to go on.
   *
   * @param written whose failure left something changed; null where nothing is
   */
  private BackupException explained(
      BackupException failure,
      Set<String> done,
      @Nullable String snapshot,
      @Nullable Target written)
      throws IOException {
    String others = done.isEmpty() ? "" : " (already migrated: " + String.join(", ", done) + ")";
    String kept = snapshot == null || written == null ? "" : held(snapshot, written);
    return new BackupException(
        failure.code(), failure.text() + others, failure.hint() + kept, failure);
  }

  private String held(String snapshot, Target target) throws IOException {
    LocalStore store = new LocalStore(settings.backupsDir());
    String reason = "the migration of " + target.name() + " failed after it";
    store.hold(new SnapshotFinder(store).find(snapshot), new Hold(reason, user, clock.instant()));
    return " The snapshot from before is held: " + snapshot;
  }
}
