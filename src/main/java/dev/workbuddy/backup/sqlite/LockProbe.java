package dev.workbuddy.backup.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Asks the operating system whether somebody holds one of SQLite's locks on a database: every open
 * WAL connection does, and every transaction in the other modes. Changes nothing. Not to be used
 * while this process has the database open itself, whose locks it would drop.
 *
 * @see <a href="https://www.sqlite.org/lockingv3.html">SQLite's locking protocol</a>
 */
public final class LockProbe {
  static final long PENDING_BYTE = 0x40000000L;
  static final long LOCK_BYTES = 512;

  private LockProbe() {}

  /** Whether an exclusive lock could be had, which was given back at once. */
  public static boolean isFree(Path database) throws IOException {
    try (FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock(PENDING_BYTE, LOCK_BYTES, false)) {
      return lock != null;
    }
  }
}
