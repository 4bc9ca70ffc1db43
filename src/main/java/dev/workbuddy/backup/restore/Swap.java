package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.io.DirectoryExchange;
import dev.workbuddy.backup.io.DurableFiles;
import dev.workbuddy.backup.io.OpenFiles;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.Sleeper;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.sqlite.DatabaseLocks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Puts a finished staging directory in the live one's place. Where the system can exchange two
 * directories, the live one is there and whole at every instant. Elsewhere two renames do it, and
 * whatever cuts them short, {@link SwapRecovery} finishes or undoes.
 */
final class Swap {
  private final LiveDirectory live;
  private final Optional<DirectoryExchange> exchange;
  private final InUseGuard guard;
  private final SwapCompletion end;

  Swap(
      LiveDirectory live,
      Optional<DirectoryExchange> exchange,
      Sleeper sleeper,
      SwapCompletion end) {
    this.live = live;
    this.exchange = exchange;
    this.end = end;
    this.guard = new InUseGuard(sleeper);
  }

  /**
   * Swaps. When this returns the new directory is live, and that is recorded.
   *
   * @return what the user should know; what could not be tidied up is among it
   * @throws IOException as well where the new directory is live by then: {@link
   *     SwapRecovery#salvage} tells
   * @throws BackupException {@code database-in-use}, with the old directory live as before; what
   *     somebody wrote into the new one while it was live is kept, and the hint says where
   */
  List<String> execute(SwapJournal journal, Progress progress) throws IOException {
    Path staging = journal.staging(live);
    InUseGuard.require(live.path(), journal.files());
    progress.step("noting the swap");
    journal.purpose().noteIn(staging);
    DurableFiles.syncDirectories(staging);
    journal.write(live);
    progress.step("swapping");
    if (!Files.exists(live.path())) {
      DurableFiles.rename(staging, live.path());
    } else {
      try (DatabaseLocks _ = guard.lock(live.path(), journal.files())) {
        replace(journal, progress);
      }
    }
    return end.finish(journal, false, progress);
  }

  /** Locks on the old databases keep who opened them in the last moment from going on with them. */
  private void replace(SwapJournal journal, Progress progress) throws IOException {
    Path staging = journal.staging(live);
    if (exchange.isPresent() && exchange.get().exchange(staging, live.path())) {
      progress.step("looking for users of the old data");
      requireUnused(staging, journal, () -> exchange.get().exchange(staging, live.path()));
    } else {
      Path kept = journal.kept(live);
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

  /**
   * Who opened the old files in the last moment and does not close them gets them back, and so does
   * who mounted something there.
   */
  private void requireUnused(Path old, SwapJournal journal, SwapBack swapBack) throws IOException {
    List<OpenFiles.Holder> holders = guard.whoStaysIn(old, live.path());
    List<String> mounts = MountsInTheWay.anywhere(old);
    if (!holders.isEmpty() || !mounts.isEmpty()) {
      swapBack.run();
      Optional<String> hint = end.undo(journal, false).refused().map(Swap::writtenMeanwhile);
      throw holders.isEmpty()
          ? MountsInTheWay.refusal(inTermsOfLive(mounts, old), hint.orElse(MountsInTheWay.HINT))
          : InUseGuard.inUse(
              inTermsOfLive(List.of(OpenFiles.words(holders)), old).getFirst(),
              hint.orElse(InUseGuard.NOTHING_CHANGED));
    }
  }

  private List<String> inTermsOfLive(List<String> words, Path old) {
    return words.stream()
        .map(text -> text.replace(old.toString(), live.path().toString()))
        .toList();
  }

  private static String writtenMeanwhile(Path refused) {
    return "Stop the application. The old data is live again. But the restored data was live for a"
        + " moment, and somebody wrote into it: what was written then is in "
        + refused
        + ", and nowhere else. Look there for what you miss, then delete it, and try again.";
  }
}
