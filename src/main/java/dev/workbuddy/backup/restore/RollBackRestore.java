package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.FileMetadata;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Moment;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.io.Space;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.Status;
import dev.workbuddy.backup.runs.RestoreHistory;
import dev.workbuddy.backup.runs.RestoreRecord;
import dev.workbuddy.backup.runs.RestoreRecord.End;
import dev.workbuddy.backup.signals.HookedOperation;
import dev.workbuddy.backup.signals.Hooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The use case of taking the last restore back. The databases that it replaced return; files that
 * it did not touch stay as they are now. What the rollback replaces is kept in turn.
 */
public final class RollBackRestore {
  private final Settings settings;
  private final InstantSource clock;
  private final LiveDirectory live;
  private final RestoreRecorder recorder;
  private final SwapRecovery recovery;
  private final Swap swap;
  private final Hooks hooks;

  /**
   * For one workspace.
   *
   * @param machine also waits for short-lived connections to close during the swap
   * @param exchange how the system swaps two directories at once; empty to use two renames
   * @param hooks run around a rollback
   */
  public RollBackRestore(
      Settings settings, Machine machine, Optional<DirectoryExchange> exchange, Hooks hooks) {
    this.settings = settings;
    this.hooks = hooks;
    this.clock = machine.clock();
    this.live = LiveDirectory.of(settings);
    this.recorder = new RestoreRecorder(settings, live, machine);
    SwapCompletion end = new SwapCompletion(live, recorder);
    this.recovery = new SwapRecovery(live, recorder, end);
    this.swap = new Swap(live, exchange, machine.waiting(), end);
  }

  /** What {@link #run} would do; changes nothing and takes no lock. */
  public RollbackResult plan() throws IOException {
    Path before = lastKept();
    requireUnmounted(before);
    return result(before, ReplacedData.read(before), null)
        .warning(MountsInTheWay.elsewhere(live.path()));
  }

  /** The databases that would return and are kept, by their places in the live directory. */
  public Map<String, Path> kept() throws IOException {
    Path before = lastKept();
    return ReplacedData.read(before).files().stream()
        .filter(file -> Files.isRegularFile(before.resolve(file)))
        .collect(Collectors.toMap(Function.identity(), before::resolve));
  }

  /**
   * Takes the last restore back.
   *
   * @param shown what {@link #plan} answered before: where another restore is the last by now, it
   *     is not taken back; null for whichever is the last
   */
  public RollbackResult run(@Nullable RollbackResult shown, Progress progress) throws IOException {
    if (!Files.isDirectory(settings.backupsDir())) {
      throw nothingToRollBack();
    }
    try (RunLock _ = RunLock.acquire(settings.lockFile(), "roll back")) {
      recovery.recoverWholly(progress).forEach(progress::step);
      Path before = lastKept();
      requireShown(before, shown);
      Instant moment = live.moment(clock.instant());
      HookedOperation hooked = hooks.replacing("rollback");
      try {
        requireUnmounted(before);
        ReplacedData data = ReplacedData.read(before);
        hooked.before();
        RollbackResult result = bringBack(before, data, moment, progress);
        return result.lacking(hooked.ended(result.status()));
      } catch (IOException | RuntimeException e) {
        recorder.failed(SwapMarker.rollback(before), moment, e);
        hooked.ended(e);
        throw e;
      }
    }
  }

  private void requireUnmounted(Path before) throws IOException {
    MountsInTheWay.requireNone(live.path());
    MountsInTheWay.requireNone(before);
  }

  private RollbackResult bringBack(
      Path before, ReplacedData data, Instant moment, Progress progress) throws IOException {
    Path staging = live.staging(moment);
    Path kept = live.kept(moment);
    try {
      CarriedFiles others = new CarriedFiles(live.path(), data.files());
      progress.step("bringing the old data back");
      List<String> refused = stage(before, data, staging, others);
      SwapJournal journal = journal(before, data, staging, kept);
      List<String> untidied = swap.execute(journal, progress);
      return result(before, data, live.keptOrStill(kept, staging))
          .warning(refused)
          .warning(untidied);
    } catch (IOException | RuntimeException e) {
      Optional<List<String>> inPlace = recovery.salvage(staging, e);
      if (inPlace.isPresent()) {
        return result(before, data, live.keptOrStill(kept, staging)).warning(inPlace.get());
      }
      Space.refuseIfFull(e, settings.dataRoot(), "roll back");
      throw e;
    }
  }

  private void requireShown(Path before, @Nullable RollbackResult shown) throws IOException {
    if (shown != null && !result(before, ReplacedData.read(before), null).undoesWhat(shown)) {
      throw new BackupException(
          ErrorCode.CONFIRMATION_INVALID,
          "the last restore is not the one that was shown any more; nothing was changed",
          "Look at today's plan with `wb-backup rollback --dry-run`.");
    }
  }

  private RollbackResult result(Path before, ReplacedData data, @Nullable Path kept) {
    return new RollbackResult(
        Status.DONE,
        kept == null,
        data.replacedBy(),
        live.keptAt(before).map(Moment::text).orElse(null),
        data.files(),
        kept == null ? null : kept.toString(),
        List.of());
  }

  /** What the last restore replaced; what an earlier one did is not what was there before it. */
  private Path lastKept() throws IOException {
    Optional<Path> kept = live.newestKept();
    Optional<RestoreRecord> last =
        new RestoreHistory(settings.backupsDir())
            .read().stream().filter(each -> each.status() == End.DONE).reduce((_, later) -> later);
    boolean isItsOwn =
        last.isEmpty()
            || kept.flatMap(live::keptAt)
                .filter(at -> !at.isBefore(last.get().startedAt()))
                .isPresent();
    if (isItsOwn) {
      return kept.orElseThrow(this::nothingToRollBack);
    }
    throw new BackupException(
        ErrorCode.NOTHING_TO_ROLL_BACK,
        "the last %s, at %s, %s"
            .formatted(
                last.get().operation().word(),
                Moment.text(last.get().startedAt()),
                last.get().kept() == null
                    ? "replaced nothing: there is nothing to take back"
                    : "cannot be taken back: what it replaced is not in " + last.get().kept()),
        "`wb-backup restore latest` puts a snapshot back"
            + kept.map(older -> "; what an earlier restore replaced is still in " + older)
                .orElse("")
            + ".");
  }

  private BackupException nothingToRollBack() {
    return new BackupException(
        ErrorCode.NOTHING_TO_ROLL_BACK,
        "there is no restore to take back beside " + live.path(),
        "`wb-backup restore latest` puts a snapshot back.");
  }

  /** Returns what stays, and what could not be given to the new directory, in words. */
  private List<String> stage(Path before, ReplacedData data, Path staging, CarriedFiles others)
      throws IOException {
    DurableFiles.createPrivateDirectory(staging);
    SwapMarker.rollback(before).noteIn(staging);
    others.into(staging);
    ReplacedData.linkInto(before, staging);
    List<String> refused = new ArrayList<>(data.removeEmptied(before, staging));
    refused.addAll(others.describe(staging));
    Path model = Files.isDirectory(live.path()) ? live.path() : before;
    refused.addAll(new FileMetadata(DurableFiles.parent(staging)).carry(model, staging));
    DurableFiles.syncDirectories(staging);
    return refused;
  }

  private static SwapJournal journal(Path before, ReplacedData data, Path staging, Path kept)
      throws IOException {
    return new SwapJournal(
        SwapMarker.rollback(before).words(),
        staging.getFileName().toString(),
        kept.getFileName().toString(),
        data.databases(),
        before.getFileName().toString(),
        FileFingerprints.of(staging));
  }
}
