package dev.workbuddy.backup.io;

import dev.workbuddy.backup.outcome.BackupException;
import dev.workbuddy.backup.outcome.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Room on disks, in words and as a check before long work. */
public final class Space {
  private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

  private Space() {}

  /**
   * Refuses early what could not be finished.
   *
   * @param purpose what the room is for, for example "take a snapshot"
   * @throws BackupException {@code disk-full} where fewer bytes are free than needed
   */
  public static void require(Path directory, long bytes, String purpose) throws IOException {
    long free = Files.getFileStore(directory).getUsableSpace();
    if (free < bytes) {
      throw new BackupException(
          ErrorCode.DISK_FULL,
          "cannot %s: about %s are needed in %s and %s are free"
              .formatted(purpose, text(bytes), directory, text(free)),
          "Free some space there, or move paths.data_root to a larger disk.");
    }
  }

  /**
   * Says a full disk's name, which the system's own error does not.
   *
   * @param error what went wrong; nothing happens unless it is a disk that is full
   * @param directory what lies on that disk
   * @param purpose as for {@link #require}
   * @throws BackupException {@code disk-full}
   */
  public static void refuseIfFull(Exception error, Path directory, String purpose) {
    Throwable cause = error instanceof UncheckedIOException ? error.getCause() : error;
    if (cause instanceof IOException e && ranOut(e)) {
      throw new BackupException(
          ErrorCode.DISK_FULL,
          "cannot %s: the disk that holds %s is full".formatted(purpose, directory),
          "Free some space there, or move paths.data_root to a larger disk.",
          error);
    }
  }

  /** Whether the system refused because a disk or a quota is used up. */
  public static boolean ranOut(IOException error) {
    String message = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left")
        || message.contains("not enough space")
        || message.contains("quota exceeded");
  }

  /** Bytes in decimal units, for people. */
  public static String text(long bytes) {
    double value = bytes;
    int unit = 0;
    while (value >= 999.5 && unit < UNITS.length - 1) {
      value /= 1000;
      unit++;
    }
    String number = unit == 0 || value >= 99.5 ? "%.0f" : "%.1f";
    return String.format(Locale.ROOT, number + " %s", value, UNITS[unit]);
  }
}
