package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Machine;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.runs.RunError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What every command does first: a restore that was cut short is finished or undone. A restore that
 * is still going on holds the lock and is left alone, and so is one whose place is read-only.
 */
public final class Recovery {
  private Recovery() {}

  /**
   * Finishes or undoes it, and records which. What hinders that is in the way of the next restore
   * alone: it is said, and no other command waits for it.
   *
   * @return what was done, and what could not be, in words for the user; empty where there was
   *     nothing to do
   */
  public static List<String> run(Settings settings, Machine machine) {
    try {
      return isPending(settings) && Files.isWritable(settings.backupsDir())
          ? recover(settings, machine)
          : List.of();
    } catch (IOException | UncheckedIOException | BackupException e) {
      return List.of(
          "an earlier restore could not be finished, which is in the way of the next one only: "
              + RunError.of(e).message());
    }
  }

  /** Whether one was cut short and is not tidied up; not so while one goes on. */
  public static boolean isUnfinished(Settings settings) throws IOException {
    if (!isPending(settings) || !Files.isWritable(settings.backupsDir())) {
      return false;
    }
    Optional<RunLock> free = RunLock.tryAcquire(settings.lockFile(), "look for a restore");
    if (free.isPresent()) {
      free.get().close();
    }
    return free.isPresent();
  }

  private static boolean isPending(Settings settings) throws IOException {
    LiveDirectory live = LiveDirectory.of(settings);
    return Files.exists(live.journal(), LinkOption.NOFOLLOW_LINKS)
        || !live.stagings().isEmpty()
        || ElsewhereNote.isIn(settings.backupsDir());
  }

  private static List<String> recover(Settings settings, Machine machine) throws IOException {
    Optional<RunLock> lock = RunLock.tryAcquire(settings.lockFile(), "finish a restore");
    if (lock.isEmpty()) {
      return List.of();
    }
    try (RunLock _ = lock.get()) {
      LiveDirectory live = LiveDirectory.of(settings);
      RestoreRecorder recorder = new RestoreRecorder(settings, live, machine);
      List<String> words = new ArrayList<>(ElsewhereNote.recover(settings.backupsDir()));
      words.addAll(
          new SwapRecovery(live, recorder, new SwapCompletion(live, recorder))
              .recover(Progress.silent()));
      return words;
    }
  }
}
