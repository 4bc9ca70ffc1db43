package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Stored;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import dev.workbuddy.backup.outcome.SuppressedWarning;
import dev.workbuddy.backup.runs.RunError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Restores and rollbacks that were cut short, by an error or by their process's end: they are
 * finished or undone, and it is recorded which. The run lock is held.
 *
 * <p>A marker file that the new directory carries until the swap is over tells how far the swap
 * got: where the live directory has it, the new data is in place.
 */
final class SwapRecovery {
  private static final String REMOVED =
      "removed what an interrupted restore had unpacked; the data is as it was before it";

  private final LiveDirectory live;
  private final RestoreRecorder recorder;
  private final SwapCompletion end;

  SwapRecovery(LiveDirectory live, RestoreRecorder recorder, SwapCompletion end) {
    this.live = live;
    this.recorder = recorder;
    this.end = end;
  }

  /**
   * Finishes or undoes a swap that was cut short, and removes what a restore left before its swap.
   * Returns at once where there is nothing to do.
   *
   * @return what was done, and what could not be, in words for the user; empty where there was
   *     nothing to do
   * @throws IOException where the swap could neither be finished nor undone; all of it may be tried
   *     again
   * @throws BackupException {@code live-directory-mounted}: what is mounted hides how far the swap
   *     got, or would be taken for restored data
   */
  List<String> recover(Progress progress) throws IOException {
    List<String> words = new ArrayList<>();
    Optional<SwapJournal> journal = journal(words);
    requireUnmounted(journal);
    if (journal.isPresent()) {
      words.addAll(recover(journal.get(), true, progress).words());
    }
    for (Path staging : live.stagings()) {
      words.addAll(settle(staging, progress));
    }
    return words;
  }

  /**
   * Like {@link #recover}, before another swap.
   *
   * @throws BackupException {@code restore-unfinished} where the last one is not over afterwards
   */
  List<String> recoverWholly(Progress progress) throws IOException {
    List<String> words = recover(progress);
    if (Files.exists(live.journal())) {
      throw new BackupException(
          ErrorCode.RESTORE_UNFINISHED,
          "an earlier restore is not over: " + String.join("; ", words),
          "Mend what hinders that, then try again. Snapshots go on meanwhile.");
    }
    return words;
  }

  /** Who has begun to use the new data by another mount since is in nobody's way. */
  private void requireUnmounted(Optional<SwapJournal> journal) throws IOException {
    List<Path> stagings = live.stagings();
    if (journal.isPresent() || !stagings.isEmpty()) {
      MountsInTheWay.requireNone(live.path());
    }
    for (Path staging : stagings) {
      MountsInTheWay.requireNoneAnywhere(staging);
    }
    if (journal.isPresent()) {
      MountsInTheWay.requireNoneAnywhere(journal.get().kept(live));
    }
  }

  /** A note that cannot be used is set aside: the directories tell as much. */
  private Optional<SwapJournal> journal(List<String> words) throws IOException {
    Stored<SwapJournal> stored = SwapJournal.read(live);
    Optional<String> problem = stored.problem();
    if (problem.isPresent()) {
      Optional<Path> aside = SwapJournal.file(live).setAside();
      words.add(
          "the note of a restore that was cut short %s; it is now %s"
              .formatted(problem.get(), aside.map(Path::toString).orElse("gone")));
    }
    return stored.found();
  }

  /**
   * Without a note of the swap the marker still tells: where the live directory has it, the other
   * one is the old data.
   */
  private List<String> settle(Path staging, Progress progress) throws IOException {
    if (SwapMarker.isNotedIn(live.path()) && !SwapMarker.isNotedIn(staging)) {
      return finished(recorder.journalOfLost(staging), true, progress).words();
    }
    Optional<Path> old = live.stagedAt(staging.getFileName().toString()).map(live::kept);
    if (!Files.exists(live.path()) && old.filter(Files::exists).isPresent()) {
      DurableFiles.rename(old.get(), live.path());
    }
    return remove(staging);
  }

