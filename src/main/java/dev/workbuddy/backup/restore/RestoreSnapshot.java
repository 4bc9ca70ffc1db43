package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.guard.SnapshotSelector;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.snapshot.Checksums;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The use case of putting a snapshot back, or of unpacking it elsewhere. */
public final class RestoreSnapshot {
  private final Settings settings;
  private final InstantSource clock;
  private final RestorePlanner planner;
  private final RestoreIntoLive intoLive;
  private final RestoreIntoDirectory intoDirectory;

  /**
   * For one workspace.
   *
   * @param machine also waits for short-lived connections to close during the swap
   * @param exchange how the system swaps two directories at once; empty to use two renames
   * @param hooks run around a restore over the live databases
   */
  public RestoreSnapshot(
      Settings settings, Machine machine, Optional<DirectoryExchange> exchange, Hooks hooks) {
    this.settings = settings;
    this.clock = machine.clock();
    ArchiveReader archives = new ArchiveReader(Runtime.getRuntime().availableProcessors());
    MigrationRunner runner = new MigrationRunner(clock, StagedMigration.BUSY_TIMEOUT);
    this.planner = new RestorePlanner(settings, runner, archives);
    this.intoLive =
        new RestoreIntoLive(settings, machine, exchange, hooks, planner, archives, runner);
    this.intoDirectory = new RestoreIntoDirectory(settings, machine, planner, archives, runner);
  }

  /**
   * What {@link #run} would do; changes nothing and takes no lock. The tarball is compared with its
   * checksum, but not unpacked.
   */
  public RestoreResult plan(RestoreRequest request) throws IOException {
    Instant started = clock.instant();
    StoredSnapshot snapshot = find(request);
    if (request.to() != null) {
      intoDirectory.require(request.to());
    }
    RestorePlan plan = planner.prepare(request, snapshot).plan();
    Checksums.verify(snapshot);
    Staging.Filled nothing = new Staging.Filled(Map.of(), plan.warnings()).with(onlookers(request));
    return RestoreResult.of(plan, true, null, List.of(), nothing, started, clock.instant());
  }

  /** Like an application that runs, they are in the way of the restore alone. */
  private List<String> onlookers(RestoreRequest request) throws IOException {
    if (request.to() != null) {
      return List.of();
    }
    Path live = LiveDirectory.of(settings).path();
    List<String> told = new ArrayList<>(MountsInTheWay.elsewhere(live));
    InUseGuard.users(live).ifPresent(told::add);
    return told;
  }

  /**
   * Restores. How a restore over the live databases ended is recorded, unless another run holds the
   * lock.
   */
  public RestoreResult run(RestoreRequest request, Progress progress) throws IOException {
    Instant started = clock.instant();
    StoredSnapshot snapshot = find(request);
    return request.to() == null
        ? intoLive.run(snapshot, request, started, progress)
        : intoDirectory.run(snapshot, request, request.to(), started, progress);
  }

  private StoredSnapshot find(RestoreRequest request) throws IOException {
    return new SnapshotSelector(settings.backupsDir()).find(request.snapshot()).snapshot();
  }
}
