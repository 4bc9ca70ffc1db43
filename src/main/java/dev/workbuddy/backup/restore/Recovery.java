package dev.workbuddy.backup.restore;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.Progress;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.remote.RemoteMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;

/**
 * What every command does first: a restore that was cut short is finished or undone. A restore that
 * is still going on holds the lock and is left alone, and so is one whose place is read-only.
 */
public final class Recovery {
  private Recovery() {}

  /**
   * Finishes or undoes it, and records which.
   *
   * @return what was done, in words for the user; empty where nothing was
   */
  public static Optional<String> run(Settings settings, RemoteMachine machine) throws IOException {
    LiveDirectory live = LiveDirectory.of(settings);
    boolean cutShort = Files.exists(live.journal()) || !live.stagings().isEmpty();
    if (!cutShort || !Files.isWritable(settings.backupsDir())) {
      return Optional.empty();
    }
    Optional<RunLock> lock = RunLock.tryAcquire(settings.lockFile(), "finish a restore");
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (RunLock _ = lock.get()) {
      Endings endings = new Endings(settings, live, machine);
      return new CutShort(live, endings, new SwapEnd(live, endings)).recover(Progress.silent());
    }
  }
}
