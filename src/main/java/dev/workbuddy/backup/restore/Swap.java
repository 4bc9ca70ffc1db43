package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.OpenFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Waiting;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.sqlite.DatabaseLocks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Puts a finished staging directory in the live one's place. Where the system can exchange two
 * directories, the live one is there and whole at every instant. Elsewhere two renames do it, and
 * whatever cuts them short, {@link #recover} finishes or undoes.
 *
 * <p>How far a swap got is told by a marker file that the new directory carries until the swap is
 * over: where the live directory has it, the new data is in place.
 */
final class Swap {
  static final String MARKER = ".wb-backup-swap";

  private static final String REMOVED =
      "removed what an interrupted restore had unpacked; the data is as it was before it";

  private final LiveDirectory live;
  private final Optional<DirectoryExchange> exchange;
  private final InUseGuard guard;

  Swap(LiveDirectory live, Optional<DirectoryExchange> exchange, Waiting waiting) {
    this.live = live;
    this.exchange = exchange;
    this.guard = new InUseGuard(waiting);
  }

  /**
   * Swaps. When this returns the new directory is live and the old one has its kept name.
   *
   * @throws BackupException {@code database-in-use}, with the old directory live as before; what
   *     somebody wrote into the new one while it was live is kept, and the hint says where
   */
  void execute(SwapJournal journal, Progress progress) throws IOException {
    Path staging = beside(journal.staging());
    InUseGuard.require(live.path(), journal.replaced());
    progress.step("noting the swap");
    DurableFiles.write(
        staging.resolve(MARKER), journal.snapshotId().getBytes(StandardCharsets.UTF_8));
    DurableFiles.syncDirectories(staging);
    journal.write(live.journal());
    progress.step("swapping");
    if (!Files.exists(live.path())) {
      DurableFiles.rename(staging, live.path());
    } else {
      try (DatabaseLocks _ = guard.lock(live.path(), journal.replaced())) {
        replace(journal, progress);
      }
    }
    finish(journal, progress);
  }

  /** Locks on the old databases keep who opened them in the last moment from going on with them. */
  private void replace(SwapJournal journal, Progress progress) throws IOException {
    Path staging = beside(journal.staging());
    if (exchange.isPresent() && exchange.get().exchange(staging, live.path())) {
      progress.step("looking for users of the old data");
      requireUnused(staging, journal, () -> exchange.get().exchange(staging, live.path()));
    } else {
      Path kept = beside(journal.kept());
      DurableFiles.rename(live.path(), kept);
      progress.step("between the two renames");
      DurableFiles.rename(staging, live.path());
      progress.step("looking for users of the old data");
      requireUnused(kept, journal, () -> renameBack(staging, kept));
    }
  }

  /** Cut short between the two, recovery finds what it finds in the middle of the way there. */
  private void renameBack(Path staging, Path kept) throws IOException {
    DurableFiles.rename(live.path(), staging);
    DurableFiles.rename(kept, live.path());
  }

  private interface SwapBack {
    void run() throws IOException;
  }

  /** Who opened the old files in the last moment and does not close them gets them back. */
  private void requireUnused(Path old, SwapJournal journal, SwapBack swapBack) throws IOException {
    List<OpenFiles.Holder> holders = guard.whoStaysIn(old, live.path());
    if (!holders.isEmpty()) {
      swapBack.run();
      Optional<Path> refused = undo(journal);
      throw InUseGuard.inUse(
          InUseGuard.words(holders).replace(old.toString(), live.path().toString()),
          refused.map(Swap::writtenMeanwhile).orElse(InUseGuard.NOTHING_CHANGED));
    }
  }

  private static String writtenMeanwhile(Path refused) {
    return "Stop the application. The old data is live again. But the restored data was live for a"
        + " moment, and somebody wrote into it: what was written then is in "
        + refused
        + ", and nowhere else. Look there for what you miss, then delete it, and try again.";
  }

  /** Everything after the new directory is live; may be repeated. */
  private void finish(SwapJournal journal, Progress progress) throws IOException {
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
    progress.step("ending the swap");
    Files.deleteIfExists(live.path().resolve(MARKER));
    DurableFiles.syncDirectory(live.path());
    String spent = journal.spent();
    if (spent != null) {
      DurableFiles.deleteTree(beside(spent));
    }
    progress.step("forgetting the swap");
    forget();
  }

  /**
   * Finishes or undoes a swap that was cut short, and removes what a restore left before its swap.
   * Wants the run lock held. Returns at once where there is nothing to do.
   *
   * @return what was done, in words for the user; empty where nothing was
   */
  Optional<String> recover(Progress progress) throws IOException {
    Optional<SwapJournal> journal = SwapJournal.read(live.journal());
    Optional<String> done = Optional.empty();
    if (journal.isPresent()) {
      done = Optional.of(recover(journal.get(), progress));
    }
    List<Path> unpacked = live.stagings();
    for (Path staging : unpacked) {
      DurableFiles.deleteTree(staging);
    }
    return done.isPresent() || unpacked.isEmpty() ? done : Optional.of(REMOVED);
  }

  /**
   * Removes what a failed restore has staged. A swap that failed may have left its journal; then
   * recovery decides what the staging directory is.
   */
  void discard(Path staging) throws IOException {
    if (SwapJournal.read(live.journal()).isPresent()) {
      var _ = recover(Progress.silent());
    } else {
      DurableFiles.deleteTree(staging);
    }
  }

  private String recover(SwapJournal journal, Progress progress) throws IOException {
    Path staging = beside(journal.staging());
    if (!Files.exists(live.path()) && Files.exists(staging.resolve(MARKER))) {
      DurableFiles.rename(staging, live.path());
    }
    if (Files.exists(live.path().resolve(MARKER))) {
      finish(journal, progress);
      Path kept = beside(journal.kept());
      return "finished the %s that was interrupted; %s"
          .formatted(
              journal.operation(),
              Files.exists(kept) ? "the old data is in " + kept : "there was no old data");
    }
    Optional<Path> refused = undo(journal);
    return "undid the %s that was interrupted; the data is as it was before it%s"
        .formatted(
            journal.operation(),
            refused
                .map(
                    path -> ", and what was written into the restored data meanwhile is in " + path)
                .orElse(""));
  }

  /**
   * Gives up the new directory, while the old one is live.
   *
   * @return where the new one is kept because somebody wrote into it while it was live
   */
  private Optional<Path> undo(SwapJournal journal) throws IOException {
    Path staging = beside(journal.staging());
    List<String> written = FileStamps.written(staging, journal.staged(), live.path());
    Optional<Path> refused = Optional.empty();
    if (written.isEmpty()) {
      DurableFiles.deleteTree(staging);
    } else {
      String spent = journal.spent();
      if (spent != null) {
        KeptData.shareSideFiles(written, staging, beside(spent));
      }
      Files.deleteIfExists(staging.resolve(MARKER));
      refused = Optional.of(live.refused(journal.staging()));
      DurableFiles.rename(staging, refused.get());
    }
    forget();
    return refused;
  }

  private void forget() throws IOException {
    Files.deleteIfExists(live.journal());
    DurableFiles.syncDirectory(DurableFiles.parent(live.journal()));
  }

  private Path beside(String name) {
    return live.path().resolveSibling(name);
  }
}
