package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.Restarts;
import dev.workbuddy.backup.guard.SoundSnapshots;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileTrees;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.signals.HookedOperation;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.snapshot.LocalStore;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The use case of putting a snapshot back. Until its swap nothing live is touched; a failure before
 * it removes what was staged.
 */
public final class RestoreSnapshot {
  private final Settings settings;
  private final InstantSource clock;
  private final LiveDirectory live;
  private final Swap swap;
  private final MigrationRunner runner;
  private final Hooks hooks;
  private final ArchiveReader archives =
      new ArchiveReader(Runtime.getRuntime().availableProcessors());

  /**
   * For one workspace.
   *
   * @param waiting for short-lived connections to close during the swap
   * @param exchange how the system swaps two directories at once; empty to use two renames
   * @param hooks run around a restore over the live databases
   */
  public RestoreSnapshot(
      Settings settings,
      InstantSource clock,
      Waiting waiting,
      Optional<DirectoryExchange> exchange,
      Hooks hooks) {
    this.settings = settings;
    this.hooks = hooks;
    this.clock = clock;
    this.live = LiveDirectory.of(settings);
    this.swap = new Swap(live, exchange, waiting);
    this.runner = new MigrationRunner(clock, StagedClimb.BUSY_TIMEOUT);
  }

  /** What {@link #run} would do; changes nothing and takes no lock. */
  public RestoreResult plan(RestoreRequest request) throws IOException {
    Instant started = clock.instant();
    RestorePlan plan = prepare(request, find(request)).plan();
    Staging.Filled nothing = new Staging.Filled(Map.of(), plan.warnings());
    return result(plan, true, null, nothing, started);
  }

  /** Restores. */
  public RestoreResult run(RestoreRequest request, Progress progress) throws IOException {
    Instant started = clock.instant();
    StoredSnapshot snapshot = find(request);
    return request.to() == null
        ? intoLive(snapshot, request, started, progress)
        : intoDirectory(snapshot, request, request.to(), started, progress);
  }

  private StoredSnapshot find(RestoreRequest request) throws IOException {
    return new SoundSnapshots(settings.backupsDir()).find(request.snapshot()).snapshot();
  }

  private Prepared prepare(RestoreRequest request, StoredSnapshot snapshot) throws IOException {
    requireFree(request.to());
    requireElsewhere(request.to());
    OwnTime.require(snapshot);
    SnapshotContents contents = SnapshotContents.of(snapshot, settings.databases(), archives);
    return new RestorePlanner(settings, runner).prepare(request, snapshot, contents);
  }

