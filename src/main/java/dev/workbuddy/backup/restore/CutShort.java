package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Restores and rollbacks that were cut short, by an error or by their process's end: they are
 * finished or undone, and somebody tells which. Wants the run lock held.
 *
 * <p>How far a swap got is told by a marker file that the new directory carries until the swap is
 * over: where the live directory has it, the new data is in place.
 */
final class CutShort {
  private static final String REMOVED =
      "removed what an interrupted restore had unpacked; the data is as it was before it";

  private final LiveDirectory live;
  private final Endings endings;
  private final SwapEnd end;

  CutShort(LiveDirectory live, Endings endings, SwapEnd end) {
    this.live = live;
    this.endings = endings;
    this.end = end;
  }

  /**
   * Finishes or undoes a swap that was cut short, and removes what a restore left before its swap.
   * Returns at once where there is nothing to do.
   *
   * @return what was done, in words for the user; empty where nothing was
   */
  Optional<String> recover(Progress progress) throws IOException {
    Optional<SwapJournal> journal = SwapJournal.read(live.journal());
    Optional<String> done = Optional.empty();
    if (journal.isPresent()) {
      done = Optional.of(recover(journal.get(), progress).words());
    }
    for (Path staging : live.stagings()) {
      Optional<String> told = settle(staging, progress);
      done = done.or(() -> told);
    }
    return done;
  }

  /**
   * Without a note of the swap the marker still tells: where the live directory has it, the other
   * one is the old data.
   */
  private Optional<String> settle(Path staging, Progress progress) throws IOException {
    if (isMarked(live.path()) && !isMarked(staging)) {
      return Optional.of(finished(endings.journalOfLost(staging), progress).words());
    }
    Optional<Path> old = live.stagedAt(staging.getFileName().toString()).map(live::kept);
    if (!Files.exists(live.path()) && old.filter(Files::exists).isPresent()) {
      DurableFiles.rename(old.get(), live.path());
    }
    remove(staging);
    return Optional.of(REMOVED);
  }

  /** One whose directory does not say what it was for is told of by nobody: it changed nothing. */
  private void remove(Path staging) throws IOException {
    Optional<SwapPurpose> purpose = SwapPurpose.notedIn(staging);
    if (purpose.isPresent()) {
      var _ = endings.undone(purpose.get(), staging.getFileName().toString());
    }
    DurableFiles.deleteTree(staging);
  }

  /**
   * Removes what a failed restore has staged. A swap that failed may have left its journal; then
   * recovery decides what the staging directory is.
   *
   * @return that the new data is in place all the same, in words; empty where it is not
   */
  Optional<String> discard(Path staging) throws IOException {
    Optional<SwapJournal> journal = SwapJournal.read(live.journal());
    if (journal.isEmpty()) {
      DurableFiles.deleteTree(staging);
      return Optional.empty();
    }
    Recovered recovered = recover(journal.get(), Progress.silent());
    return recovered.inPlace() ? Optional.of(recovered.words()) : Optional.empty();
  }

  /** Whether the new data is in place now, and what was done, in words. */
  private record Recovered(boolean inPlace, String words) {}

  private Recovered recover(SwapJournal journal, Progress progress) throws IOException {
    Path staging = beside(journal.staging());
    if (!Files.exists(live.path()) && isMarked(staging)) {
      DurableFiles.rename(staging, live.path());
    }
    return isMarked(live.path()) || isPast(journal) ? finished(journal, progress) : undone(journal);
  }

  private static boolean isMarked(Path directory) {
    return Files.exists(directory.resolve(SwapPurpose.FILE_NAME));
  }

  /** Whether only the note of the swap is left to be forgotten. */
  private boolean isPast(SwapJournal journal) {
    return KeptData.isIn(beside(journal.kept())) || endings.isDone(journal);
  }

  private Recovered finished(SwapJournal journal, Progress progress) throws IOException {
    List<String> untold = end.finish(journal, true, progress);
    Path kept = beside(journal.kept());
    return new Recovered(
        true,
        "finished the %s that was interrupted; %s%s"
            .formatted(
                journal.purpose().words(),
                Files.exists(kept) ? "the old data is in " + kept : "there was no old data",
                also(untold)));
  }

  private Recovered undone(SwapJournal journal) throws IOException {
    SwapEnd.Undone undone = end.undo(journal, true);
    return new Recovered(
        false,
        "undid the %s that was interrupted; the data is as it was before it%s%s"
            .formatted(
                journal.purpose().words(),
                undone
                    .refused()
                    .map(
                        path ->
                            ", and what was written into the restored data meanwhile is in " + path)
                    .orElse(""),
                also(undone.untold())));
  }

  private static String also(List<String> untold) {
    return untold.isEmpty() ? "" : "; " + String.join("; ", untold);
  }

  private Path beside(String name) {
    return live.path().resolveSibling(name);
  }
}
