package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One writer at a time, across processes. The operating system releases the lock when the process
 * ends, however it ends; the file's content only says who holds it, and stays behind.
 */
public final class RunLock implements Closeable {
  /** Past the text, so that systems with mandatory locks still let others read who holds it. */
  private static final long LOCKED_BYTE = 1L << 40;

  /**
   * The locks of this process, with what their files say. Closing any channel of a file gives up
   * all of the process's locks on it, so a file that is locked here must not be opened again.
   */
  private static final Map<Path, String> HELD_HERE = new ConcurrentHashMap<>();

  /** A link in the lock's place is not followed: it may lead to anybody's file. */
  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private final Path file;
  private final FileChannel channel;

  private RunLock(Path file, FileChannel channel) {
    this.file = file;
    this.channel = channel;
  }

  /**
   * Takes the lock, or says who holds it.
   *
   * @param purpose what for, in words for whoever finds the lock held
   * @throws BackupException {@code lock-held} where somebody else has it
   */
  public static RunLock acquire(Path file, String purpose) throws IOException {
    return tryAcquire(file, purpose)
        .orElseThrow(
            () ->
                new BackupException(
                    ErrorCode.LOCK_HELD,
                    "cannot " + purpose + ": another run is going on (" + holder(file) + ")",
                    "Wait until it has finished, then try again."));
  }

  /**
   * Takes the lock so that nobody changes what is going to be read. Where this user cannot write
   * the lock's file there is none: not on a read-only file system, nor in somebody else's
   * directory.
   *
   * @throws BackupException {@code lock-held} where somebody else has it
   */
  public static Closeable acquireToRead(Path file, String purpose) throws IOException {
    try {
      return acquire(file, purpose);
    } catch (FileSystemException e) {
      if (e instanceof AccessDeniedException || !Files.isWritable(DurableFiles.parent(file))) {
        return () -> {};
      }
      throw e;
    }
  }

  /** Takes the lock if nobody holds it. */
  public static Optional<RunLock> tryAcquire(Path file, String purpose) throws IOException {
    TrustedLinks.require(DurableFiles.parent(file));
    Path real = real(file);
    String text = "pid " + ProcessHandle.current().pid() + ", to " + purpose;
    if (HELD_HERE.putIfAbsent(real, text) != null) {
      return Optional.empty();
    }
    Optional<RunLock> lock = Optional.empty();
    try {
      lock = lock(real, text);
      return lock;
    } finally {
      if (lock.isEmpty()) {
        HELD_HERE.remove(real);
      }
    }
  }

  private static Optional<RunLock> lock(Path file, String text) throws IOException {
    LockText.requireOwn(file);
    FileChannel channel = FileChannel.open(file, OPTIONS, DurableFiles.privateFile());
    boolean acquired = false;
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      if (lock == null) {
        return Optional.empty();
      }
      LockText.write(file, channel, text);
      DurableFiles.giveToOwnerOfDirectory(file);
      acquired = true;
      return Optional.of(new RunLock(file, channel));
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  private static Path real(Path file) throws IOException {
    return DurableFiles.parent(file).toRealPath().resolve(file.getFileName());
  }

  private static String holder(Path file) {
    try {
      String here = HELD_HERE.get(real(file));
      return here == null ? LockText.read(file).orElse("holder unknown") : here;
    } catch (IOException unreadable) {
      return "holder unknown";
    }
  }

  @Override
  public void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD_HERE.remove(file);
    }
  }
}