  private RestoreResult intoLive(
      StoredSnapshot snapshot, RestoreRequest request, Instant started, Progress progress)
      throws IOException {
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "restore")) {
      swap.recover(progress).ifPresent(progress::step);
      HookedOperation hooked = hooks.replacing("restore");
      hooked.about(snapshot.id().toString());
      try {
        RestoreResult result =
            replaceLive(prepare(request, snapshot), request, hooked, started, progress);
        return result.lacking(hooked.ended(result.status()));
      } catch (IOException | RuntimeException e) {
        hooked.ended(e);
        throw e;
      }
    }
  }

  /**
   * A command before the restore may stop the application, so only then nobody may have it open.
   */
  private RestoreResult replaceLive(
      Prepared prepared,
      RestoreRequest request,
      HookedOperation hooked,
      Instant started,
      Progress progress)
      throws IOException {
    Instant moment = live.moment(started);
    Path staging = live.staging(moment);
    if (!hooked.hasBefore()) {
      InUseGuard.require(live.path(), prepared.plan().files());
    }
    try {
      Staging stage = new Staging(staging, archives, runner, progress);
      Staging.Filled filled = stage.fill(prepared, request.force());
      hooked.before();
      CarryOver others = new CarryOver(live.path(), prepared.plan().files());
      stage.complete(live.path(), settings.dataRoot(), others, prepared.plan());
      Path kept = live.kept(moment);
      boolean replaced = Files.exists(live.path());
      swap.execute(
          new SwapJournal(
              prepared.plan().snapshotId(),
              staging.getFileName().toString(),
              kept.getFileName().toString(),
              prepared.plan().files(),
              others.files(),
              null,
              FileStamps.of(staging)),
          progress);
      Staging.Filled told = filled.with(tellGuard(prepared));
      return result(prepared.plan(), false, replaced ? kept : null, told, started);
    } catch (IOException | RuntimeException e) {
      swap.discard(staging);
      Space.refuseIfFull(e, settings.dataRoot(), "restore");
      throw e;
    }
  }

  /** The next snapshot is then compared with this one. */
  private List<String> tellGuard(Prepared prepared) {
    return new Restarts(new LocalStore(settings.backupsDir()))
        .restored(
            prepared.snapshot(),
            prepared.plan().databases().stream().map(RestorePlan.Planned::name).toList(),
            clock.instant());
  }

  /** The lock only keeps the snapshot from being swept, and a read-only history has no sweeps. */
  private RestoreResult intoDirectory(
      StoredSnapshot snapshot,
      RestoreRequest request,
      Path target,
      Instant started,
      Progress progress)
      throws IOException {
    try (Closeable _ = RunLock.acquireToRead(settings.lockFile(), "restore")) {
      return unpack(prepare(request, snapshot), request, target, started, progress);
    }
  }

  private RestoreResult unpack(
      Prepared prepared, RestoreRequest request, Path target, Instant started, Progress progress)
      throws IOException {
    DurableFiles.createDirectories(DurableFiles.parent(target));
    Path staging = new LiveDirectory(target).staging(started);
    try {
      Staging.Filled filled =
          new Staging(staging, archives, runner, progress).fill(prepared, request.force());
      DurableFiles.syncDirectories(staging);
      Files.deleteIfExists(target);
      DurableFiles.rename(staging, target);
      return result(prepared.plan(), false, null, filled, started);
    } catch (IOException | RuntimeException e) {
      DurableFiles.deleteTree(staging);
      Space.refuseIfFull(e, DurableFiles.parent(target), "restore");
      throw e;
    }
  }

  /** What lies in the live directory would be swapped with it; what lies in the history, swept. */
  private void requireElsewhere(@Nullable Path target) throws IOException {
    if (target == null) {
      return;
    }
    Path real = FileTrees.real(target);
    for (Path ours : List.of(live.path(), settings.backupsDir())) {
      if (real.startsWith(FileTrees.real(ours))) {
        throw new BackupException(
            ErrorCode.USAGE,
            "cannot restore to %s: it lies in %s".formatted(target, ours),
            "Name a directory elsewhere. Without --to the snapshot takes the live data's place.");
      }
    }
  }

  private static void requireFree(@Nullable Path target) throws IOException {
    if (target != null && isOccupied(target)) {
      throw new BackupException(
          ErrorCode.TARGET_EXISTS,
          "cannot restore to " + target + ": it exists and is not an empty directory",
          "Name a directory that does not exist yet.");
    }
  }

  private static boolean isOccupied(Path target) throws IOException {
    if (!Files.isDirectory(target)) {
      return Files.exists(target);
    }
    try (Stream<Path> entries = Files.list(target)) {
      return entries.findAny().isPresent();
    }
  }

  private RestoreResult result(
      RestorePlan plan,
      boolean dryRun,
      @Nullable Path kept,
      Staging.Filled filled,
      Instant started) {
    return new RestoreResult(
        plan.missing().isEmpty() ? Status.DONE : Status.INCOMPLETE,
        dryRun,
        plan,
        kept == null ? null : kept.toString(),
        filled.migrated(),
        filled.warnings(),
        Duration.between(started, clock.instant()).toMillis());
  }
}
