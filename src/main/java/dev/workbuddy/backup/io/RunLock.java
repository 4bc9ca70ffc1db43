package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * One writer at a time, across processes. The operating system releases the lock when the process
 * ends, however it ends; the file's content only says who holds it, and stays behind.
 */
public final class RunLock implements AutoCloseable {
  /** Past the text, so that systems with mandatory locks still let others read who holds it. */
  private static final long LOCKED_BYTE = 1L << 40;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
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

  /** Takes the lock if nobody holds it. */
  public static Optional<RunLock> tryAcquire(Path file, String purpose) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    boolean acquired = false;
    try {
      acquired = lock(channel);
      if (acquired) {
        writeHolder(channel, purpose);
        return Optional.of(new RunLock(channel));
      }
      return Optional.empty();
    } finally {
      if (!acquired) {
        channel.close();
      }
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    try {
      FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
      return lock != null;
    } catch (OverlappingFileLockException heldInThisProcess) {
      return false;
    }
  }

  private static void writeHolder(FileChannel channel, String purpose) throws IOException {
    String text = "pid " + ProcessHandle.current().pid() + ", to " + purpose + "\n";
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), 0);
  }

  private static String holder(Path file) {
    try {
      String text = Files.readString(file).strip();
      return text.isEmpty() ? "holder unknown" : text;
    } catch (IOException unreadable) {
      return "holder unknown";
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
