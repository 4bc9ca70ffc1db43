package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What follows once two directories were swapped, or were not. Everything here may be repeated,
 * whatever cuts it short: by {@link CutShort}, in a later process. Wants the run lock held.
 */
final class SwapEnd {
  private final LiveDirectory live;
  private final Endings endings;

  SwapEnd(LiveDirectory live, Endings endings) {
    this.live = live;
    this.endings = endings;
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
   * Gives up the new directory, while the old one is live, and with it the swap.
   *
   * @param cutShort whether that is all that will be told of it; else its failure will be
   * @return where the new one is kept because somebody wrote into it while it was live; what could
   *     not be written down
   */
  Undone undo(SwapJournal journal, boolean cutShort) throws IOException {
    Optional<Path> refused = giveUp(journal);
    List<String> untold =
        cutShort ? endings.undone(journal.purpose(), journal.staging()) : List.of();
    forget();
    return new Undone(refused, untold);
  }

  record Undone(Optional<Path> refused, List<String> untold) {}

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
