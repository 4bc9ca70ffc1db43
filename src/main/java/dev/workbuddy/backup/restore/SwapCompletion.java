package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.runs.RunError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What follows once two directories were swapped, or were not. Everything here may be repeated,
 * whatever cuts it short: by {@link SwapRecovery}, in a later process. The run lock is held.
 */
final class SwapCompletion {
  private final LiveDirectory live;
  private final RestoreRecorder recorder;

  SwapCompletion(LiveDirectory live, RestoreRecorder recorder) {
    this.live = live;
    this.recorder = recorder;
  }

  /**
   * Does everything that follows after the new directory is live. How the swap ended is recorded
   * while its note is still there: whatever cuts this short, somebody records it. The new data is
   * in place whatever fails here, so nothing is thrown; what a later command can still do keeps the
   * note of the swap.
   *
   * @return what the user should know
   */
  List<String> finish(SwapJournal journal, boolean cutShort, Progress progress) {
    List<String> warnings = new ArrayList<>();
    boolean kept = attempt(warnings, () -> warnings.addAll(keepOldData(journal, progress)));
    progress.step("telling of the swap");
    RestoreRecorder.Recorded recorded = recorder.done(journal, cutShort);
    warnings.addAll(recorded.warnings());
    progress.step("ending the swap");
    boolean ended =
        kept && recorded.isWhole() && attempt(warnings, () -> SwapMarker.forgetIn(live.path()));
    if (ended) {
      attempt(warnings, () -> warnings.addAll(discardSpent(journal)));
      progress.step("forgetting the swap");
      attempt(warnings, this::forget);
    }
    return warnings;
  }

  private List<String> keepOldData(SwapJournal journal, Progress progress) throws IOException {
    Path exchanged = journal.staging(live);
    Path kept = journal.kept(live);
    if (Files.exists(exchanged)) {
      progress.step("keeping the old data");
      DurableFiles.rename(exchanged, kept);
    }
    if (!Files.exists(kept)) {
      return List.of();
    }
    progress.step("tidying the old data");
    return ReplacedData.tidy(kept, live.path(), journal);
  }

  /** Under the name of a directory in the making, every command tries to remove a rest of it. */
  private List<String> discardSpent(SwapJournal journal) throws IOException {
    Optional<Path> spent = journal.spent(live).filter(Files::exists);
    if (spent.isEmpty()) {
      return List.of();
    }
    Path doomed = live.staging(live.keptAt(spent.get()).orElseThrow());
    DurableFiles.rename(spent.get(), doomed);
    return discard(doomed);
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }

  private static boolean attempt(List<String> warnings, Step step) {
    try {
      step.run();
      return true;
    } catch (IOException | UncheckedIOException e) {
      warnings.add(
          "not everything could be tidied up after the swap, which the next command tries again: "
              + RunError.of(e).message());
      return false;
    }
  }

  /**
   * Gives up the new directory, while the old one is live, and with it the swap.
   *
   * @param cutShort whether that is all that will be recorded of it; else its failure will be
   */
  Undone undo(SwapJournal journal, boolean cutShort) throws IOException {
    List<String> warnings = new ArrayList<>();
    Optional<Path> refused = giveUp(journal, warnings);
    if (cutShort) {
      warnings.addAll(recorder.undone(journal.purpose(), journal.staging()));
    }
    forget();
    return new Undone(refused, warnings);
  }

  /**
   * What became of the new directory.
   *
   * @param refused where it is kept because somebody wrote into it while it was live
   * @param warnings what could not be deleted, or written down
   */
  record Undone(Optional<Path> refused, List<String> warnings) {}

  private Optional<Path> giveUp(SwapJournal journal, List<String> warnings) throws IOException {
    Path staging = journal.staging(live);
    Path refused = live.refused(journal.staging());
    List<String> written = FileFingerprints.written(staging, journal.staged(), live.path());
    if (written.isEmpty()) {
      warnings.addAll(discard(staging));
    } else {
      Optional<Path> spent = journal.spent(live);
      if (spent.isPresent()) {
        ReplacedData.shareSideFiles(written, staging, spent.get());
      }
      Files.deleteIfExists(staging.resolve(SwapMarker.FILE_NAME));
      DurableFiles.rename(staging, refused);
    }
    return Files.exists(refused) ? Optional.of(refused) : Optional.empty();
  }

  /**
   * Deletes a new directory that is not to become live. A rest of it says no more what it was for,
   * so that nobody takes it for a swap that was cut short.
   *
   * @return what could not be deleted, in words for the user
   */
  static List<String> discard(Path staging) throws IOException {
    if (Files.exists(staging)) {
      SwapMarker.forgetIn(staging);
    }
    return DurableFiles.tryDeleteTree(staging).stream().toList();
  }

  private void forget() throws IOException {
    Files.deleteIfExists(live.journal());
    DurableFiles.syncDirectory(DurableFiles.parent(live.journal()));
  }
}
