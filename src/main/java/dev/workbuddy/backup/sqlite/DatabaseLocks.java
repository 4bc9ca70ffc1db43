package dev.workbuddy.backup.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * SQLite's exclusive locks on some databases, held until they are closed: meanwhile no other
 * process begins to read or write them, or opens the files beside them; it waits, or fails because
 * they are busy. Nothing in this process may open the files meanwhile: closing them again would
 * give up the locks.
 */
public final class DatabaseLocks implements AutoCloseable {
  /** There an open file keeps the directories above it from being renamed. */
  private static final boolean WINDOWS = System.getProperty("os.name", "").startsWith("Windows");

  private final List<FileChannel> channels = new ArrayList<>();

  private DatabaseLocks() {}

  /**
   * Locks all of them, or none. A file that is not there, or that cannot be locked at all (this
   * user may not write it, its file system has no locks, Windows), is passed over.
   *
   * @return empty where somebody holds a lock on one of them
   */
  public static Optional<DatabaseLocks> tryAcquire(List<Path> databases) throws IOException {
    DatabaseLocks locks = new DatabaseLocks();
    for (Path database : WINDOWS ? List.<Path>of() : databases) {
      if (!locks.add(database)) {
        locks.close();
        return Optional.empty();
      }
    }
    return Optional.of(locks);
  }

  private boolean add(Path database) {
    try {
      FileChannel channel = FileChannel.open(database, StandardOpenOption.WRITE);
      channels.add(channel);
      return channel.tryLock(LockProbe.PENDING_BYTE, LockProbe.LOCK_BYTES, false) != null;
    } catch (OverlappingFileLockException anotherNameOfALockedOne) {
      return true;
    } catch (IOException cannotBeLocked) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    for (FileChannel channel : channels) {
      channel.close();
    }
  }
}
