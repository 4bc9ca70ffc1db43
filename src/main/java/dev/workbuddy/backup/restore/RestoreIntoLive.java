package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RelativePath;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.migration.MigrationRunner;
import dev.workbuddy.backup.signals.HookedOperation;
import dev.workbuddy.backup.signals.Hooks;
import dev.workbuddy.backup.snapshot.StoredSnapshot;
import dev.workbuddy.backup.snapshot.archive.ArchiveReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts a snapshot in the live databases' place. Until its swap nothing live is touched; a failure
 * before it removes what was staged.
 */
final class RestoreIntoLive {
  private final Settings settings;
  private final Machine machine;
  private final Hooks hooks;
  private final RestorePlanner planner;
  private final ArchiveReader archives;
  private final MigrationRunner runner;
  private final LiveDirectory live;
  private final RestoreRecorder recorder;
  private final SwapRecovery recovery;
  private final Swap swap;

  RestoreIntoLive(
      Settings settings,
      Machine machine,
      Optional<DirectoryExchange> exchange,
      Hooks hooks,
      RestorePlanner planner,
      ArchiveReader archives,
      MigrationRunner runner) {
    this.settings = settings;
    this.machine = machine;
    this.hooks = hooks;
    this.planner = planner;
    this.archives = archives;
    this.runner = runner;
    this.live = LiveDirectory.of(settings);
    this.recorder = new RestoreRecorder(settings, live, machine);
    SwapCompletion end = new SwapCompletion(live, recorder);
    this.recovery = new SwapRecovery(live, recorder, end);
    this.swap = new Swap(live, exchange, machine.waiting(), end);
  }

  RestoreResult run(
      StoredSnapshot snapshot, RestoreRequest request, Instant started, Progress progress)
      throws IOException {
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "restore")) {
      recovery.recoverWholly(progress).forEach(progress::step);
      Instant moment = live.moment(started);
      HookedOperation hooked = hooks.replacing("restore");
      hooked.about(snapshot.id().toString());
      try {
        PreparedRestore prepared = planner.prepare(request, snapshot);
        RestoreResult result = replaceLive(prepared, request, hooked, started, moment, progress);
        return result.lacking(hooked.ended(result.status()));
      } catch (IOException | RuntimeException e) {
        SwapMarker marker = SwapMarker.restore(snapshot.id().toString());
        recorder.failed(marker, moment, e);
        hooked.ended(e);
        throw e;
      }
    }
  }

  /**
   * A command before the restore may stop the application, so only then nobody may have it open.
   */
  private RestoreResult replaceLive(
      PreparedRestore prepared,
      RestoreRequest request,
      HookedOperation hooked,
      Instant started,
      Instant moment,
      Progress progress)
      throws IOException {
    RestorePlan plan = prepared.plan();
    Path staging = live.staging(moment);
    if (!hooked.hasBefore()) {
      InUseGuard.require(live.path(), plan.files());
    }
    boolean replaces = Files.exists(live.path());
    List<ReplacedDatabase> replaced = List.of();
    Staging.Filled filled = new Staging.Filled(Map.of(), plan.warnings());
    try {
      Staging stage = new Staging(staging, archives, runner, progress);
      SwapMarker marker = SwapMarker.restore(plan.snapshotId());
      filled = stage.fill(prepared, request.force(), marker::noteIn);
      hooked.before();
      CarriedFiles others = new CarriedFiles(live.path(), plan.files());
      filled = filled.with(stage.complete(live.path(), settings, others, plan));
      replaced = ReplacedDatabase.by(plan, live.path());
      filled = filled.with(swap.execute(journal(plan, staging, live.kept(moment)), progress));
    } catch (IOException | RuntimeException e) {
      Optional<List<String>> inPlace = recovery.salvage(staging, e);
      if (inPlace.isEmpty()) {
        Space.refuseIfFull(e, settings.dataRoot(), "restore");
        throw e;
      }
      filled = filled.with(inPlace.get());
    }
    Path kept = live.keptOrStill(live.kept(moment), staging);
    return RestoreResult.of(
        plan, false, replaces ? kept : null, replaced, filled, started, machine.clock().instant());
  }

  private static SwapJournal journal(RestorePlan plan, Path staging, Path kept) throws IOException {
    return new SwapJournal(
        plan.snapshotId(),
        staging.getFileName().toString(),
        kept.getFileName().toString(),
        plan.files().stream().map(RelativePath::new).toList(),
        null,
        FileFingerprints.of(staging));
  }
}
