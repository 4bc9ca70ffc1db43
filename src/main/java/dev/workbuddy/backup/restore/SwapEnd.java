package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.remote.RemoteMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What follows once two directories were swapped, or were not: in the process that swaps them, or
 * in a later one that finds the swap cut short. Everything here may be repeated, whatever cuts it
 * short.
 *
 * <p>How far a swap got is told by a marker file that the new directory carries until the swap is
 * over: where the live directory has it, the new data is in place. Wants the run lock held.
 */
final class SwapEnd {
  private static final String REMOVED =
      "removed what an interrupted restore had unpacked; the data is as it was before it";

  private final LiveDirectory live;
  private final Endings endings;

  private SwapEnd(LiveDirectory live, Endings endings) {
    this.live = live;
    this.endings = endings;
  }

  static SwapEnd of(Settings settings, RemoteMachine machine) {
    LiveDirectory live = LiveDirectory.of(settings);
    return new SwapEnd(live, new Endings(settings, live, machine));
  }

  Endings endings() {
    return endings;
  }

  /**
   * Everything after the new directory is live. How it ended is told while the note of the swap is
   * still there: whatever cuts this short, somebody tells it.
   *
   * @return what the user should know
   */
  List<String> finish(SwapJournal journal, boolean cutShort, Progress progress) throws IOException {
    Path kept = beside(journal.kept());
    Path exchanged = beside(journal.staging());
    if (Files.exists(exchanged)) {
      progress.step("keeping the old data");
      DurableFiles.rename(exchanged, kept);
    }
    if (Files.exists(kept)) {
      progress.step("tidying the old data");
      KeptData.tidy(kept, live.path(), journal);
    }
    progress.step("telling of the swap");
    List<String> untold = endings.done(journal, cutShort);
    progress.step("ending the swap");
    Files.deleteIfExists(live.path().resolve(SwapPurpose.FILE_NAME));
    DurableFiles.syncDirectory(live.path());
    String spent = journal.spent();
    if (spent != null) {
      DurableFiles.deleteTree(beside(spent));
    }
    progress.step("forgetting the swap");
    forget();
    return untold;
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
    List<Path> unpacked = live.stagings();
    for (Path staging : unpacked) {
      remove(staging);
    }
    return done.isPresent() || unpacked.isEmpty() ? done : Optional.of(REMOVED);
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
    List<String> untold = finish(journal, true, progress);
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
    Optional<Path> refused = giveUp(journal);
    List<String> untold = endings.undone(journal.purpose(), journal.staging());
    forget();
    return new Recovered(
        false,
        "undid the %s that was interrupted; the data is as it was before it%s%s"
            .formatted(
                journal.purpose().words(),
                refused
                    .map(
                        path ->
                            ", and what was written into the restored data meanwhile is in " + path)
                    .orElse(""),
                also(untold)));
  }

  private static String also(List<String> untold) {
    return untold.isEmpty() ? "" : "; " + String.join("; ", untold);
  }

  /**
   * Gives up the new directory, while the old one is live, and with it the swap.
   *
   * @return where the new one is kept because somebody wrote into it while it was live
   */
  Optional<Path> undo(SwapJournal journal) throws IOException {
    Optional<Path> refused = giveUp(journal);
    forget();
    return refused;
  }

  private Optional<Path> giveUp(SwapJournal journal) throws IOException {
    Path staging = beside(journal.staging());
    Path refused = live.refused(journal.staging());
    List<String> written = FileStamps.written(staging, journal.staged(), live.path());
    if (written.isEmpty()) {
      DurableFiles.deleteTree(staging);
    } else {
      String spent = journal.spent();
      if (spent != null) {
        KeptData.shareSideFiles(written, staging, beside(spent));
      }
      Files.deleteIfExists(staging.resolve(SwapPurpose.FILE_NAME));
      DurableFiles.rename(staging, refused);
    }
    return Files.exists(refused) ? Optional.of(refused) : Optional.empty();
  }

  private void forget() throws IOException {
    Files.deleteIfExists(live.journal());
    DurableFiles.syncDirectory(DurableFiles.parent(live.journal()));
  }

  private Path beside(String name) {
    return live.path().resolveSibling(name);
  }
}
