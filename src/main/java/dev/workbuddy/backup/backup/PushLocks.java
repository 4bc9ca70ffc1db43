package dev.workbuddy.backup.backup;

import dev.workbuddy.backup.config.Settings;
import dev.workbuddy.backup.io.RunLock;
import dev.workbuddy.backup.snapshot.Checksums;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * One push at a time to each remote. Each has a lock and a directory of its own, so that one that
 * never answers keeps no other from its copies.
 */
final class PushLocks {
  private static final int DIGITS = 8;

  private final Path backupsDir;

  PushLocks(Settings settings) {
    this.backupsDir = settings.backupsDir();
  }

  /** Files on their way to a remote lie there while its lock is held. */
  Path scratch(String remote) {
    return backupsDir.resolve("push-" + mark(remote) + ".partial");
  }

  Path file(String remote) {
    return backupsDir.resolve("push-" + mark(remote) + ".lock");
  }

  /** The lock; empty where somebody else holds it. */
  Optional<RunLock> tryAcquire(String remote, String work) throws IOException {
    return RunLock.tryAcquire(file(remote), work);
  }

  /** Writes nothing where nobody has pushed there yet. */
  boolean isHeld(String remote) throws IOException {
    if (!Files.exists(file(remote))) {
      return false;
    }
    Optional<RunLock> free = tryAcquire(remote, "see whether somebody pushes");
    if (free.isPresent()) {
      free.get().close();
    }
    return free.isEmpty();
  }

  private static String mark(String remote) {
    return Checksums.mark(remote, DIGITS);
  }
}