  /** One whose directory does not say what it was for is recorded by nobody: it changed nothing. */
  private List<String> remove(Path staging) throws IOException {
    List<String> words = new ArrayList<>();
    SwapMarker.notedIn(staging, live)
        .ifPresent(
            purpose -> words.addAll(recorder.undone(purpose, staging.getFileName().toString())));
    words.addAll(SwapCompletion.discard(staging));
    if (!Files.exists(staging)) {
      words.addFirst(REMOVED);
    }
    return words;
  }

  /**
   * Removes what a failed restore has staged. A swap that failed may have left its note; then
   * recovery decides what the staging directory is.
   *
   * @param failure what it failed with; what else goes wrong is added to it
   * @return that the new data is in place nevertheless, with what the user should know; empty where
   *     it is not
   */
  Optional<List<String>> salvage(Path staging, Exception failure) {
    try {
      Optional<SwapJournal> journal = SwapJournal.read(live).found();
      Recovered recovered =
          journal.isPresent()
              ? recover(journal.get(), false, Progress.silent())
              : new Recovered(false, SwapCompletion.discard(staging));
      if (recovered.inPlace()) {
        return Optional.of(withReason(failure, recovered.words()));
      }
      recovered.words().forEach(words -> failure.addSuppressed(new SuppressedWarning(words)));
    } catch (IOException | UncheckedIOException | BackupException again) {
      if (SwapMarker.isNotedIn(live.path())) {
        return Optional.of(
            withReason(
                failure, List.of("the next command ends it: " + RunError.of(again).message())));
      }
      failure.addSuppressed(new SuppressedWarning(RunError.of(again).message()));
    }
    return Optional.empty();
  }

  /** What went wrong once the new data was in place, before whatever else is to be said. */
  static List<String> withReason(Exception failure, List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addFirst(
        "the new data is in place, though something failed after that: "
            + RunError.of(failure).message());
    return all;
  }

  /** Whether the new data is in place now, and what was done, in words. */
  private record Recovered(boolean inPlace, List<String> words) {}

  private Recovered recover(SwapJournal journal, boolean cutShort, Progress progress)
      throws IOException {
    Path staging = journal.staging(live);
    if (!Files.exists(live.path()) && SwapMarker.isNotedIn(staging)) {
      DurableFiles.rename(staging, live.path());
    }
    return SwapMarker.isNotedIn(live.path()) || isPast(journal)
        ? finished(journal, cutShort, progress)
        : undone(journal);
  }

  /** Whether only the note of the swap is left to be forgotten. */
  private boolean isPast(SwapJournal journal) {
    return ReplacedData.isIn(journal.kept(live)) || recorder.isDone(journal);
  }

  private Recovered finished(SwapJournal journal, boolean cutShort, Progress progress) {
    List<String> words = new ArrayList<>(end.finish(journal, cutShort, progress));
    Path kept = live.keptOrStill(journal.kept(live), journal.staging(live));
    words.addFirst(
        "%s the %s that was interrupted; %s"
            .formatted(
                Files.exists(live.journal()) ? "not all could be tidied up after" : "finished",
                journal.purpose().words(),
                Files.exists(kept) ? "the old data is in " + kept : "there was no old data"));
    return new Recovered(true, words);
  }

  private Recovered undone(SwapJournal journal) throws IOException {
    SwapCompletion.Undone undone = end.undo(journal, true);
    List<String> words = new ArrayList<>(undone.warnings());
    words.addFirst(
        "undid the %s that was interrupted; the data is as it was before it%s"
            .formatted(
                journal.purpose().words(),
                undone
                    .refused()
                    .map(
                        path ->
                            ", and what was written into the restored data meanwhile is in " + path)
                    .orElse("")));
    return new Recovered(false, words);
  }
}
